"""A document as one text with a line for each passage, scanned at once: points within it, numbers that run on."""
