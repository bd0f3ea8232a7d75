"""How an event ends: called off, or held and closed."""

from datetime import datetime
from uuid import UUID

from engage.core import ledger
from engage.core.access import Actor
from engage.core.refusal import Refused, require
from engage.core.text import Localized
from engage.events import facts, policy, queries, rules
from engage.events.actions import telling
from engage.events.actions.state import grow_listing, move_state
from engage.events.rules import State


def cancel(*, event_id: UUID, reason: str, locale: str, by: Actor, now: datetime) -> None:
    """Call an event off for everybody, with a reason in one language. Raises NotFound, NotAllowed, Refused."""
    event = queries.locked(event_id)
    require(policy.may_cancel(by, event))
    if refusal := rules.cancel_refusal(event.state, event.ends_at, now):
        raise Refused(refusal, state=event.state)
    move_state(event, State.CANCELLED, cancel_reason=Localized.of(locale, reason), sequence=event.sequence + 1)
    grow_listing(event)
    ledger.record(facts.EventCancelled(event.id, event.sequence), by=by)
    telling.tell_others(event, "events.cancelled", about=f"called-off:{event.id}", by=by, now=now)


def close(*, event_id: UUID, by: Actor, now: datetime) -> None:
    """Say that an event was held and is settled. Raises NotFound, NotAllowed, Refused."""
    event = queries.locked(event_id)
    require(policy.may_close(by, event))
    if refusal := rules.close_refusal(event.state, event.ends_at, now):
        raise Refused(refusal, state=event.state)
    move_state(event, State.HELD, closed_at=now)
    grow_listing(event)
    ledger.record(facts.EventClosed(event.id), by=by)
