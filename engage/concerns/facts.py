"""What happened with concerns."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class ConcernMoved:
    """A concern is at another step; `event_id` is the meeting that brought it there."""

    concern_id: UUID
    step: str
    event_id: UUID | None = None
