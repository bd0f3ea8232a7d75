from datetime import timedelta

import pytest

from engage.core.refusal import Refused, say
from engage.events import rules
from engage.events.rules import Hour, Missing, Reason, State
from engage.events.wording import WORDING
from tests.conftest import NOW

HOUR = timedelta(hours=1)

ALLOWED = {
    (State.DRAFT, State.SUBMITTED), (State.DRAFT, State.PUBLISHED), (State.DRAFT, State.WITHDRAWN),
    (State.SUBMITTED, State.CHANGES_REQUESTED), (State.SUBMITTED, State.PUBLISHED), (State.SUBMITTED, State.DECLINED),
    (State.SUBMITTED, State.WITHDRAWN),
    (State.CHANGES_REQUESTED, State.SUBMITTED), (State.CHANGES_REQUESTED, State.DECLINED),
    (State.CHANGES_REQUESTED, State.WITHDRAWN),
    (State.PUBLISHED, State.CANCELLED), (State.PUBLISHED, State.HELD),
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("to", State)
def test_transitions(state, to):
    assert rules.transition_refusal(state, to) == (None if (state, to) in ALLOWED else Reason.NOT_IN_THIS_STATE)


@pytest.mark.parametrize("readings, chosen, start, end", [
    (0, None, Reason.START_DOES_NOT_EXIST, Reason.END_DOES_NOT_EXIST),
    (0, Hour.FIRST, Reason.START_DOES_NOT_EXIST, Reason.END_DOES_NOT_EXIST),
    (1, None, None, None),
    (1, Hour.SECOND, None, None),
    (2, None, Reason.START_COMES_TWICE, Reason.END_COMES_TWICE),
    (2, Hour.FIRST, None, None),
    (2, Hour.SECOND, None, None),
])
def test_an_hour_may_be_missing_or_doubled(readings, chosen, start, end):
    assert rules.start_refusal(readings, chosen) == start
    assert rules.end_refusal(readings, chosen) == end


@pytest.mark.parametrize("starts, ends, refusal", [
    (NOW + HOUR, NOW + 3 * HOUR, None),
    (NOW + HOUR, NOW + 17 * HOUR, None),
    (NOW + HOUR, NOW + 18 * HOUR, Reason.TOO_LONG),
    (NOW, NOW + HOUR, Reason.IN_THE_PAST),
    (NOW - HOUR, NOW + HOUR, Reason.IN_THE_PAST),
    (NOW + 2 * HOUR, NOW + 2 * HOUR, Reason.END_NOT_AFTER_START),
    (NOW + 2 * HOUR, NOW + HOUR, Reason.END_NOT_AFTER_START),
])
def test_span(starts, ends, refusal):
    assert rules.span_refusal(starts, ends, NOW) == refusal


@pytest.mark.parametrize("capacity, least, most, refusal", [
    (None, None, None, None), (None, 10, 12, Reason.PLACES_NEEDED), (1, None, None, None), (10, 10, 12, None),
    (12, 10, 12, None),
    (9, 10, 12, Reason.TOO_FEW_PLACES), (13, 10, 12, Reason.TOO_MANY_PLACES), (0, None, None, Reason.TOO_FEW_PLACES),
    (5000, 10, None, None),
])
def test_capacity(capacity, least, most, refusal):
    assert rules.capacity_refusal(capacity, least, most) == refusal


@pytest.mark.parametrize("state, is_staff, refusal", [
    (State.DRAFT, False, None), (State.CHANGES_REQUESTED, False, None), (State.SUBMITTED, False, Reason.NOT_IN_THIS_STATE),
    (State.SUBMITTED, True, None), (State.PUBLISHED, True, Reason.NOT_IN_THIS_STATE),
    (State.DECLINED, True, Reason.NOT_IN_THIS_STATE),
])
def test_writing_a_proposal(state, is_staff, refusal):
    assert rules.write_refusal(state, is_staff=is_staff) == refusal


@pytest.mark.parametrize("state, ends, refusal", [
    (State.PUBLISHED, NOW + HOUR, None), (State.PUBLISHED, NOW, Reason.ALREADY_OVER),
    (State.DRAFT, NOW + HOUR, Reason.NOT_IN_THIS_STATE),
    (State.CANCELLED, NOW + HOUR, Reason.NOT_IN_THIS_STATE),
])
def test_cancelling(state, ends, refusal):
    assert rules.cancel_refusal(state, ends, NOW) == refusal


@pytest.mark.parametrize("state, ends, refusal", [
    (State.PUBLISHED, NOW, None), (State.PUBLISHED, NOW + HOUR, Reason.NOT_OVER_YET),
    (State.PUBLISHED, None, Reason.NOT_OVER_YET),
    (State.CANCELLED, NOW, Reason.NOT_IN_THIS_STATE), (State.HELD, NOW, Reason.NOT_IN_THIS_STATE),
])
def test_closing(state, ends, refusal):
    assert rules.close_refusal(state, ends, NOW) == refusal


@pytest.mark.parametrize("state, least, taken, going, expected", [
    (State.PUBLISHED, 10, 9, False, True), (State.PUBLISHED, 10, 10, False, False), (State.PUBLISHED, None, 0, False, False),
    (State.PUBLISHED, 10, 0, True, False), (State.CANCELLED, 10, 0, False, False),
])
def test_below_the_least_number(state, least, taken, going, expected):
    assert rules.is_below_least(state=state, least=least, seats_taken=taken, is_going_ahead=going) is expected


@pytest.mark.parametrize("offset, expected", [
    (-25 * HOUR, False), (-24 * HOUR, True), (timedelta(0), True), (2 * HOUR - timedelta(seconds=1), True), (2 * HOUR, False),
])
def test_the_address_is_shown_from_the_hosts_hour_until_the_end(offset, expected):
    start = NOW + timedelta(days=5)
    shown = rules.is_address_shown(starts_at=start, ends_at=start + 2 * HOUR, reveal_hours=24, now=start + offset)
    assert shown is expected


def test_missing_is_said_in_the_order_it_is_asked():
    assert rules.missing({Missing.TITLE: "x", Missing.TIME: None, Missing.PLACE: True}) == (
        Missing.DESCRIPTION, Missing.TIME, Missing.NEIGHBOURHOOD, Missing.LANGUAGES, Missing.CAPACITY,
    )


DETAILS = {
    Reason.NOT_IN_THIS_STATE: {"state": State.CANCELLED}, Reason.NOT_COMPLETE: {"missing": (Missing.TITLE, Missing.TIME)},
    Reason.ON_HOLD: {"holds": ("funding",)}, Reason.TOO_LONG: {"hours": 20}, Reason.TOO_FEW_PLACES: {"least": 10, "most": 12},
    Reason.TOO_MANY_PLACES: {"least": 10, "most": 12}, Reason.BELOW_SEATS_TAKEN: {"taken": 4},
}


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_words(app, reason):
    assert reason in WORDING
    assert len(say(Refused(reason, **DETAILS.get(reason, {})))) > 10


@pytest.mark.parametrize("state", State)
def test_every_state_has_words(app, state):
    assert say(Refused(Reason.NOT_IN_THIS_STATE, state=state))
