"""``import``: Word files and texts become reports that print what came in."""
