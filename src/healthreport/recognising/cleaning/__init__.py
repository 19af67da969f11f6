"""What a text carries that is not its own: half-width marks, stray blanks, broken lines, lines of web pages."""
