"""What the detectors need as data, written by this project."""
