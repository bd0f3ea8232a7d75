"""Decide about check-in and closing. Knows no database, request, clock or language."""

import unicodedata
from datetime import datetime, timedelta
from enum import StrEnum

from engage.core import text
from engage.core.refusal import Refused
from engage.events.rules import State as EventState
from engage.registrations.rules import State

OPENS_BEFORE = timedelta(hours=2)  # the door is open this long before the start
CLOSES_AFTER = timedelta(hours=12)  # the clock closes what nobody closed
FORGETS_AFTER = timedelta(days=182)  # "six months after the event"
MOST_WALK_INS = 500  # at once: more is a slip of the finger
LEAST_OF_CODE = 2  # a single letter is the beginning of a name


class Reason(StrEnum):
    TOO_EARLY = "too_early"
    CLOSED = "closed"
    NOT_TAKING_PLACE = "not_taking_place"
    NO_PLACE = "no_place"
    WRONG_COUNT = "wrong_count"


def door_refusal(
    state: EventState, starts_at: datetime, now: datetime, opens_before: timedelta = OPENS_BEFORE
) -> Reason | None:
    """Say why nobody can be checked in now, or None if the door is open: from a while before the
    start until the event is closed."""
    if state == EventState.HELD:
        return Reason.CLOSED
    if state != EventState.PUBLISHED:
        return Reason.NOT_TAKING_PLACE
    return Reason.TOO_EARLY if now < starts_at - opens_before else None


def shut(state: EventState, starts_at: datetime, zone: str, now: datetime) -> Refused | None:
    """Return why the door is shut now, with the hour it opens, or None while it is open."""
    reason = door_refusal(state, starts_at, now)
    if reason is Reason.TOO_EARLY:
        return Refused(reason, opens_at=starts_at - OPENS_BEFORE, zone=zone)
    return Refused(reason) if reason else None


def party_refusal(state: State, party_size: int, came: int) -> Reason | None:
    """Say why so many of a party can't be checked in, or None if they can."""
    if state != State.CONFIRMED:
        return Reason.NO_PLACE
    return None if 1 <= came <= party_size else Reason.WRONG_COUNT


def code_of(typed: str) -> str:
    """Return a guest's code as it is kept: capitals, without what people put between."""
    letters = unicodedata.normalize("NFKC", typed).upper()
    return "".join(letter for letter in letters if not letter.isspace() and letter not in "-–—.")


def found_by(search: str, called: str, code: str) -> bool:
    """Say whether a guest is meant by what was typed: part of the name, or the code's beginning."""
    wanted, start = text.folded(search), code_of(search)
    if not search.strip():
        return True
    return (bool(wanted) and wanted in text.folded(called)) or (len(start) >= LEAST_OF_CODE and code.startswith(start))
