"""What happened to registrations."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class SignedUp:
    """Somebody asked for a place; the address is not proven yet."""

    registration_id: UUID
    event_id: UUID


@dataclass(frozen=True)
class PlaceRequested:
    """A proven request waits for the host."""

    registration_id: UUID
    event_id: UUID


@dataclass(frozen=True)
class PlaceConfirmed:
    registration_id: UUID
    event_id: UUID


@dataclass(frozen=True)
class JoinedWaitingList:
    registration_id: UUID
    event_id: UUID


@dataclass(frozen=True)
class PlaceOffered:
    registration_id: UUID
    event_id: UUID


@dataclass(frozen=True)
class RegistrationCancelled:
    registration_id: UUID
    event_id: UUID
    freed: int


@dataclass(frozen=True)
class RequestDeclined:
    registration_id: UUID
    event_id: UUID


@dataclass(frozen=True)
class GuestRemoved:
    registration_id: UUID
    event_id: UUID
    freed: int


@dataclass(frozen=True)
class RegistrationLapsed:
    """A hold or an offer ran out."""

    registration_id: UUID
    event_id: UUID
    freed: int


@dataclass(frozen=True)
class ListTakenIn:
    """Staff took in a partner's list; how many it signed up and invited anew."""

    event_id: UUID
    registered: int
    invited: int


@dataclass(frozen=True)
class GuestsExported:
    """Somebody took the list of guests along as a file."""

    event_id: UUID
    form: str
    has_contacts: bool


@dataclass(frozen=True)
class InvitationPrinted:
    """A host or staff opened the page with an invitation's link, to print it."""

    invitation_id: UUID
    event_id: UUID


@dataclass(frozen=True)
class LinkPrinted:
    """Staff opened the page with somebody's personal link, to print it for them."""

    registration_id: UUID
    event_id: UUID


@dataclass(frozen=True)
class PartyChanged:
    registration_id: UUID
    event_id: UUID
    party_size: int


@dataclass(frozen=True)
class Invited:
    """Somebody may come to a closed meeting."""

    invitation_id: UUID
    event_id: UUID


@dataclass(frozen=True)
class InvitationUsed:
    invitation_id: UUID
    registration_id: UUID
    event_id: UUID


@dataclass(frozen=True)
class InvitationRevoked:
    invitation_id: UUID
    event_id: UUID
