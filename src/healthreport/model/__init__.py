"""The format: a tree of nodes in, a frozen report and its texts out."""
