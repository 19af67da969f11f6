"""Rules on punctuation and typography (HR3)."""
