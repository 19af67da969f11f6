"""Reports with slips, read as they were meant."""
