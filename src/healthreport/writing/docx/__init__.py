"""Document → Word file: static parts once per layout, the body written directly, a deterministic zip."""
