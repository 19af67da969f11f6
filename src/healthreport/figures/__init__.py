"""Indicators and expressions evaluated, and worded."""
