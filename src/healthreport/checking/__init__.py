"""What a careful reader would catch: rules look at a subject, the engine turns what they find into diagnostics."""
