"""What hosts and staff decide about guests: approve, decline, remove."""

from datetime import datetime
from uuid import UUID

from engage.core import ledger
from engage.core.access import Actor
from engage.core.refusal import Refused, require
from engage.events import actions as events
from engage.registrations import facts, policy, queries, rules
from engage.registrations.actions.common import free, move, pass_on, refuse, refuse_when_over, start_of, tell
from engage.registrations.models import Registration
from engage.registrations.rules import PROVEN, Reason, State


def _answerable(registration_id: UUID, by: Actor, now: datetime) -> Registration:
    registration = queries.locked(registration_id)
    require(policy.may_host(by, registration.event))
    refuse_when_over(registration.event, now)
    return registration


def approve(*, registration_id: UUID, by: Actor, now: datetime) -> None:
    """Give a party that asked its seats; twice changes nothing. Raises NotFound, NotAllowed, Refused."""
    registration = _answerable(registration_id, by, now)
    if registration.state == State.CONFIRMED:
        return
    refuse(rules.request_refusal(registration.state))
    if not events.take_seats(event=registration.event, seats=registration.party_size):
        raise Refused(Reason.FULL, left=queries.free_seats(registration.event_id) or 0)
    move(registration, State.CONFIRMED)
    ledger.record(facts.PlaceConfirmed(registration.id, registration.event_id), by=by)
    tell(registration, "place_approved", now=now)


def decline(*, registration_id: UUID, by: Actor, now: datetime) -> None:
    """Tell a party kindly that there is no place this time. Raises NotFound, NotAllowed, Refused."""
    registration = _answerable(registration_id, by, now)
    if registration.state == State.DECLINED:
        return
    refuse(rules.request_refusal(registration.state))
    move(registration, State.DECLINED, ended_at=now)
    ledger.record(facts.RequestDeclined(registration.id, registration.event_id), by=by)
    tell(registration, "place_declined", now=now)


def remove(*, registration_id: UUID, by: Actor, now: datetime) -> None:
    """Take a guest off the list and pass the seats on; they are told kindly. Raises NotFound, NotAllowed, Refused."""
    registration = _answerable(registration_id, by, now)
    if registration.state == State.REMOVED:
        return
    refuse(rules.cancel_refusal(registration.state, start_of(registration.event), now))
    was = registration.state
    freed = free(registration, registration.event, State.REMOVED, now)
    ledger.record(facts.GuestRemoved(registration.id, registration.event_id, freed), by=by)
    if was in PROVEN:
        tell(registration, "place_removed", now=now, about={"was": was})
    pass_on(registration.event, now)
