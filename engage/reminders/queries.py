"""Named selects of reminders: who was not reached."""

from collections.abc import Iterable
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
    """Return who of an event was not reached, in order of their letters: guests with a place or in
    line, and people with an account. Addresses nobody has proven are nobody's to reach."""
    by_address: dict[UUID, list[Unreached]] = {}
    for letter in messages.unreached(event_id):
        by_address.setdefault(letter.address_id, []).append(letter)
    guests = _guests(event_id, by_address)
    found = (_missed(address_id, letters, guests.get(address_id)) for address_id, letters in by_address.items())
    return [one for one in found if one]


def _missed(address_id: UUID, letters: list[Unreached], guest: Registration | None) -> Missed | None:
    person = None if guest else accounts.holder(address_id)
    called = guest.called if guest else person.called if person else None
    address = messages.address(address_id)
    if called is None or address is None:
        return None
    return Missed(address_id, called, address.value, guest.id if guest else None, tuple(letters))


def _guests(event_id: UUID, address_ids: Iterable[UUID]) -> dict[UUID, Registration]:
    found = db.session().scalars(
        select(Registration).where(
            Registration.event_id == event_id, Registration.address_id.in_(list(address_ids)), Registration.state.in_(PROVEN)
        )
    )
    return {row.address_id: row for row in found if row.address_id}


def events_with_missed(actor: Actor, now: datetime) -> list[tuple[Event, list[Missed]]]:
    """Return the coming events in the actor's areas where somebody was not reached, with whom."""
    coming = select(Event).where(
        Event.id.in_(messages.unreached_subjects()), Event.state.in_([State.PUBLISHED, State.CANCELLED]), Event.starts_at > now
    )
    areas = actor.areas(*STAFF)
    if areas is not None:
        coming = coming.where(Event.neighbourhood_id.in_(areas))
    found = db.session().scalars(coming.options(joinedload(Event.neighbourhood)).order_by(Event.starts_at, Event.id)).all()
    of_each = ((event, missed(event.id)) for event in found)
    return [(event, people) for event, people in of_each if people]


def count_missed(actor: Actor, now: datetime) -> int:
    """Return how many people were not reached, for the desk."""
    return sum(len(people) for _, people in events_with_missed(actor, now))
