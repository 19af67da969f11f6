"""Spreadsheets and text tables → sheets of cells that know their place."""
