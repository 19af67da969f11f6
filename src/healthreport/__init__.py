"""Chinese health-sector reports: YAML in, GB/T 9704 Word documents out."""

__version__ = "0.1.0"
