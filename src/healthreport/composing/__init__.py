"""Report → Document."""
