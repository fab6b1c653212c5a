"""Make of an intrusion's evidence an attribution that others can check."""

__version__ = "0.1.0"
