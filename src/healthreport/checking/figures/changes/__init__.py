"""Changes of the figures of sentences: against last year, from one to another, a year, and how far apart two are."""
