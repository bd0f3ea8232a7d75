"""What a party does with its place: take or refuse an offer, change, cancel."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from engage.accounts import actions as accounts
from engage.core import db, ledger
from engage.core.access import Actor
from engage.core.refusal import Refused, require
from engage.events import actions as events
from engage.registrations import facts, policy, queries, rules
from engage.registrations.actions.common import change, free, move, pass_on, refuse, refuse_when_over, start_of, tell
from engage.registrations.actions.entering import as_text
from engage.registrations.models import Registration, RegistrationNeeds
from engage.registrations.rules import PROVEN, TAKES_SEATS, Need, Reason, State


def _changeable(registration_id: UUID, by: Actor) -> Registration:
    registration = queries.locked(registration_id)
    require(policy.may_change(by, registration, registration.event.neighbourhood_id))
    return registration


def accept_offer(*, registration_id: UUID, by: Actor, now: datetime) -> None:
    """Take the seats that are kept; doing it twice changes nothing. Raises NotFound, NotAllowed, Refused."""
    registration = _changeable(registration_id, by)
    if registration.state == State.CONFIRMED:
        return
    refuse_when_over(registration.event, now)
    refuse(rules.offer_refusal(registration.state, registration.offered_until, now))
    move(registration, State.CONFIRMED, offered_until=None)
    ledger.record(facts.PlaceConfirmed(registration.id, registration.event_id), by=by)
    tell(registration, "place_confirmed", now=now, key=now.isoformat())


def decline_offer(*, registration_id: UUID, by: Actor, now: datetime) -> None:
    """Leave the seats that are kept to the next who wait. Raises NotFound, NotAllowed, Refused."""
    registration = _changeable(registration_id, by)
    refuse(rules.offer_refusal(registration.state, registration.offered_until, now))
    _end(registration, by=by, now=now)


def cancel(*, registration_id: UUID, by: Actor, now: datetime) -> None:
    """Give a registration's seats back, and pass them on. Raises NotFound, NotAllowed, Refused."""
    registration = _changeable(registration_id, by)
    refuse(rules.cancel_refusal(registration.state, start_of(registration.event), now))
    refuse_when_over(registration.event, now)
    _end(registration, by=by, now=now)


def _end(registration: Registration, *, by: Actor, now: datetime) -> None:
    was = registration.state
    freed = free(registration, registration.event, State.CANCELLED, now)
    ledger.record(facts.RegistrationCancelled(registration.id, registration.event_id, freed), by=by)
    if was in PROVEN:
        tell(registration, "place_cancelled", now=now, about={"was": was})
    pass_on(registration.event, now)


def change_party(*, registration_id: UUID, party_size: int, by: Actor, now: datetime) -> None:
    """Come with more or fewer people. Growing needs free seats that nobody waits for, shrinking
    passes seats on. Raises NotFound, NotAllowed, Refused."""
    registration = _changeable(registration_id, by)
    event = registration.event
    refuse(rules.change_refusal(registration.state))
    refuse_when_over(event, now)
    more = party_size - registration.party_size
    if more == 0:
        return
    limit = rules.party_limit(event.programme.party_limit, event.capacity)
    refuse(Reason.PARTY_TOO_LARGE if party_size < 1 or (more > 0 and party_size > limit) else None, limit=limit)
    if more > 0:
        _grow(registration, more)
    change(registration, party_size=party_size, seats_held=party_size if registration.state in TAKES_SEATS else 0)
    if more < 0:
        _shrink(registration, -more, now)
    ledger.record(facts.PartyChanged(registration.id, event.id, party_size), by=by)


def _grow(registration: Registration, more: int) -> None:
    event = registration.event
    holds = registration.state in TAKES_SEATS
    others_wait = queries.others_wait(event.id, besides=registration.id)
    mode = event.programme.sign_up_mode
    refuse(rules.growth_refusal(registration.state, mode, is_fitting=True, others_wait=others_wait))
    if holds and not events.take_seats(event=event, seats=more):
        left = queries.free_seats(event.id) or 0
        raise Refused(Reason.FULL, left=left)


def _shrink(registration: Registration, fewer: int, now: datetime) -> None:
    if registration.state in TAKES_SEATS:
        events.release_seats(event=registration.event, seats=fewer)
    pass_on(registration.event, now)


def change_needs(*, registration_id: UUID, needs: Mapping[Need, str], by: Actor, now: datetime) -> None:
    """Say anew what a party needs. Raises NotFound, NotAllowed, Refused."""
    registration = _changeable(registration_id, by)
    refuse(rules.change_refusal(registration.state))
    refuse_when_over(registration.event, now)
    if not needs:
        registration.needs = None
    elif registration.needs:
        registration.needs.value = as_text(needs)
    else:
        registration.needs = RegistrationNeeds(value=as_text(needs))
    db.session().flush()
    if needs and registration.address_id:
        accounts.agree(address_id=registration.address_id, purpose="needs", by=by, now=now)
