"""How a sign-up comes in: held or settled at once, answered again, mended. Parts of `signing_up`."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm.attributes import set_committed_value

from engage.accounts import actions as accounts
from engage.core import db, ledger, secrets
from engage.core.access import Actor
from engage.core.facts import Fact
from engage.core.refusal import Refused
from engage.core.text import folded
from engage.events import actions as events
from engage.events.models import Event
from engage.messages import actions as messages
from engage.messages.models import Address
from engage.messages.rules import Channel, Topic
from engage.registrations import facts, queries, rules
from engage.registrations.actions.common import change, move, pass_on, seat, start_of, tell
from engage.registrations.actions.telling import ask_hosts
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


@dataclass(frozen=True)
class Given:
    """A form as it comes in: whether its address is proven already, by whom, when."""

    form: SignUp
    is_proven: bool
    by: Actor
    now: datetime


def as_text(needs: Mapping[Need, str]) -> str:
    """Return needs as they are kept."""
    return json.dumps(dict(needs), ensure_ascii=False)


def enter(event: Event, address: Address, given: Given) -> Registration:
    """Write a new sign-up and give it what it gets."""
    form, now = given.form, given.now
    registration = Registration(
        event_id=event.id, form_key=form.form_key, code=_new_code(event.id), state=State.UNPROVEN, seats_held=0,
        party_size=form.party_size, neighbourhood_id=form.neighbourhood_id, is_first_time=form.is_first_time,
        held_until=rules.hold_end(now, event.programme.hold_minutes, start_of(event)), created_at=now,
        called=form.called, locale=form.locale, speaks=list(form.speaks), address_id=address.id, needs=_needs(form),
    )
    db.session().add(registration)
    db.session().flush()
    set_committed_value(registration, "event", event)
    set_committed_value(registration, "address", address)
    if given.is_proven:
        settle(registration, by=given.by, now=now)
    else:
        _hold(registration, by=given.by, now=now)
    return registration


def vouch(event: Event, form: SignUp, *, by: Actor, now: datetime) -> Registration:
    """Sign up somebody whose address staff vouch for. Raises Refused where it has somebody else's place already."""
    if earlier := queries.by_form_key(event.id, form.form_key):
        return earlier
    address = messages.address_for_mail(value=form.contact, channel=form.channel, now=now)
    given = Given(form, is_proven=True, by=by, now=now)
    standing = queries.standing(event.id, address.id)
    if standing is None:
        return enter(event, address, given)
    if standing.state in PROVEN and folded(standing.called) != folded(form.called):
        raise Refused(Reason.ADDRESS_TAKEN, called=standing.called)
    return again(queries.locked(standing.id), given)


def again(standing: Registration, given: Given) -> Registration:
    """Answer an address that has signed up already: by letter, as the page says the same to everybody."""
    if standing.state in LIVE - PROVEN and given.is_proven:
        settle(standing, by=given.by, now=given.now)
    elif standing.state in LIVE - PROVEN:
        _ask_for_proof(standing, given.now, given.form.form_key)
    elif not given.is_proven:
        tell(standing, "place_known", now=given.now, key=given.form.form_key)
    return standing


def mend(registration: Registration, address: Address, given: Given, *, has_place: bool) -> Registration | None:
    """Mend a mistyped address: who went back sends the same form with another one.

    The seats stay held, and the letter that went astray opens nothing any more. None where the form
    has to come in anew: the right address has a place already, or the party is another one.
    """
    if has_place or registration.state not in LIVE or registration.party_size != given.form.party_size:
        _take_away(registration, given.now)
        return None
    form = given.form
    registration.address_id, registration.revocation = address.id, registration.revocation + 1
    registration.called, registration.locale, registration.speaks = form.called, form.locale, list(form.speaks)
    registration.needs = _needs(form)
    db.session().flush()
    set_committed_value(registration, "address", address)
    if given.is_proven:
        settle(registration, by=given.by, now=given.now)
    else:
        _ask_for_proof(registration, given.now, str(registration.revocation))
    return registration


def settle(registration: Registration, *, by: Actor, now: datetime) -> None:
    """Seat a party whose address is proven, or put it in line, or before the host."""
    event, was = registration.event, registration.state
    mode = event.programme.sign_up_mode
    is_seated = was == State.HELD or (rules.holds_seats(mode) and seat(registration, event))
    seatless = rules.first_state(mode, is_proven=True, is_fitting=False, others_wait=True)
    to = State.CONFIRMED if is_seated else seatless
    keeps_turn = rules.keeps_turn(was, registration.held_until, now)
    turn = registration.turn if keeps_turn else queries.last_turn(event.id)
    move(registration, to, proven_at=registration.proven_at or now, turn=turn, ended_at=None, offered_until=None)
    fact, letter = _ENTERED[to]
    _agree(registration, by=by, now=now)
    if registration.address_id is not None:  # who asks for a place wants to hear of it, whatever they ended before
        messages.resume_topic(address_id=registration.address_id, topic=Topic.PLACES)
    ledger.record(fact(registration.id, event.id), by=by)
    tell(registration, letter, now=now, key=now.isoformat() if was == State.LAPSED else "")
    if to == State.REQUESTED:
        ask_hosts(event, now)


_ENTERED: Mapping[State, tuple[Callable[[UUID, UUID], Fact], str]] = {
    State.CONFIRMED: (facts.PlaceConfirmed, "place_confirmed"),
    State.WAITING: (facts.JoinedWaitingList, "place_waiting"),
    State.REQUESTED: (facts.PlaceRequested, "place_requested"),
}


def _hold(registration: Registration, *, by: Actor, now: datetime) -> None:
    """Keep seats until the address is proven, where there are seats to keep."""
    event = registration.event
    mode = event.programme.sign_up_mode
    is_seated = rules.holds_seats(mode) and seat(registration, event)
    state = rules.first_state(mode, is_proven=False, is_fitting=is_seated, others_wait=False)
    if state != State.UNPROVEN:
        change(registration, state=state, seats_held=registration.party_size)
    ledger.record(facts.SignedUp(registration.id, event.id), by=by)
    _ask_for_proof(registration, now)


def _ask_for_proof(registration: Registration, now: datetime, key: str = "") -> None:
    until = max(registration.held_until or now, registration.created_at + rules.UNPROVEN_KEPT)
    tell(registration, "place_asked", now=now, key=key, expires_at=until)


def _take_away(registration: Registration, now: datetime) -> None:
    event = registration.event
    events.release_seats(event=event, seats=registration.seats_held)
    db.session().delete(registration)
    db.session().flush()
    pass_on(event, now)


def _agree(registration: Registration, *, by: Actor, now: datetime) -> None:
    """Keep what was agreed to, once it is known that the address' holder did."""
    if registration.address_id is None:
        return
    for purpose in ("conduct", "needs") if registration.needs else ("conduct",):
        accounts.agree(address_id=registration.address_id, purpose=purpose, by=by, now=now)


def _needs(form: SignUp) -> RegistrationNeeds | None:
    return RegistrationNeeds(value=as_text(form.needs)) if form.needs else None


def _new_code(event_id: UUID) -> str:
    while queries.has_code(event_id, code := secrets.new_code()):
        pass
    return code
