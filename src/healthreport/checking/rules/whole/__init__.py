"""Rules that hold a document against what its kind has: its parts, its year, the form of its items."""
