"""What every change of a registration shares: its moves, its letters, and passing freed seats on."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm.attributes import set_committed_value

from engage.core import access, db, ledger
from engage.core.refusal import Refused
from engage.events import actions as events
from engage.events.models import Event
from engage.messages import actions as messages
from engage.registrations import facts, queries, rules
from engage.registrations.models import Registration
from engage.registrations.rules import TAKES_SEATS, Reason, State


def start_of(event: Event) -> datetime:
    """Return when a public event starts; a draft without a time takes no sign-up."""
    if event.starts_at is None:
        raise Refused(Reason.EVENT_STARTED)
    return event.starts_at


def refuse(reason: Reason | None, **details: Any) -> None:
    """Stop here with a reason, if there is one. Raises Refused."""
    if reason:
        raise Refused(reason, **details)


def refuse_when_over(event: Event, now: datetime) -> None:
    """Stop where nothing about places changes any more. Raises Refused."""
    refuse(rules.event_refusal(event.state, start_of(event), now))


def move(registration: Registration, to: State, **values: Any) -> None:
    """Move a registration to another state, if nobody moved it meanwhile. Raises Refused."""
    if not rules.may_move(registration.state, to):
        raise Refused(Reason.NOT_LIVE)
    change(registration, state=to, seats_held=registration.party_size if to in TAKES_SEATS else 0, **values)


def change(registration: Registration, **values: Any) -> None:
    """Write values to a registration as it was read, or not at all. Raises Refused."""
    as_read = update(Registration).where(
        Registration.id == registration.id, Registration.state == registration.state,
        Registration.seats_held == registration.seats_held,
    )
    db.session().flush()
    changed = db.session().scalar(
        as_read.values(**values).returning(Registration.id).execution_options(synchronize_session=False)
    )
    if changed is None:
        raise Refused(Reason.NOT_LIVE)
    for name, value in values.items():
        set_committed_value(registration, name, value)


def seat(registration: Registration, event: Event) -> bool:
    """Take seats for a party that nobody waits before; say whether it got them."""
    if queries.others_wait(event.id, besides=registration.id):
        return False
    return events.take_seats(event=event, seats=registration.party_size)


def free(registration: Registration, event: Event, to: State, now: datetime) -> int:
    """End a registration, give its seats back, and return how many."""
    freed = registration.seats_held
    move(registration, to, ended_at=now)
    events.release_seats(event=event, seats=freed)
    return freed


def pass_on(event: Event, now: datetime) -> None:
    """Offer what is free to those who wait, in order; the event's row is locked."""
    mode = event.programme.sign_up_mode
    if not rules.may_offer_seats(mode, event.state, event.is_sign_up_paused, start_of(event), now):
        return
    for registration_id in rules.next_offers(queries.free_seats(event.id), queries.waiting(event.id)):
        _offer(queries.locked(registration_id), event, now)


def _offer(registration: Registration, event: Event, now: datetime) -> None:
    if not events.take_seats(event=event, seats=registration.party_size):
        return
    until = rules.hold_end(now, event.programme.offer_minutes, start_of(event))
    move(registration, State.OFFERED, offered_until=until)
    ledger.record(facts.PlaceOffered(registration.id, event.id), by=access.CLOCK)
    tell(registration, "place_offered", now=now, expires_at=until, key=until.isoformat())


AFTERWARDS = timedelta(days=1)  # how long after the start a letter about a place still says something


def thread(registration_id: UUID) -> str:
    """Return what all letters about a party's place have in common."""
    return f"registration:{registration_id}"


def tell(
    registration: Registration, kind: str, *, now: datetime, key: str = "", expires_at: datetime | None = None,
    about: Mapping[str, Any] | None = None,
) -> None:
    """Post a letter to a party, once for each `key`; it says what is true when it is delivered."""
    if registration.address_id is None:
        return
    messages.post(
        about=":".join(filter(None, (kind, str(registration.id), key))),
        kind=kind,
        to=registration.address_id,
        facts={"registration_id": registration.id, **(about or {})},
        now=now,
        expires_at=expires_at or max(start_of(registration.event) + AFTERWARDS, now + AFTERWARDS),
        thread=thread(registration.id),
        subject_id=registration.event_id,
    )
