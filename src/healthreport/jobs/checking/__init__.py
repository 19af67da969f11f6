"""Checking documents: the reports, Word files and texts that somebody hands in."""
