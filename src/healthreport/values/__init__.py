"""One value and its text, both ways."""
