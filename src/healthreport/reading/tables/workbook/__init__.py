"""Workbooks looked into before they are read: ``.xlsx``, ``.ods``, ``.xls``."""
