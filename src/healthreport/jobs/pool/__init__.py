"""Processes that share the work of a job."""
