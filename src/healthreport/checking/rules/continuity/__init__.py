"""Rules that need another document: last year's, or another township's (HR6)."""
