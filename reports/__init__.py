"""What was found, as one report and in every format."""
