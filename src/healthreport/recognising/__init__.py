"""Structure out of words: labels, runs, headings, roles, figures in sentences; importing and checking both need it."""
