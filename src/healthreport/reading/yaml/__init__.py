"""YAML text → nodes that know their place, and back."""
