"""Rules on words (HR4)."""
