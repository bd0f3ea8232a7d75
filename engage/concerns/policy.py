"""Who may do what with concerns. Pure: judges plain values and rows, never asks the database."""

from typing import Protocol
from uuid import UUID

from engage.core.access import Actor, Role

VOICE = "voice"  # the purpose of the link to one's own voice
STAFF = (Role.STAFF, Role.ADMINISTRATOR)


class Raised(Protocol):
    """What a policy needs to know of a concern."""

    @property
    def neighbourhood_id(self) -> UUID | None: ...


def may_tend(actor: Actor, concern: Raised) -> bool:
    """Staff of a concern's neighbourhood set its theme, merge, hide, translate and answer it."""
    return actor.is_staff(concern.neighbourhood_id)


# --- raising and supporting ------------------------------------------------------------------------


class OfSomebody(Protocol):
    """What a policy needs to know of a voice."""

    @property
    def id(self) -> UUID: ...
    @property
    def person_id(self) -> UUID | None: ...
    @property
    def address_id(self) -> UUID | None: ...


def may_type_in(actor: Actor, area: UUID | None) -> bool:
    """Staff of an area type in what is said at its meetings, at the counter or on the phone."""
    return actor.is_staff(area)


def is_own(actor: Actor, voice: OfSomebody) -> bool:
    """Say whether a voice is the actor's: by account, by an address they have proven, or by the link or code."""
    if actor.holds(VOICE, voice.id):
        return True
    is_person = voice.person_id is not None and voice.person_id == actor.person_id
    return is_person or (voice.address_id is not None and voice.address_id in actor.addresses)


# --- consultations ---------------------------------------------------------------------------------

RANKING = "ranking"  # the purpose of the link that lets a ranking count


class Consulted(Protocol):
    """What a policy needs to know of a consultation."""

    @property
    def neighbourhood_id(self) -> UUID | None: ...


class RankedBy(Protocol):
    """What a policy needs to know of a ranking."""

    @property
    def id(self) -> UUID: ...
    @property
    def address_id(self) -> UUID | None: ...


def may_consult(actor: Actor, consultation: Consulted) -> bool:
    """Staff of its neighbourhood run a consultation; one for the whole city is the whole city's."""
    return actor.is_staff(consultation.neighbourhood_id)


def may_answer_ranking(actor: Actor, ranking: RankedBy) -> bool:
    """Whoever got the letter, or whose address is proven already."""
    return actor.holds(RANKING, ranking.id) or ranking.address_id in actor.addresses
