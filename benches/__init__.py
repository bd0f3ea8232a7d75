"""Measurements: how fast public pages are, beside the least a Flask app can do."""
