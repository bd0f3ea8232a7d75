"""Decide about seats, the waiting list and places. Knows no database, request, clock or language.

Fairness, decided once here: who signs up anew never passes those who wait, even where a small
free seat is left. When seats become free, the list is walked in order, and a party that is larger
than what is left is passed this time and keeps its place: it is seated together or not at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from engage.events.rules import Audience
from engage.events.rules import State as EventState
from engage.programmes.rules import SignUpMode


class State(StrEnum):
    UNPROVEN = "unproven"  # asked for where no seat could be held; counts once the address is proven
    HELD = "held"  # a seat kept until the address is proven
    REQUESTED = "requested"  # the host decides; no seat yet
    CONFIRMED = "confirmed"
    WAITING = "waiting"
    OFFERED = "offered"  # a freed seat kept until the offer lapses
    CANCELLED = "cancelled"
    DECLINED = "declined"
    REMOVED = "removed"
    LAPSED = "lapsed"


TAKES_SEATS = frozenset({State.HELD, State.CONFIRMED, State.OFFERED})
PROVEN = frozenset({State.REQUESTED, State.CONFIRMED, State.WAITING, State.OFFERED})
LIVE = PROVEN | {State.UNPROVEN, State.HELD}
AUDIENCES: Mapping[Audience, frozenset[State]] = {
    Audience.REGISTERED: frozenset({State.CONFIRMED}),
    Audience.WAITING: PROVEN - {State.CONFIRMED},
    Audience.EVERYBODY: PROVEN,
}
ANSWERED = frozenset({State.DECLINED, State.REMOVED})  # the host said no: signing up again doesn't change that

MOVES: Mapping[State, frozenset[State]] = {
    State.UNPROVEN: frozenset({State.REQUESTED, State.CONFIRMED, State.WAITING, State.CANCELLED, State.REMOVED}),
    State.HELD: frozenset({State.CONFIRMED, State.CANCELLED, State.REMOVED, State.LAPSED}),
    State.REQUESTED: frozenset({State.CONFIRMED, State.DECLINED, State.CANCELLED, State.REMOVED}),
    State.CONFIRMED: frozenset({State.CANCELLED, State.REMOVED}),
    State.WAITING: frozenset({State.OFFERED, State.CANCELLED, State.REMOVED}),
    State.OFFERED: frozenset({State.CONFIRMED, State.CANCELLED, State.REMOVED, State.LAPSED}),
    State.LAPSED: frozenset({State.REQUESTED, State.CONFIRMED, State.WAITING}),
    State.CANCELLED: frozenset(),
    State.DECLINED: frozenset(),
    State.REMOVED: frozenset(),
}

UNPROVEN_KEPT = timedelta(days=1)
NEEDS_KEPT = timedelta(days=7)
NAMES_KEPT = timedelta(days=183)


class Need(StrEnum):
    """What somebody needs, asked as a need. Diet is asked as dishes."""

    STEP_FREE = "step_free"
    HEARING_LOOP = "hearing_loop"
    SIGN_LANGUAGE = "sign_language"
    INTERPRETATION = "interpretation"
    CHILDCARE = "childcare"
    TRANSPORT = "transport"
    NO_PORK = "no_pork"
    NO_ALCOHOL = "no_alcohol"
    NO_BEEF = "no_beef"
    VEGETARIAN = "vegetarian"
    VEGAN = "vegan"
    HALAL = "halal"
    KOSHER = "kosher"
    NO_NUTS = "no_nuts"
    NO_GLUTEN = "no_gluten"
    NO_MILK = "no_milk"
    OTHER = "other"  # in words


ACCESS_NEEDS = (Need.STEP_FREE, Need.HEARING_LOOP, Need.SIGN_LANGUAGE, Need.INTERPRETATION, Need.CHILDCARE, Need.TRANSPORT)
DISHES = (
    Need.VEGETARIAN, Need.VEGAN, Need.HALAL, Need.KOSHER, Need.NO_PORK, Need.NO_BEEF, Need.NO_ALCOHOL,
    Need.NO_NUTS, Need.NO_GLUTEN, Need.NO_MILK,
)


class Reason(StrEnum):
    NOT_LIVE = "not_live"
    NOT_PROVEN = "not_proven"
    EVENT_STARTED = "event_started"
    EVENT_CANCELLED = "event_cancelled"
    SIGN_UP_PAUSED = "sign_up_paused"
    PARTY_TOO_LARGE = "party_too_large"
    FULL = "full"
    OTHERS_WAIT = "others_wait"
    HOST_DECIDES = "host_decides"
    OFFER_LAPSED = "offer_lapsed"
    NOT_OFFERED = "not_offered"
    NOT_REQUESTED = "not_requested"
    INVITATION_OVER = "invitation_over"
    INVITED_ALREADY = "invited_already"
    ENDS_IN_THE_PAST = "ends_in_the_past"
    BY_INVITATION = "by_invitation"
    ADDRESS_TAKEN = "address_taken"


class InvitationState(StrEnum):
    OPEN = "open"
    USED = "used"
    ENDED = "ended"  # taken back, or its day is over


def invitation_state(*, is_used: bool, is_revoked: bool, ends_at: datetime, now: datetime) -> InvitationState:
    """Say where an invitation to a closed meeting stands."""
    if is_used:
        return InvitationState.USED
    return InvitationState.ENDED if is_revoked or now >= ends_at else InvitationState.OPEN


def invitation_end(day_is_over: datetime, starts_at: datetime) -> datetime:
    """Return until when an invitation can be used: its last day, and never past the start."""
    return min(day_is_over, starts_at)


def may_move(state: State, to: State) -> bool:
    """Say whether a registration can go from one state to another."""
    return to in MOVES[state]


def fits(capacity: int | None, taken: int, party: int) -> bool:
    """Say whether a whole party finds seats."""
    return capacity is None or taken + party <= capacity


def first_state(mode: SignUpMode, *, is_proven: bool, is_fitting: bool, others_wait: bool) -> State:
    """Say what a new sign-up becomes; and, with `is_proven`, what one becomes once it is proven."""
    if mode == SignUpMode.HOST_APPROVES:
        return State.REQUESTED if is_proven else State.UNPROVEN
    if is_fitting and not others_wait:
        return State.CONFIRMED if is_proven else State.HELD
    return State.WAITING if is_proven else State.UNPROVEN


def holds_seats(mode: SignUpMode) -> bool:
    """Say whether a sign-up takes seats by itself. Where the host approves, none does."""
    return mode == SignUpMode.OPEN


def hold_end(now: datetime, minutes: int, starts_at: datetime) -> datetime:
    """Return until when a seat is held, or an offer kept: never past the start."""
    return min(now + timedelta(minutes=minutes), starts_at)


def keeps_turn(state: State, held_until: datetime | None, now: datetime) -> bool:
    """Say whether somebody who proves their address keeps the order of sign-up.

    Who answers the letter in time does. Who answers after that, or comes back after a lapse, would
    overtake people who were told their place, and stands behind them.
    """
    return state != State.LAPSED and held_until is not None and now <= held_until


def event_refusal(event_state: EventState, starts_at: datetime, now: datetime) -> Reason | None:
    """Say why nothing about places at an event changes any more, or None if it can."""
    if event_state == EventState.CANCELLED:
        return Reason.EVENT_CANCELLED
    if event_state != EventState.PUBLISHED or now >= starts_at:
        return Reason.EVENT_STARTED
    return None


def sign_up_refusal(event_state: EventState, is_paused: bool, starts_at: datetime, now: datetime) -> Reason | None:
    """Say why nobody can sign up now, or None if they can."""
    if reason := event_refusal(event_state, starts_at, now):
        return reason
    return Reason.SIGN_UP_PAUSED if is_paused else None


def list_refusal(
    event_state: EventState, *, is_paused: bool, is_closed: bool, starts_at: datetime, now: datetime
) -> Reason | None:
    """Say why a partner's list can't be taken in now: its letters lead to a page that a closed meeting doesn't have."""
    return sign_up_refusal(event_state, is_paused, starts_at, now) or (Reason.BY_INVITATION if is_closed else None)


