"""Figures held against each other: they are read once out of sentences and tables, then looked at by what they say."""
