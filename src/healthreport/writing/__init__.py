"""Document → bytes, and where they go."""
