"""A draft → the YAML that a careful person would have written."""
