"""Word files as Word shows them, without Word: ``.docx`` (ECMA-376) → ``Manuscript``."""
