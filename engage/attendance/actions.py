"""What can be done at the door. Whoever acts, the event's row is locked first."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update

from engage.attendance import facts, queries, rules
from engage.attendance.models import CheckIn, WalkIn
from engage.core import db, ledger
from engage.core.access import Actor
from engage.core.refusal import NotFound, Refused, require
from engage.events import actions as events
from engage.events import policy
from engage.events import queries as events_queries


def check_in(*, event_id: UUID, registration_id: UUID, came: int, by: Actor, now: datetime) -> bool:
    """Note how many of a party came. Returns False, and changes nothing, when it was noted before.

    Raises NotAllowed, NotFound, Refused.
    """
    _open_door(event_id, by, now)
    registration = queries.locked_registration(event_id, registration_id)
    if db.session().get(CheckIn, registration_id) is not None:
        return False
    if reason := rules.party_refusal(registration.state, registration.party_size, came):
        raise Refused(reason, **_details(reason, registration.party_size))
    db.session().add(CheckIn(registration_id=registration_id, event_id=event_id, came=came, at=now, by_id=by.person_id))
    ledger.record(facts.CheckedIn(registration_id, event_id, came), by=by)
    return True


def undo(*, event_id: UUID, registration_id: UUID, by: Actor, now: datetime) -> bool:
    """Take a check-in back. Returns False when there was none. Raises NotAllowed, NotFound, Refused."""
    _open_door(event_id, by, now)
    mine = (CheckIn.registration_id == registration_id, CheckIn.event_id == event_id)
    if not db.session().scalars(delete(CheckIn).where(*mine).returning(CheckIn.came)).all():
        return False
    ledger.record(facts.CheckInUndone(registration_id, event_id), by=by)
    return True


def add_walk_in(
    *, event_id: UUID, form_key: str, people: int, called: str = "", language: str | None = None, by: Actor, now: datetime
) -> bool:
    """Note people who came without a place. The same form sent twice counts once and returns False.

    Raises NotAllowed, NotFound, Refused.
    """
    _open_door(event_id, by, now)
    if db.session().scalar(select(WalkIn.id).where(WalkIn.form_key == form_key)) is not None:
        return False
    walk_in = WalkIn(
        event_id=event_id, form_key=form_key, people=people, called=called or None, language=language, at=now,
        by_id=by.person_id,
    )
    db.session().add(walk_in)
    db.session().flush()
    ledger.record(facts.WalkInAdded(walk_in.id, event_id, people), by=by)
    return True


def remove_walk_in(*, event_id: UUID, walk_in_id: UUID, by: Actor, now: datetime) -> bool:
    """Take a walk-in back. Returns False when it is gone already. Raises NotAllowed, NotFound, Refused."""
    _open_door(event_id, by, now)
    mine = (WalkIn.id == walk_in_id, WalkIn.event_id == event_id)
    people = db.session().scalars(delete(WalkIn).where(*mine).returning(WalkIn.people)).one_or_none()
    if people is None:
        return False
    ledger.record(facts.WalkInRemoved(walk_in_id, event_id, people), by=by)
    return True


def close(*, event_id: UUID, by: Actor, now: datetime) -> None:
    """Settle who came: with a place and not checked in is a no-show from now on, and nothing changes any more.

    Raises NotAllowed, NotFound, Refused.
    """
    events.close(event_id=event_id, by=by, now=now)


def forget_names(*, event_id: UUID, by: Actor) -> None:
    """Erase who walked in and who kept the door; the counts stay. Raises NotAllowed."""
    require(by.is_clock)
    session = db.session()
    session.execute(update(WalkIn).where(WalkIn.event_id == event_id).values(called=None, by_id=None))
    session.execute(update(CheckIn).where(CheckIn.event_id == event_id).values(by_id=None))


def _open_door(event_id: UUID, by: Actor, now: datetime) -> None:
    event = events_queries.locked(event_id)
    require(policy.may_check_in(by, event))
    if event.starts_at is None:
        raise NotFound
    if refused := rules.shut(event.state, event.starts_at, event.zone, now):
        raise refused


def _details(reason: rules.Reason, party_size: int) -> dict[str, int]:
    return {"party_size": party_size} if reason is rules.Reason.WRONG_COUNT else {}
