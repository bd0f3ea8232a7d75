"""Use cases of reminders: they are letters of the future, planned and dropped with what they remind of."""

from datetime import datetime
from uuid import UUID

from engage.core import ledger
from engage.core.access import Actor
from engage.core.refusal import require
from engage.events import queries as events
from engage.events.models import Event
from engage.messages import actions as outbox
from engage.registrations import queries as registrations
from engage.registrations.models import Registration
from engage.registrations.rules import State
from engage.reminders import facts, letters, policy, queries, rules
from engage.reminders.rules import Due

KINDS = frozenset(letters.LETTERS)


def plan(*, registration_id: UUID, by: Actor, now: datetime) -> None:
    """Write the reminders to come of a place that is now confirmed. Raises NotAllowed."""
    require(policy.may_plan(by))
    registration = registrations.find(registration_id)
    if registration is not None and registration.state == State.CONFIRMED:
        _post_all(registration, registration.event, now)


def replan(*, event_id: UUID, by: Actor, now: datetime) -> None:
    """Put new reminders in the place of those to an event that has moved. Raises NotAllowed."""
    require(policy.may_plan(by))
    outbox.drop_subject(subject_id=event_id, kinds=KINDS, now=now)
    event = events.for_manage(event_id)
    for registration in registrations.seated(event_id):
        _post_all(registration, event, now)


def replan_address(*, event_id: UUID, old_hours: int, by: Actor, now: datetime) -> None:
    """Say at the hour the host now wants that a home's address can be seen; who could see it before knows.

    Raises NotAllowed.
    """
    require(policy.may_plan(by))
    outbox.drop_subject(subject_id=event_id, kinds={letters.ADDRESS}, now=now)
    event = events.for_manage(event_id)
    hours = events.reveal_hours(event_id) if event.has_private_place else None
    if event.starts_at is None or hours is None:
        return
    shown = rules.address_again(starts_at=event.starts_at, old_hours=old_hours, hours=hours, now=now)
    if shown is None:
        return
    for registration in registrations.seated(event_id):
        if registration.address_id is not None:
            _post(registration, event, letters.ADDRESS, shown, now)


def drop(*, registration_id: UUID, by: Actor, now: datetime) -> None:
    """Remind of a place given back no more. Raises NotAllowed."""
    require(policy.may_plan(by))
    outbox.drop(thread=_thread(registration_id), kinds=KINDS, now=now)


def drop_event(*, event_id: UUID, by: Actor, now: datetime) -> None:
    """Remind of a cancelled event no more. Raises NotAllowed."""
    require(policy.may_plan(by))
    outbox.drop_subject(subject_id=event_id, kinds=KINDS, now=now)


def note_told(*, subject_id: UUID, address_id: UUID, by: Actor) -> None:
    """Keep that staff told somebody by other means what no letter could. Raises NotAllowed, NotFound."""
    require(policy.may_see_unreached(by, queries.matter(subject_id)))
    if outbox.settle_unreached(subject_id=subject_id, address_id=address_id):
        ledger.record(facts.ToldByHand(subject_id, address_id), by=by)


def _post_all(registration: Registration, event: Event, now: datetime) -> None:
    if event.starts_at is None or registration.address_id is None:
        return
    for due in rules.due(event.programme.reminders, starts_at=event.starts_at, zone=event.zone, now=now):
        _post(registration, event, letters.REMINDER, due, now)
    hours = events.reveal_hours(event.id) if event.has_private_place else None
    shown = None if hours is None else rules.address_due(starts_at=event.starts_at, reveal_hours=hours, now=now)
    if shown is not None:
        _post(registration, event, letters.ADDRESS, shown, now)


def _post(registration: Registration, event: Event, kind: str, due: Due, now: datetime) -> None:
    assert registration.address_id is not None  # noqa: S101 - as asked before
    outbox.post(
        about=f"{kind}:{registration.id}:{event.sequence}:{due.key}", kind=kind, to=registration.address_id,
        facts={"registration_id": registration.id, "sequence": event.sequence, "key": due.key},
        now=now, not_before=due.not_before, expires_at=due.expires_at,
        thread=_thread(registration.id), subject_id=event.id,
    )


def _thread(registration_id: UUID) -> str:
    return f"registration:{registration_id}"
