"""Who may do what with concerns. Pure: judges plain values and rows, never asks the database."""

from typing import Protocol
from uuid import UUID

from engage.core.access import Actor, Role
from engage.events import policy as events
from engage.events.rules import PersonRole

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


# --- agendas, minutes and action items --------------------------------------------------------------

ACTION = "action"  # the purpose of the link that an owner without an account holds


class Promised(Protocol):
    """What a policy needs to know of an action item."""

    @property
    def id(self) -> UUID: ...
    @property
    def neighbourhood_id(self) -> UUID | None: ...
    @property
    def owner_id(self) -> UUID | None: ...
    @property
    def address_id(self) -> UUID | None: ...


def may_plan(actor: Actor, event: events.Meeting) -> bool:
    """Hosts, the meeting's facilitators and staff of the area make its agenda and write its minutes."""
    if event.state in events.HIDDEN:
        return False
    return bool(events.roles_at(actor, event) & events.WELCOMING) or actor.is_staff(event.neighbourhood_id)


def may_publish_minutes(actor: Actor, event: events.Meeting) -> bool:
    """What was decided is the city's answer, so staff give it."""
    return event.state not in events.HIDDEN and actor.is_staff(event.neighbourhood_id)


def may_read_inside(actor: Actor, event: events.Meeting) -> bool:
    """Read published minutes of a meeting the public has no business with: who ran it, and its officials."""
    return may_plan(actor, event) or PersonRole.OFFICIAL in events.roles_at(actor, event)


def may_promise(actor: Actor, area: UUID | None) -> bool:
    """Staff of an area say who does what by when: it is the city that promises."""
    return actor.is_staff(area)


def may_tend_action(actor: Actor, action: Promised) -> bool:
    return may_promise(actor, action.neighbourhood_id)


def is_owner(actor: Actor, action: Promised) -> bool:
    """Say whether it is theirs to do: by account, by an address they have proven, or by the link in their letter."""
    if actor.holds(ACTION, action.id):
        return True
    is_theirs = action.owner_id is not None and action.owner_id == actor.person_id
    return is_theirs or (action.address_id is not None and action.address_id in actor.addresses)


def may_report_action(actor: Actor, action: Promised) -> bool:
    """Whoever does it, and staff, say how it stands and that it is done."""
    return is_owner(actor, action) or may_tend_action(actor, action)
