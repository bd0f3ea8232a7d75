"""Named selects of concerns."""
