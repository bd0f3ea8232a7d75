"""Named selects of events."""