def proof_refusal(state: State) -> Reason | None:
    """Say why a letter's button can't confirm a registration; None also where it did already."""
    return None if state in LIVE or state == State.LAPSED else Reason.NOT_LIVE


def request_refusal(state: State) -> Reason | None:
    """Say why the host can't answer a request, or None if there is one."""
    return None if state == State.REQUESTED else Reason.NOT_REQUESTED


def offer_refusal(state: State, offered_until: datetime | None, now: datetime) -> Reason | None:
    """Say why an offer can't be taken, or None if it can."""
    if state == State.LAPSED:
        return Reason.OFFER_LAPSED
    if state != State.OFFERED or offered_until is None:
        return Reason.NOT_OFFERED
    return Reason.OFFER_LAPSED if now >= offered_until else None


def cancel_refusal(state: State, starts_at: datetime, now: datetime) -> Reason | None:
    """Say why a registration can't be cancelled now, or None if it can."""
    if state not in LIVE:
        return Reason.NOT_LIVE
    if now >= starts_at:
        return Reason.EVENT_STARTED
    return None


def change_refusal(state: State) -> Reason | None:
    """Say why party and needs can't be changed in a state, or None if they can."""
    if state not in LIVE:
        return Reason.NOT_LIVE
    return None if state in PROVEN else Reason.NOT_PROVEN


def growth_refusal(state: State, mode: SignUpMode, *, is_fitting: bool, others_wait: bool) -> Reason | None:
    """Say why a proven party can't grow, or None if it can. Growing needs seats nobody waits for."""
    if state in (State.WAITING, State.REQUESTED):
        return None  # no seat is held yet
    if mode == SignUpMode.HOST_APPROVES:
        return Reason.HOST_DECIDES
    if others_wait:
        return Reason.OTHERS_WAIT
    return None if is_fitting else Reason.FULL


def party_limit(limit: int, capacity: int | None) -> int:
    """Return the largest party an event takes: the programme's, and never more than all seats."""
    return limit if capacity is None else max(1, min(limit, capacity))


def is_lapsed(state: State, held_until: datetime | None, offered_until: datetime | None, now: datetime) -> bool:
    """Say whether a hold or an offer has run out."""
    if state == State.HELD:
        return held_until is not None and now >= held_until
    return state == State.OFFERED and offered_until is not None and now >= offered_until


def may_offer_seats(mode: SignUpMode, event_state: EventState, is_paused: bool, starts_at: datetime, now: datetime) -> bool:
    """Say whether freed seats go to those who wait by themselves. Where the host approves, never."""
    return mode == SignUpMode.OPEN and sign_up_refusal(event_state, is_paused, starts_at, now) is None


@dataclass(frozen=True)
class Party:
    """A party that waits, as the walk along the list sees it."""

    id: UUID
    size: int


def next_offers(free: int | None, waiting: Sequence[Party]) -> list[UUID]:
    """Return who is offered seats, walking the list in order; `free` None means no limit."""
    offered: list[UUID] = []
    for party in waiting:
        if free is None or party.size <= free:
            offered.append(party.id)
            free = None if free is None else free - party.size
    return offered
