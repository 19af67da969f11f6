"""Bytes → trees."""
