"""Detectors: one folder a risk, one file a rule or probe."""
