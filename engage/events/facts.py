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
class AddressHourChanged:
    """The hour from which guests see a home's address is another; neither time nor place is."""

    event_id: UUID
    old_hours: int


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
    """Host or staff wrote to all guests; `note_id` is the `GuestNote`."""

    event_id: UUID
    note_id: UUID


@dataclass(frozen=True)
class EventDrafted:
    """Somebody began a proposal."""

    event_id: UUID


@dataclass(frozen=True)
class ProposalAnswered:
    """Proposer or staff wrote something about a proposal; `note_id` is the `ReviewNote`."""

    event_id: UUID
    note_id: UUID


@dataclass(frozen=True)
class EventTextsChanged:
    """Words or details of a published event changed: neither its time nor its place."""

    event_id: UUID


@dataclass(frozen=True)
class CapacityLowered:
    event_id: UUID


@dataclass(frozen=True)
class GoingAhead:
    """The host meets the guests there are, though the least number is not reached."""

    event_id: UUID


@dataclass(frozen=True)
class CoHostAnswered:
    event_id: UUID
    event_person_id: UUID
    is_accepted: bool


@dataclass(frozen=True)
class PersonAdded:
    """A facilitator, official or partner takes part in an event."""

    event_id: UUID
    event_person_id: UUID
    role: str


@dataclass(frozen=True)
class PersonTakenOff:
    event_id: UUID
    event_person_id: UUID
    role: str


@dataclass(frozen=True)
class HoldPlaced:
    event_id: UUID
    reason: str


@dataclass(frozen=True)
class HoldLifted:
    event_id: UUID
    reason: str


@dataclass(frozen=True)
class SubscriptionConfirmed:
    subscription_id: UUID


@dataclass(frozen=True)
class SubscriptionEnded:
    subscription_id: UUID


@dataclass(frozen=True)
class SeriesScheduled:
    series_id: UUID
    dates: int


@dataclass(frozen=True)
class SeriesExtended:
    """A series has more dates than it had."""

    series_id: UUID
    dates: int


@dataclass(frozen=True)
class SeriesChanged:
    """Several dates of a series were changed together; `what` is the kind of change."""

    series_id: UUID
    what: str
    dates: int
