"""What staff decide about a proposal, and what keeps an event from being published."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update

from engage.core import db, ledger
from engage.core.access import Actor
from engage.core.refusal import Refused, require
from engage.events import facts, policy, queries
from engage.events.actions import telling
from engage.events.actions.proposing import add_note, check_ready, publish_now
from engage.events.actions.state import move_state
from engage.events.actions.writing import forget_home
from engage.events.models import Event, PublicationHold
from engage.events.rules import Reason, State


def publish(*, event_id: UUID, by: Actor, now: datetime) -> None:
    """Say yes to a proposal: it is public from now on. Raises NotFound, NotAllowed, Refused."""
    event = queries.locked(event_id)
    require(policy.may_publish(by, event))
    if event.state != State.SUBMITTED:
        raise Refused(Reason.NOT_IN_THIS_STATE, state=event.state)
    if holds := queries.holds(event.id):
        raise Refused(Reason.ON_HOLD, holds=tuple(holds))
    check_ready(event, now)
    publish_now(event, by, now)
    telling.tell_hosts(event, "events.published", about=f"published:{event.id}", now=now)


def request_changes(*, event_id: UUID, note: str, by: Actor, now: datetime) -> None:
    """Give a proposal back with what should change. Raises NotFound, NotAllowed, Refused."""
    event = _decide(event_id, State.CHANGES_REQUESTED, by)
    written = add_note(event, note, by, now)
    ledger.record(facts.ChangesRequested(event.id, written.id), by=by)
    telling.tell_hosts(event, "events.changes", about=f"changes:{written.id}", now=now, note_id=written.id)


def decline(*, event_id: UUID, reason: str, by: Actor, now: datetime) -> None:
    """Say no to a proposal, with the reason; a home's address goes with it. Raises NotFound, NotAllowed, Refused."""
    event = _decide(event_id, State.DECLINED, by)
    forget_home(event)
    written = add_note(event, reason, by, now)
    ledger.record(facts.EventDeclined(event.id, written.id), by=by)
    telling.tell_hosts(event, "events.declined", about=f"declined:{written.id}", now=now, note_id=written.id)


def _decide(event_id: UUID, to: State, by: Actor) -> Event:
    event = queries.locked(event_id)
    require(policy.may_review(by, event))
    move_state(event, to)
    return event


def place_hold(*, event_id: UUID, reason: str, by: Actor, now: datetime) -> None:
    """Keep an event from being published until the hold is lifted; placing it twice changes nothing.

    `reason` is a code that a feature has taught `wording.explain_holds`. The feature above judges who may.
    """
    event = queries.locked(event_id)
    if reason in queries.holds(event.id):
        return
    db.session().add(PublicationHold(event_id=event.id, reason=reason, placed_at=now))
    ledger.record(facts.HoldPlaced(event.id, reason), by=by)


def lift_hold(*, event_id: UUID, reason: str, by: Actor, now: datetime) -> None:
    """Lift a hold; lifting one that isn't there changes nothing."""
    event = queries.locked(event_id)
    standing = update(PublicationHold).where(
        PublicationHold.event_id == event.id, PublicationHold.reason == reason, PublicationHold.lifted_at.is_(None)
    )
    if db.session().execute(standing.values(lifted_at=now).returning(PublicationHold.id)).first():
        ledger.record(facts.HoldLifted(event.id, reason), by=by)
