"""Rules on structure and numbering (HR1)."""
