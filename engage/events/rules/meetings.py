"""Decide about events: states, transitions, seats, times. Knows no database, request, clock or language."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHANGES_REQUESTED = "changes_requested"
    PUBLISHED = "published"
    CANCELLED = "cancelled"
    HELD = "held"  # past and closed
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


PUBLIC = frozenset({State.PUBLISHED, State.CANCELLED, State.HELD})  # whoever has the link may see these
PROPOSAL = frozenset({State.DRAFT, State.SUBMITTED, State.CHANGES_REQUESTED})  # not decided yet
ANSWERABLE = PROPOSAL | {State.DECLINED}  # proposer and staff may still write to each other about it
WRITABLE = frozenset({State.DRAFT, State.CHANGES_REQUESTED})  # the proposer may still change everything

TRANSITIONS: Mapping[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.SUBMITTED, State.PUBLISHED, State.WITHDRAWN}),  # published: no review needed
    State.SUBMITTED: frozenset({State.CHANGES_REQUESTED, State.PUBLISHED, State.DECLINED, State.WITHDRAWN}),
    State.CHANGES_REQUESTED: frozenset({State.SUBMITTED, State.DECLINED, State.WITHDRAWN}),
    State.PUBLISHED: frozenset({State.CANCELLED, State.HELD}),
    State.CANCELLED: frozenset(),
    State.HELD: frozenset(),
    State.DECLINED: frozenset(),
    State.WITHDRAWN: frozenset(),
}


class PersonRole(StrEnum):
    """What somebody is at one event."""

    HOST = "host"
    CO_HOST = "co_host"
    FACILITATOR = "facilitator"
    OFFICIAL = "official"
    PARTNER = "partner"


class Acceptance(StrEnum):
    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class Minors(StrEnum):
    """Whether under-18s may come."""

    NO = "no"
    WITH_ADULT = "with_adult"
    YES = "yes"


class LanguageUse(StrEnum):
    SPOKEN = "spoken"
    INTERPRETED = "interpreted"


class SeatsLabel(StrEnum):
    """What is said about places left: coarse, so that a page stays the same between two sign-ups."""

    OPEN = "open"  # no limit
    PLENTY = "plenty"
    FEW = "few"
    FULL = "full"
    PAUSED = "paused"


class Phase(StrEnum):
    """Where in its life a public event is, for who looks at its page."""

    COMING = "coming"
    UNDER_WAY = "under_way"
    OVER = "over"
    CANCELLED = "cancelled"


class Hour(StrEnum):
    """Which of the two is meant by an hour that comes twice on the night clocks go back."""

    FIRST = "first"
    SECOND = "second"


class Change(StrEnum):
    """What a new time and place came to."""

    NOTHING = "nothing"
    ADDRESS_HOUR = "address_hour"  # only the hour from which guests see a home's address
    MOVED = "moved"


class Audience(StrEnum):
    """To whom of an event's people host or staff write."""

    REGISTERED = "registered"  # who has a place
    WAITING = "waiting"  # who asks, waits, or is offered one
    EVERYBODY = "everybody"


class Reach(StrEnum):
    """For how many meetings a letter to guests is."""

    EVENT = "event"
    SERIES = "series"  # all to come of the same series


class Missing(StrEnum):
    """What a proposal still needs before it can be sent in."""

    TITLE = "title"
    DESCRIPTION = "description"
    TIME = "time"
    NEIGHBOURHOOD = "neighbourhood"
    PLACE = "place"
    LANGUAGES = "languages"
    CAPACITY = "capacity"


class Reason(StrEnum):
    """Why something can't be done with an event now."""

    NOT_IN_THIS_STATE = "not_in_this_state"
    CHANGED_MEANWHILE = "changed_meanwhile"
    NOT_COMPLETE = "not_complete"
    ON_HOLD = "on_hold"
    START_DOES_NOT_EXIST = "start_does_not_exist"
    START_COMES_TWICE = "start_comes_twice"
    END_DOES_NOT_EXIST = "end_does_not_exist"
    END_COMES_TWICE = "end_comes_twice"
    END_NOT_AFTER_START = "end_not_after_start"
    TOO_LONG = "too_long"
    IN_THE_PAST = "in_the_past"
    ALREADY_OVER = "already_over"
    ALREADY_STARTED = "already_started"
    NOT_OVER_YET = "not_over_yet"
    TOO_FEW_PLACES = "too_few_places"
    TOO_MANY_PLACES = "too_many_places"
    PLACES_NEEDED = "places_needed"
    BELOW_SEATS_TAKEN = "below_seats_taken"
    INACTIVE_PROGRAMME = "inactive_programme"
    NO_SUCH_PLACE = "no_such_place"
    ELSEWHERE = "elsewhere"
    ALREADY_ASKED = "already_asked"
    LAST_HOST = "last_host"
    ALREADY_THERE = "already_there"


LONGEST = timedelta(hours=16)
FEW_SHARE, FEWEST, MOST_FEW = 4, 2, 9  # "few" is a quarter of the places, but at least two and at most nine


@dataclass(frozen=True)
class Seats:
    """All that the public sees of an event's places: the same between two sign-ups while there is plenty."""

    label: SeatsLabel
    left: int | None = None  # only where it is few
    drawn: int = 0  # taken places in the picture: halves while there is plenty


