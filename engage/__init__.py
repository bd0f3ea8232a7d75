"""Engage: a city and its residents sit down together."""

__version__ = "0.1.0"
