"""Named selects of reminders: who was not reached."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from engage.accounts import queries as accounts
from engage.core import db
from engage.core.access import Actor, Role
from engage.events.models import Event
from engage.events.rules import State
from engage.messages import queries as messages
from engage.messages.queries import Unreached
from engage.messages.rules import LOST
from engage.registrations.models import Registration
from engage.registrations.rules import PROVEN

STAFF = (Role.STAFF, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class Missed:
    """Somebody of an event, with the letters that did not reach them."""

    address_id: UUID
    called: str
    contact: str
    registration_id: UUID | None  # None: a host
    letters: tuple[Unreached, ...]

    @property
    def is_lost(self) -> bool:
        """Say whether a letter will never arrive, so that somebody has to call."""
        return any(letter.state in LOST for letter in self.letters)


def missed(event_id: UUID) -> list[Missed]:
    """Return who of an event was not reached."""
    return missed_of([event_id]).get(event_id, [])


def missed_of(event_ids: Collection[UUID]) -> dict[UUID, list[Missed]]:
    """Return who of each event was not reached, in order of their letters, in as many statements for many events as for
    one: guests with a place or in line, and people with an account. Addresses nobody has proven are nobody's to reach."""
    letters: dict[tuple[UUID, UUID], list[Unreached]] = {}
    for letter in messages.unreached(*event_ids):
        letters.setdefault((letter.subject_id, letter.address_id), []).append(letter)
    addresses = {address_id for _event_id, address_id in letters}
    guests, holders = _guests(event_ids, addresses), accounts.holders(addresses)
    found: dict[UUID, list[Missed]] = {}
    for (event_id, address_id), theirs in letters.items():
        guest = guests.get((event_id, address_id))
        if who := guest or holders.get(address_id):
            one = Missed(address_id, who.called, theirs[0].contact, guest.id if guest else None, tuple(theirs))
            found.setdefault(event_id, []).append(one)
    return found


def _guests(event_ids: Collection[UUID], address_ids: Collection[UUID]) -> dict[tuple[UUID, UUID], Registration]:
    of_events = Registration.event_id.in_(event_ids), Registration.address_id.in_(address_ids)
    found = db.session().scalars(select(Registration).where(*of_events, Registration.state.in_(PROVEN)))
    return {(row.event_id, row.address_id): row for row in found if row.address_id}


def events_with_missed(actor: Actor, now: datetime) -> list[tuple[Event, list[Missed]]]:
    """Return the coming events in the actor's areas where somebody was not reached, with whom."""
    coming = select(Event).where(
        Event.id.in_(messages.unreached_subjects()), Event.state.in_([State.PUBLISHED, State.CANCELLED]), Event.starts_at > now
    )
    areas = actor.areas(*STAFF)
    if areas is not None:
        coming = coming.where(Event.neighbourhood_id.in_(areas))
    found = db.session().scalars(coming.options(joinedload(Event.neighbourhood)).order_by(Event.starts_at, Event.id)).all()
    of_each = missed_of([event.id for event in found])
    return [(event, of_each[event.id]) for event in found if event.id in of_each]


def count_missed(actor: Actor, now: datetime) -> int:
    """Return how many people were not reached, for the desk."""
    return sum(len(people) for _, people in events_with_missed(actor, now))
