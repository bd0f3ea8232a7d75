"""Named selects of events."""

from engage.events.queries.one import (
    events,
    for_manage,
    has_private_address,
    holds,
    locked,
    note,
    notes,
    part,
    private_address,
)

__all__ = ["events", "for_manage", "has_private_address", "holds", "locked", "note", "notes", "part", "private_address"]
