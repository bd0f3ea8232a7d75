"""Signing up: one registration for one form, however often it is sent; proven by letter or at once."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm.attributes import set_committed_value

from engage.accounts import actions as accounts
from engage.core import db, ledger, secrets
from engage.core.access import Actor
from engage.core.refusal import NotFound, require
from engage.events import actions as events
from engage.events import queries as event_queries
from engage.events.models import Event
from engage.events.rules import PUBLIC
from engage.messages import actions as messages
from engage.messages.models import Address
from engage.messages.rules import Channel
from engage.registrations import facts, policy, queries, rules
from engage.registrations.actions.common import change, move, pass_on, refuse, refuse_when_over, seat, start_of, tell
from engage.registrations.models import Registration, RegistrationNeeds
from engage.registrations.rules import LIVE, PROVEN, Need, Reason, State


@dataclass(frozen=True)
class SignUp:
    """What a sign-up form says. `needs` maps a need to words, which only Need.OTHER has."""

    form_key: str
    called: str
    contact: str
    locale: str
    party_size: int = 1
    channel: Channel = Channel.EMAIL
    speaks: tuple[str, ...] = ()
    needs: Mapping[Need, str] = field(default_factory=dict)
    neighbourhood_id: UUID | None = None
    is_first_time: bool | None = None


def sign_up(*, event_id: UUID, form: SignUp, by: Actor, now: datetime) -> Registration:
    """Ask for places; confirmed by letter unless the actor has proven that address.

    The same form again, and an address that has a place already, get the registration there is.
    Raises NotFound, Refused.
    """
    event = event_queries.locked(event_id)
    if event.state not in PUBLIC:
        raise NotFound
    earlier = queries.by_form_key(event.id, form.form_key)
    if earlier and (earlier.proven_at or queries.is_for(earlier, form.contact)):
        return earlier
    _refuse(event, form, now)
    address = messages.address_for_mail(value=form.contact, channel=Channel.EMAIL, now=now)
    is_proven = address.id in by.addresses
    standing = queries.standing(event.id, address.id)
    if earlier and not standing and earlier.state in LIVE:
        return _readdress(queries.locked(earlier.id), address, form, is_proven=is_proven, by=by, now=now)
    if earlier:
        _take_away(queries.locked(earlier.id), now)
    if standing:
        return _again(queries.locked(standing.id), event, form, is_proven=is_proven, by=by, now=now)
    return _enter(event, address, form, is_proven=is_proven, by=by, now=now)


def register_by_staff(*, event_id: UUID, form: SignUp, by: Actor, now: datetime) -> Registration:
    """Sign somebody up at the counter or on the phone; staff vouch for the address.

    Raises NotFound, NotAllowed, Refused.
    """
    event = event_queries.locked(event_id)
    require(policy.may_register(by, event))
    if earlier := queries.by_form_key(event.id, form.form_key):
        return earlier
    _refuse(event, form, now)
    address = messages.address_for_mail(value=form.contact, channel=form.channel, now=now)
    if standing := queries.standing(event.id, address.id):
        return _again(queries.locked(standing.id), event, form, is_proven=True, by=by, now=now)
    return _enter(event, address, form, is_proven=True, by=by, now=now)


def prove(*, registration_id: UUID, by: Actor, now: datetime) -> Registration:
    """Confirm a sign-up by the button behind its letter's link; coming back after a lapse is the same.

    Pressing it twice changes nothing. Raises NotFound, NotAllowed, Refused.
    """
    registration = queries.locked(registration_id)
    require(policy.may_prove(by, registration))
    if registration.state == State.LAPSED and registration.address_id is not None:
        standing = queries.standing(registration.event_id, registration.address_id)
        registration = queries.locked(standing.id) if standing else registration  # they signed up anew meanwhile
    if registration.state in PROVEN:
        return registration
    refuse(rules.proof_refusal(registration.state))
    refuse_when_over(registration.event, now)
    if registration.state == State.LAPSED and registration.event.is_sign_up_paused:
        refuse(Reason.SIGN_UP_PAUSED)
    _settle(registration, registration.event, by=by, now=now)
    return registration


def _refuse(event: Event, form: SignUp, now: datetime) -> None:
    """Judge a form by its event alone: what an address has already must not show in the answer."""
    refuse(rules.sign_up_refusal(event.state, event.is_sign_up_paused, start_of(event), now))
    limit = rules.party_limit(event.programme.party_limit, event.capacity)
    refuse(Reason.PARTY_TOO_LARGE if not 1 <= form.party_size <= limit else None, limit=limit)


def _readdress(
    registration: Registration, address: Address, form: SignUp, *, is_proven: bool, by: Actor, now: datetime
) -> Registration:
    """Mend a mistyped address: who went back sends the same form with another one. The seats stay
    held, and the letter that went astray opens nothing any more."""
    registration.address_id = address.id
    registration.revocation += 1
    registration.called = form.called
    db.session().flush()
    set_committed_value(registration, "address", address)
    if is_proven:
        _settle(registration, registration.event, by=by, now=now)
    else:
        _ask_for_proof(registration, now, str(registration.revocation))
    return registration


def _take_away(registration: Registration, now: datetime) -> None:
    """Delete what a mistyped address got, where the right one has a place already."""
    event = registration.event
    events.release_seats(event=event, seats=registration.seats_held)
    db.session().delete(registration)
    db.session().flush()
    pass_on(event, now)


def _again(standing: Registration, event: Event, form: SignUp, *, is_proven: bool, by: Actor, now: datetime) -> Registration:
    """Answer an address that has signed up already: by letter, as the page says the same to everybody."""
    if standing.state in LIVE - PROVEN and is_proven:
        _settle(standing, event, by=by, now=now)
    elif standing.state in LIVE - PROVEN:
        _ask_for_proof(standing, now, form.form_key)
    elif not is_proven:
        tell(standing, "place_known", now=now, key=form.form_key)
    return standing


def _enter(event: Event, address: Address, form: SignUp, *, is_proven: bool, by: Actor, now: datetime) -> Registration:
    registration = Registration(
        event_id=event.id, address_id=address.id, form_key=form.form_key, code=_new_code(event.id), state=State.UNPROVEN,
        called=form.called, party_size=form.party_size, seats_held=0, locale=form.locale, speaks=list(form.speaks),
        neighbourhood_id=form.neighbourhood_id, is_first_time=form.is_first_time, created_at=now,
        held_until=rules.hold_end(now, event.programme.hold_minutes, start_of(event)),
    )
    registration.needs = RegistrationNeeds(value=as_text(form.needs)) if form.needs else None
    db.session().add(registration)
    db.session().flush()
    set_committed_value(registration, "event", event)
    set_committed_value(registration, "address", address)
    if is_proven:
        _settle(registration, event, by=by, now=now)
    else:
        _hold(registration, event, by=by, now=now)
    return registration


def _hold(registration: Registration, event: Event, *, by: Actor, now: datetime) -> None:
    """Keep seats until the address is proven, where there are seats to keep."""
    mode = event.programme.sign_up_mode
    is_seated = rules.holds_seats(mode) and seat(registration, event)
    state = rules.first_state(mode, is_proven=False, is_fitting=is_seated, others_wait=False)
    if state != State.UNPROVEN:
        change(registration, state=state, seats_held=registration.party_size)
    ledger.record(facts.SignedUp(registration.id, event.id), by=by)
    _ask_for_proof(registration, now)


def _settle(registration: Registration, event: Event, *, by: Actor, now: datetime) -> None:
    """Seat a party whose address is proven, or put it in line, or before the host."""
    mode = event.programme.sign_up_mode
    is_seated = registration.state == State.HELD or (rules.holds_seats(mode) and seat(registration, event))
    seatless = rules.first_state(mode, is_proven=True, is_fitting=False, others_wait=True)
    to = State.CONFIRMED if is_seated else seatless
    is_back = registration.state == State.LAPSED
    keeps_turn = rules.keeps_turn(registration.state, registration.held_until, now)
    turn = registration.turn if keeps_turn else queries.last_turn(event.id)
    move(registration, to, proven_at=registration.proven_at or now, turn=turn, ended_at=None, offered_until=None)
    fact, letter = _ENTERED[to]
    _agree(registration, by=by, now=now)
    ledger.record(fact(registration.id, event.id), by=by)
    tell(registration, letter, now=now, key=now.isoformat() if is_back else "")


_ENTERED: Mapping[State, tuple[Callable[[UUID, UUID], ledger.Fact], str]] = {
    State.CONFIRMED: (facts.PlaceConfirmed, "place_confirmed"),
    State.WAITING: (facts.JoinedWaitingList, "place_waiting"),
    State.REQUESTED: (facts.PlaceRequested, "place_requested"),
}


def _ask_for_proof(registration: Registration, now: datetime, key: str = "") -> None:
    until = max(registration.held_until or now, registration.created_at + rules.UNPROVEN_KEPT)
    tell(registration, "place_asked", now=now, key=key, expires_at=until)


def _agree(registration: Registration, *, by: Actor, now: datetime) -> None:
    """Keep what was agreed to, once it is known that the address' holder did."""
    if registration.address_id is None:
        return
    for purpose in ("conduct", "needs") if registration.needs else ("conduct",):
        accounts.agree(address_id=registration.address_id, purpose=purpose, by=by, now=now)


def _new_code(event_id: UUID) -> str:
    while queries.has_code(event_id, code := secrets.new_code()):
        pass
    return code


def as_text(needs: Mapping[Need, str]) -> str:
    """Return needs as they are kept."""
    return json.dumps(dict(needs), ensure_ascii=False)
