"""Workbooks, ``.xlsx``, ``.ods`` and ``.xls``: what stands in their cells, and what their formats say of it."""
