"""Long lists page by page: each begins after the last row of the page before, whatever came or went meanwhile."""

from datetime import UTC, datetime
from uuid import UUID

from flask import request

from engage.core.db import Place


def place_of(instant: datetime, row_id: UUID) -> str:
    """Return how an address names the row that a page ends with."""
    return f"{instant.isoformat()}_{row_id}"


def turned_to() -> Place | None:
    """Read where the page before ended; what no link of ours names begins anew."""
    instant, _bar, row_id = request.args.get("after", "").partition("_")
    try:
        found = datetime.fromisoformat(instant)
        return (found.astimezone(UTC), UUID(row_id)) if found.tzinfo else None
    except (ValueError, OverflowError):  # the first and the last day there are have no other zones
        return None
