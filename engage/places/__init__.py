"""Neighbourhoods with their shapes, and venues."""
