"""Structure out of words: labels, runs, headings, roles, and figures in sentences; what importing and checking both need."""
