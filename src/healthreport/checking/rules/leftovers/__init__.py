"""Rules on placeholders and leftovers (HR7)."""
