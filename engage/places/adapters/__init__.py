"""Neighbourhoods from the outside: read from a file, drawn as a map."""
