"""What happened with concerns."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class ConcernMoved:
    """A concern is at another step; `event_id` is the meeting that brought it there."""

    concern_id: UUID
    step: str
    event_id: UUID | None = None


# --- agendas, minutes and action items --------------------------------------------------------------


@dataclass(frozen=True)
class AgendaChanged:
    """A meeting's agenda is another one; `what` says what was done with which item."""

    event_id: UUID
    what: str
    item_id: UUID | None = None


@dataclass(frozen=True)
class AgendaPublished:
    event_id: UUID


@dataclass(frozen=True)
class MinutesWritten:
    """Something was written down about an item of the agenda."""

    event_id: UUID
    item_id: UUID


@dataclass(frozen=True)
class MinutesPublished:
    """Minutes were published, or a correction of them: `number` counts the versions."""

    event_id: UUID
    number: int


@dataclass(frozen=True)
class ActionItemMade:
    action_id: UUID
    event_id: UUID | None = None
    concern_id: UUID | None = None


@dataclass(frozen=True)
class ActionItemChanged:
    """An action item was changed, put off or written about, as `what` says."""

    action_id: UUID
    what: str


@dataclass(frozen=True)
class ActionItemEnded:
    """An action item is done, or never will be."""

    action_id: UUID
    state: str
