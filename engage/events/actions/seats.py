"""Places: taken and given back by one conditional UPDATE, whatever else goes on."""

from typing import Any

from sqlalchemy import or_, update
from sqlalchemy.orm.attributes import set_committed_value

from engage.core import db
from engage.events import rules
from engage.events.actions.state import grow_listing
from engage.events.models import Event


def take_seats(*, event: Event, seats: int) -> bool:
    """Take places for a party, all or none. Returns False where they don't fit."""
    has_room = or_(Event.capacity.is_(None), Event.seats_taken + seats <= Event.capacity)
    return _moved(event, seats, has_room)


def release_seats(*, event: Event, seats: int) -> None:
    """Give places back. Raises ValueError for more than were taken: some row is wrong, and must not spread."""
    if not _moved(event, -seats, Event.seats_taken >= seats):
        raise ValueError("more places were given back than taken")


def _moved(event: Event, seats: int, is_possible: Any) -> bool:
    if seats == 0:
        return True
    move = update(Event).where(Event.id == event.id, is_possible).values(
        seats_taken=Event.seats_taken + seats, changed_at=Event.changed_at,  # seats are no change of what calendars show
    )
    taken = db.session().scalar(move.returning(Event.seats_taken).execution_options(synchronize_session=False))
    if taken is None:
        return False
    set_committed_value(event, "seats_taken", taken)
    if _public(event, taken) != _public(event, taken - seats):
        grow_listing(event)
    return True


def _public(event: Event, taken: int) -> rules.Seats:
    return rules.public_seats(event.capacity, taken, event.is_sign_up_paused)
