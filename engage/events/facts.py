"""What happened to events."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from engage.core.facts import Decision, Everyday


@dataclass(frozen=True)
class EventSubmitted(Everyday):
    event_id: UUID


@dataclass(frozen=True)
class ChangesRequested(Decision):
    event_id: UUID
    note_id: UUID


@dataclass(frozen=True)
class EventDeclined(Decision):
    event_id: UUID
    note_id: UUID


@dataclass(frozen=True)
class EventWithdrawn(Everyday):
    event_id: UUID


@dataclass(frozen=True)
class EventPublished(Decision):
    event_id: UUID


@dataclass(frozen=True)
class EventMoved(Decision):
    """Time or place of a published event changed."""

    event_id: UUID
    sequence: int
    old_starts_at: datetime


@dataclass(frozen=True)
class AddressHourChanged(Decision):
    """The hour from which guests see a home's address is another; neither time nor place is."""

    event_id: UUID
    old_hours: int


@dataclass(frozen=True)
class EventCancelled(Decision):
    event_id: UUID
    sequence: int


@dataclass(frozen=True)
class EventClosed(Everyday):
    """The event is over and its attendance settled."""

    event_id: UUID


@dataclass(frozen=True)
class CapacityRaised(Decision):
    event_id: UUID


@dataclass(frozen=True)
class SignUpPaused(Decision):
    event_id: UUID
    is_paused: bool


@dataclass(frozen=True)
class CoHostAsked(Everyday):
    event_id: UUID
    event_person_id: UUID
    address_id: UUID


@dataclass(frozen=True)
class GuestsWritten(Decision):
    """Host or staff wrote to all guests; `note_id` is the `GuestNote`."""

    event_id: UUID
    note_id: UUID


@dataclass(frozen=True)
class EventDrafted(Everyday):
    """Somebody began a proposal."""

    event_id: UUID


@dataclass(frozen=True)
class ProposalAnswered(Everyday):
    """Proposer or staff wrote something about a proposal; `note_id` is the `ReviewNote`."""

    event_id: UUID
    note_id: UUID


@dataclass(frozen=True)
class EventTextsChanged(Decision):
    """Words or details of a published event changed: neither its time nor its place."""

    event_id: UUID


@dataclass(frozen=True)
class CapacityLowered(Decision):
    event_id: UUID


@dataclass(frozen=True)
class GoingAhead(Decision):
    """The host meets the guests there are, though the least number is not reached."""

    event_id: UUID


@dataclass(frozen=True)
class CoHostAnswered(Everyday):
    event_id: UUID
    event_person_id: UUID
    is_accepted: bool


@dataclass(frozen=True)
class PersonAdded(Everyday):
    """A facilitator, official or partner takes part in an event."""

    event_id: UUID
    event_person_id: UUID
    role: str


@dataclass(frozen=True)
class PersonTakenOff(Decision):
    event_id: UUID
    event_person_id: UUID
    role: str


@dataclass(frozen=True)
class HoldPlaced(Decision):
    event_id: UUID
    reason: str


@dataclass(frozen=True)
class HoldLifted(Decision):
    event_id: UUID
    reason: str


@dataclass(frozen=True)
class SubscriptionConfirmed(Everyday):
    subscription_id: UUID


@dataclass(frozen=True)
class SubscriptionEnded(Everyday):
    subscription_id: UUID


@dataclass(frozen=True)
class SeriesScheduled(Decision):
    series_id: UUID
    dates: int


@dataclass(frozen=True)
class SeriesExtended(Decision):
    """A series has more dates than it had."""

    series_id: UUID
    dates: int


@dataclass(frozen=True)
class SeriesChanged(Decision):
    """Several dates of a series were changed together; `what` is the kind of change."""

    series_id: UUID
    what: str
    dates: int
