"""Edits on what somebody wrote: at the exact place in a text, a YAML file or a Word file; all else stays as it is."""
