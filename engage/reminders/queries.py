"""Named selects of reminders: who was not reached about what they should know."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from engage.accounts import queries as accounts
from engage.concerns.models import ActionItem
from engage.concerns.queries import acting
from engage.core import db
from engage.core.access import Actor, Role
from engage.core.refusal import NotFound
from engage.core.text import Localized
from engage.events import queries as events
from engage.events.models import Event
from engage.events.policy import HIDDEN
from engage.events.rules import Acceptance
from engage.messages import queries as messages
from engage.messages.queries import Unreached
from engage.messages.rules import LOST
from engage.registrations import queries as registrations

STAFF = (Role.STAFF, Role.ADMINISTRATOR)
Spot = tuple[UUID, UUID]  # what a letter was about, and the address it did not reach


@dataclass(frozen=True)
class Matter:
    """What a letter was about: a meeting, or something that is to be done."""

    id: UUID
    title: Localized
    neighbourhood_id: UUID | None
    event: Event | None = None
    action: ActionItem | None = None


@dataclass(frozen=True)
class Missed:
    """Somebody who should know, with the letters that did not reach them."""

    address_id: UUID
    called: str
    contact: str
    letters: tuple[Unreached, ...]

    @property
    def is_lost(self) -> bool:
        """Say whether a letter will never arrive, so that somebody has to call."""
        return any(letter.state in LOST for letter in self.letters)


def matter(subject_id: UUID) -> Matter:
    """Return what letters were about. Raises NotFound; a draft is its hosts' own affair."""
    try:
        event = events.for_manage(subject_id)
    except NotFound:
        return _to_do(acting.one(subject_id))
    if event.state in HIDDEN:
        raise NotFound
    return meeting(event)


def meeting(event: Event) -> Matter:
    """Return a meeting as what letters were about. `event.people` must be loaded."""
    return Matter(event.id, event.title, event.neighbourhood_id, event=event)


def _to_do(action: ActionItem) -> Matter:
    return Matter(action.id, action.what, action.neighbourhood_id, action=action)


def missed(about: Matter, now: datetime) -> list[Missed]:
    """Return who was not reached about something, in order of their letters."""
    return missed_of([about], now).get(about.id, [])


def missed_of(matters: Sequence[Matter], now: datetime) -> dict[UUID, list[Missed]]:
    """Return who was not reached about each of some things, in order of their letters; for many meetings in as many
    statements as for one."""
    letters: dict[Spot, list[Unreached]] = {}
    for letter in messages.unreached(*(about.id for about in matters)):
        letters.setdefault((letter.subject_id, letter.address_id), []).append(letter)
    called = _called(matters, {address_id for _id, address_id in letters}, now)
    found: dict[UUID, list[Missed]] = {}
    for spot, theirs in letters.items():
        if spot in called:
            found.setdefault(spot[0], []).append(Missed(spot[1], called[spot], theirs[0].contact, tuple(theirs)))
    return found


def _called(matters: Sequence[Matter], addresses: Collection[UUID], now: datetime) -> dict[Spot, str]:
    """Return who is to be reached: who signed up, is invited, asked to host together or has an account; about what is
    to be done, whoever does it now. Addresses nobody has proven are nobody's to reach."""
    meetings = [about.event for about in matters if about.event]
    people = {address_id: person.called for address_id, person in accounts.holders(addresses).items()} if meetings else {}
    return {
        **{(event.id, address_id): called for event in meetings for address_id, called in people.items()},
        **{(event.id, address_id): called for event in meetings for address_id, called in _asked(event).items()},
        **registrations.called_at([event.id for event in meetings], addresses, now),
        **{(about.id, address_id): called for about in matters if about.action
           for address_id, called in acting.owner_of(about.action).items()},
    }


def _asked(event: Event) -> dict[UUID, str]:
    parts = (part for part in event.people if part.acceptance != Acceptance.DECLINED)
    return {part.address_id: part.called for part in parts if part.address_id}


def matters_with_missed(actor: Actor, now: datetime) -> list[tuple[Matter, list[Missed]]]:
    """Return what somebody should know of in the actor's areas and was not reached about, with whom: meetings that are
    not over, the soonest first, then what is to be done."""
    subjects = messages.unreached_subjects()
    matters = [*map(meeting, _coming(subjects, actor, now)), *map(_to_do, acting.open_among(subjects, actor))]
    of_each = missed_of(matters, now)
    return [(about, of_each[about.id]) for about in matters if about.id in of_each]


def _coming(subjects: Collection[UUID], actor: Actor, now: datetime) -> list[Event]:
    is_to_come = or_(Event.starts_at.is_(None), Event.starts_at > now)
    coming = select(Event).where(Event.id.in_(subjects), Event.state.not_in(HIDDEN), is_to_come)
    areas = actor.areas(*STAFF)
    if areas is not None:
        coming = coming.where(Event.neighbourhood_id.in_(areas))
    around = joinedload(Event.neighbourhood), selectinload(Event.people)
    return list(db.session().scalars(coming.options(*around).order_by(Event.starts_at, Event.id)))


def count_missed(actor: Actor, now: datetime) -> int:
    """Return how many people were not reached, for the desk."""
    return sum(len(people) for _, people in matters_with_missed(actor, now))
