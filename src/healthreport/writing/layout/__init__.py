"""Layouts: one bureau's rules for a page, as data."""
