"""Take what the retention periods and people who left want gone off the record."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import CursorResult, Delete, Update, delete, func, or_, select, update

from engage.core import db, ledger
from engage.core.access import Actor
from engage.core.refusal import require
from engage.events import facts, queries
from engage.events.actions.state import grow_version, move_state
from engage.events.actions.writing import forget_home
from engage.events.models import AddressLook, Event, EventPerson, GuestNote, PrivateAddress, ReviewNote, Subscription
from engage.events.rules import Acceptance, State

WEEK, MONTH, YEAR = timedelta(days=7), timedelta(days=30), timedelta(days=365)
OVER_AT = func.coalesce(Event.ends_at, Event.created_at)
Statement = Delete | Update


def _events_over_since(since: datetime) -> Any:
    return select(Event.id).where(since > OVER_AT)


def _addresses(now: datetime) -> Statement:
    """A home: a week after the meeting; a draft's a year after it was begun, a dropped proposal's at once."""
    is_dropped = Event.state.in_([State.DECLINED, State.WITHDRAWN])
    is_left = Event.ends_at.is_(None) & (Event.created_at < now - YEAR)
    gone = select(Event.id).where(or_(Event.ends_at < now - WEEK, is_left, is_dropped))
    return delete(PrivateAddress).where(PrivateAddress.event_id.in_(gone))


def _looks(now: datetime) -> Statement:
    return delete(AddressLook).where(AddressLook.event_id.in_(_events_over_since(now - YEAR)))


def _unaccepted(now: datetime) -> Statement:
    """Who was asked to co-host and didn't: a week after the meeting."""
    never = EventPerson.acceptance != Acceptance.ACCEPTED
    return delete(EventPerson).where(never, EventPerson.event_id.in_(_events_over_since(now - WEEK)))


def _people(now: datetime) -> Statement:
    return delete(EventPerson).where(EventPerson.event_id.in_(_events_over_since(now - 3 * YEAR)))


def _review_notes(now: datetime) -> Statement:
    return delete(ReviewNote).where(ReviewNote.event_id.in_(_events_over_since(now - 3 * YEAR)))


def _guest_notes(now: datetime) -> Statement:
    return delete(GuestNote).where(GuestNote.event_id.in_(_events_over_since(now - 3 * YEAR)))


def _subscriptions(now: datetime) -> Statement:
    """Never proven: a week; ended: a month, so that the link of an old letter still says so."""
    is_unproven = Subscription.proven_at.is_(None) & (Subscription.created_at < now - WEEK)
    return delete(Subscription).where(or_(is_unproven, Subscription.ended_at < now - MONTH))


PROMISES: tuple[Callable[[datetime], Statement], ...] = (
    _addresses, _looks, _unaccepted, _people, _review_notes, _guest_notes, _subscriptions,
)


def keep_promise(*, number: int, by: Actor, now: datetime) -> int:
    """Carry out one of the `PROMISES` and return how many rows it took. Raises NotAllowed."""
    require(by.is_clock)
    done = db.session().execute(PROMISES[number](now).execution_options(synchronize_session=False))
    return done.rowcount if isinstance(done, CursorResult) else 0


def follow_person(*, old_id: UUID, new_id: UUID, by: Actor) -> None:
    """Let what somebody was asked for or wants to hear of follow them to another address."""
    for rows in (EventPerson, Subscription):
        db.session().execute(update(rows).where(rows.address_id == old_id).values(address_id=new_id))


def forget_person(*, person_id: UUID, address_id: UUID | None, by: Actor, now: datetime) -> None:
    """Take somebody who has left off all events: proposals are withdrawn, names go, letters end."""
    for event_id in queries.undecided_of(person_id):
        event = queries.locked(event_id)
        move_state(event, State.WITHDRAWN)
        forget_home(event)
        ledger.record(facts.EventWithdrawn(event.id), by=by)
    is_theirs = EventPerson.person_id == person_id
    if address_id is not None:
        is_theirs = or_(is_theirs, EventPerson.address_id == address_id)
    for part in db.session().scalars(select(EventPerson).where(is_theirs)):
        part.called, part.title, part.person_id, part.address_id = "", "", None, None
        grow_version(queries.locked(part.event_id))
    for notes in (ReviewNote, GuestNote):
        db.session().execute(update(notes).where(notes.author_id == person_id).values(author_id=None))
    if address_id is not None:
        live = Subscription.address_id == address_id, Subscription.ended_at.is_(None)
        db.session().execute(update(Subscription).where(*live).values(ended_at=now))
