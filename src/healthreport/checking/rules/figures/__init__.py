"""Rules on the figures of sentences and tables (HR2)."""
