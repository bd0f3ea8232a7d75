"""What happened to events."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class EventSubmitted:
    event_id: UUID


@dataclass(frozen=True)
class ChangesRequested:
    event_id: UUID
    note_id: UUID


@dataclass(frozen=True)
class EventDeclined:
    event_id: UUID
    note_id: UUID


@dataclass(frozen=True)
class EventWithdrawn:
    event_id: UUID


@dataclass(frozen=True)
class EventPublished:
    event_id: UUID


@dataclass(frozen=True)
class EventMoved:
    """Time or place of a published event changed."""

    event_id: UUID
    sequence: int
    old_starts_at: datetime


@dataclass(frozen=True)
class EventCancelled:
    event_id: UUID
    sequence: int


@dataclass(frozen=True)
class EventClosed:
    """The event is over and its attendance settled."""

    event_id: UUID


@dataclass(frozen=True)
class CapacityRaised:
    event_id: UUID


@dataclass(frozen=True)
class SignUpPaused:
    event_id: UUID
    is_paused: bool


@dataclass(frozen=True)
class CoHostAsked:
    event_id: UUID
    event_person_id: UUID
    address_id: UUID


@dataclass(frozen=True)
class GuestsWritten:
    """Host or staff wrote to all guests; `note_id` is the text."""

    event_id: UUID
    note_id: UUID
