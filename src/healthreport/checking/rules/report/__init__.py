"""Rules on what a report gives: gaps, what is still open, numbers that cannot be."""
