"""Rules on what may not be made public (HR5)."""