def public_seats(capacity: int | None, taken: int, is_paused: bool) -> Seats:
    """Return what the public is told about places left."""
    if capacity is None:
        return Seats(SeatsLabel.PAUSED if is_paused else SeatsLabel.OPEN)
    left = max(capacity - taken, 0)
    drawn = taken if left <= few(capacity) else (capacity // 2 if taken * 2 >= capacity else 0)
    if is_paused:
        return Seats(SeatsLabel.PAUSED, drawn=drawn)
    if left == 0:
        return Seats(SeatsLabel.FULL, drawn=drawn)
    if left <= few(capacity):
        return Seats(SeatsLabel.FEW, left, drawn)
    return Seats(SeatsLabel.PLENTY, drawn=drawn)


def few(capacity: int) -> int:
    """Return from how many places left on the number is told."""
    return min(max(capacity // FEW_SHARE, FEWEST), MOST_FEW)


def seats_label(capacity: int | None, taken: int, is_paused: bool) -> SeatsLabel:
    """Return the one word about places left."""
    return public_seats(capacity, taken, is_paused).label


def transition_refusal(state: State, to: State) -> Reason | None:
    """Say why an event can't go from one state to another, or None if it can."""
    return None if to in TRANSITIONS[state] else Reason.NOT_IN_THIS_STATE


def start_refusal(readings: int, chosen: Hour | None) -> Reason | None:
    """Judge a start by how many instants its wall time stands for."""
    if readings == 0:
        return Reason.START_DOES_NOT_EXIST
    return Reason.START_COMES_TWICE if readings > 1 and chosen is None else None


def end_refusal(readings: int, chosen: Hour | None) -> Reason | None:
    """Judge an end by how many instants its wall time stands for."""
    if readings == 0:
        return Reason.END_DOES_NOT_EXIST
    return Reason.END_COMES_TWICE if readings > 1 and chosen is None else None


def span_refusal(starts_at: datetime, ends_at: datetime, now: datetime) -> Reason | None:
    """Say why nobody could meet from one instant to another, or None if they could."""
    if starts_at <= now:
        return Reason.IN_THE_PAST
    if ends_at <= starts_at:
        return Reason.END_NOT_AFTER_START
    return Reason.TOO_LONG if ends_at - starts_at > LONGEST else None


def capacity_refusal(capacity: int | None, least: int | None, most: int | None) -> Reason | None:
    """Judge a number of places by its programme's bounds; None is no limit."""
    if capacity is None:
        return None if most is None else Reason.PLACES_NEEDED
    if capacity < max(least or 1, 1):
        return Reason.TOO_FEW_PLACES
    return Reason.TOO_MANY_PLACES if most is not None and capacity > most else None


def write_refusal(state: State, *, is_staff: bool) -> Reason | None:
    """Say why a proposal can't be written now: while staff read it, only they may mend it."""
    return None if state in (PROPOSAL if is_staff else WRITABLE) else Reason.NOT_IN_THIS_STATE


def cancel_refusal(state: State, ends_at: datetime | None, now: datetime) -> Reason | None:
    """Say why an event can't be called off now, or None if it can."""
    if refusal := transition_refusal(state, State.CANCELLED):
        return refusal
    return Reason.ALREADY_OVER if ends_at is not None and now >= ends_at else None


def close_refusal(state: State, ends_at: datetime | None, now: datetime) -> Reason | None:
    """Say why an event can't be closed now, or None if it can."""
    if refusal := transition_refusal(state, State.HELD):
        return refusal
    return Reason.NOT_OVER_YET if ends_at is None or now < ends_at else None


def change_refusal(state: State, starts_at: datetime | None, now: datetime) -> Reason | None:
    """Say why a published event can't be changed for its guests any more, or None if it can."""
    if state != State.PUBLISHED:
        return Reason.NOT_IN_THIS_STATE
    return Reason.ALREADY_STARTED if starts_at is not None and now >= starts_at else None


def is_below_least(*, state: State, least: int | None, seats_taken: int, is_going_ahead: bool) -> bool:
    """Say whether the host has to choose between going ahead and cancelling."""
    return state == State.PUBLISHED and not is_going_ahead and least is not None and seats_taken < least


def is_address_shown(*, starts_at: datetime | None, ends_at: datetime | None, reveal_hours: int, now: datetime) -> bool:
    """Say whether it is time for guests to see a private address: from the host's hour until the end."""
    if starts_at is None or ends_at is None:
        return False
    return starts_at - timedelta(hours=reveal_hours) <= now < ends_at


def missing(given: Mapping[Missing, object], known: Collection[Missing] = tuple(Missing)) -> tuple[Missing, ...]:
    """Return what a proposal still needs, in the order it is asked for."""
    return tuple(item for item in known if not given.get(item))


def phase(state: State, starts_at: datetime, ends_at: datetime | None, now: datetime) -> Phase:
    """Say where in its life a public event is."""
    if state == State.CANCELLED:
        return Phase.CANCELLED
    if state == State.HELD or (ends_at or starts_at) <= now:
        return Phase.OVER
    return Phase.UNDER_WAY if starts_at <= now else Phase.COMING
