"""Decide about funding. Knows no database, request, clock or language."""
