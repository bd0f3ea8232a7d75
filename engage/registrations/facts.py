"""What happened to registrations."""

from dataclasses import dataclass
from uuid import UUID

from engage.core.facts import Decision, Everyday, Export


@dataclass(frozen=True)
class SignedUp(Everyday):
    """Somebody asked for a place; the address is not proven yet."""

    registration_id: UUID
    event_id: UUID


@dataclass(frozen=True)
class PlaceRequested(Everyday):
    """A proven request waits for the host."""

    registration_id: UUID
    event_id: UUID


@dataclass(frozen=True)
class PlaceConfirmed(Everyday):
    registration_id: UUID
    event_id: UUID


@dataclass(frozen=True)
class JoinedWaitingList(Everyday):
    registration_id: UUID
    event_id: UUID


@dataclass(frozen=True)
class PlaceOffered(Everyday):
    registration_id: UUID
    event_id: UUID


@dataclass(frozen=True)
class RegistrationCancelled(Everyday):
    registration_id: UUID
    event_id: UUID
    freed: int


@dataclass(frozen=True)
class RequestDeclined(Decision):
    registration_id: UUID
    event_id: UUID


@dataclass(frozen=True)
class GuestRemoved(Decision):
    registration_id: UUID
    event_id: UUID
    freed: int


@dataclass(frozen=True)
class RegistrationLapsed(Everyday):
    """A hold or an offer ran out."""

    registration_id: UUID
    event_id: UUID
    freed: int


@dataclass(frozen=True)
class ListTakenIn(Decision):
    """Staff took in a partner's list; how many it signed up and invited anew."""

    event_id: UUID
    registered: int
    invited: int


@dataclass(frozen=True)
class GuestsExported(Export):
    """Somebody took the list of guests along as a file."""

    event_id: UUID
    form: str
    has_contacts: bool


@dataclass(frozen=True)
class InvitationPrinted(Everyday):
    """A host or staff opened the page with an invitation's link, to print it."""

    invitation_id: UUID
    event_id: UUID


@dataclass(frozen=True)
class LinkPrinted(Everyday):
    """Staff opened the page with somebody's personal link, to print it for them."""

    registration_id: UUID
    event_id: UUID


@dataclass(frozen=True)
class PartyChanged(Everyday):
    registration_id: UUID
    event_id: UUID
    party_size: int


@dataclass(frozen=True)
class Invited(Everyday):
    """Somebody may come to a closed meeting."""

    invitation_id: UUID
    event_id: UUID


@dataclass(frozen=True)
class InvitationUsed(Everyday):
    invitation_id: UUID
    registration_id: UUID
    event_id: UUID


@dataclass(frozen=True)
class InvitationRevoked(Decision):
    invitation_id: UUID
    event_id: UUID
