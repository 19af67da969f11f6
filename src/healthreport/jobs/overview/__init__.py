"""Who has sent what: of every township how much is there and what is missing."""
