"""Word files → a manuscript: what stands in them, as Word shows it."""
