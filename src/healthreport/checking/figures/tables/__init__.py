"""Figures of tables: totals, rates and differences of rows and columns."""
