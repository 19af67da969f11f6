"""Every township's document in one run."""
