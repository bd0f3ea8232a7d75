"""A meeting with guests, and facts as the features below record them."""

from sqlalchemy import select
from time_machine import travel

from engage.core import db, ledger
from engage.core.access import CLOCK
from engage.messages.models import OutboxLetter
from engage.messages.rules import State
from engage.registrations.facts import PlaceConfirmed
from engage.reminders.letters import LETTERS
from tests import factories as make
from tests.conftest import NOW

REMINDERS = [
    {"key": "week", "kind": "days_before", "days": 7},
    {"key": "eve", "kind": "days_before", "days": 1, "at": "18:00"},
    {"key": "soon", "kind": "hours_before", "hours": 2},
    {"key": "feedback", "kind": "morning_after", "at": "09:00"},
]


def meeting(**values):
    """A meeting in twenty days that reminds as the kits do."""
    return make.event(of=make.programme(reminders=REMINDERS), **values)


def dinner(**values):
    """A meeting in somebody's home."""
    event = meeting(venue_id=None, **values)
    make.private_address(event)
    return event


def happened(fact, at=NOW):
    """Record a fact, and let follow what follows."""
    with travel(at, tick=False), db.transaction():
        ledger.record(fact, by=CLOCK)


def confirmed(event, at=NOW, **values):
    """Somebody whose place is confirmed now."""
    registration = make.registration(event, **values)
    happened(PlaceConfirmed(registration.id, event.id), at)
    return registration


def planned(state=State.DUE):
    """What is in the outbox: key and instant, in order."""
    db.session().rollback()
    wanted = select(OutboxLetter).where(OutboxLetter.state == state, OutboxLetter.kind.in_([*LETTERS, "test.greeting"]))
    rows = db.session().scalars(wanted.order_by(OutboxLetter.not_before))
    return [(row.facts["key"], row.not_before) for row in rows]


def keys(state=State.DUE):
    return [key for key, _ in planned(state)]
