"""What is decided about agendas, minutes and action items, without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.concerns.rules import meeting
from engage.concerns.rules.meeting import ActionState, Move
from engage.concerns.rules.reasons import Reason
from engage.concerns.rules.steps import Step
from tests.conftest import NOW

HOUR, TODAY = timedelta(hours=1), date(2026, 12, 1)
OPEN, DONE, DROPPED = ActionState.OPEN, ActionState.DONE, ActionState.DROPPED


@pytest.mark.parametrize(("item", "move", "order"), [
    ("b", Move.UP, "bac"), ("b", Move.DOWN, "acb"), ("a", Move.UP, "abc"), ("c", Move.DOWN, "abc"),
    ("a", Move.DOWN, "bac"), ("c", Move.UP, "acb"),
])
def test_an_item_changes_places_with_its_neighbour(item, move, order):
    assert "".join(meeting.rearranged("abc", item, move)) == order


ORDERS = st.lists(st.integers(), min_size=1, max_size=12, unique=True).flatmap(
    lambda order: st.tuples(st.just(order), st.sampled_from(order), st.sampled_from(Move))
)


@given(ORDERS)
def test_moving_loses_and_doubles_nothing_and_leaves_the_others_in_order(moved):
    order, item, move = moved
    after = meeting.rearranged(order, item, move)
    assert sorted(after) == sorted(order)
    assert abs(after.index(item) - order.index(item)) <= 1
    assert [each for each in after if each != item] == [each for each in order if each != item]


@given(ORDERS)
def test_up_and_down_again_is_where_it_was(moved):
    order, item, move = moved
    after = meeting.rearranged(order, item, move)
    back = Move.DOWN if move == Move.UP else Move.UP
    assert after == order or meeting.rearranged(after, item, back) == order


@pytest.mark.parametrize(("planned", "lasts", "over"), [
    (90, 90, 0), (91, 90, 1), (0, 90, 0), (200, 90, 110),
])
def test_an_overfull_agenda(planned, lasts, over):
    assert meeting.minutes_over(planned, NOW, NOW + timedelta(minutes=lasts)) == over


def test_nobody_knows_how_long_a_draft_lasts():
    assert meeting.minutes_over(500, None, None) == 0


@pytest.mark.parametrize(("items", "ends_at", "refusal"), [
    (1, NOW + HOUR, None), (0, NOW + HOUR, Reason.AGENDA_IS_EMPTY), (1, NOW, Reason.MEETING_IS_OVER), (1, None, None),
])
def test_publication_refusal(items, ends_at, refusal):
    assert meeting.publication_refusal(items, ends_at, NOW) == refusal


@pytest.mark.parametrize(("starts_at", "refusal"), [
    (NOW, None), (NOW - HOUR, None), (NOW + HOUR, Reason.MEETING_NOT_BEGUN), (None, Reason.MEETING_NOT_BEGUN),
])
def test_minutes_refusal(starts_at, refusal):
    assert meeting.minutes_refusal(starts_at, NOW) == refusal


@pytest.mark.parametrize(("days", "refusal"), [
    (0, None), (-1, Reason.DUE_IN_THE_PAST), (5 * 365, None), (5 * 365 + 1, Reason.DUE_TOO_LATE),
])
def test_due_refusal(days, refusal):
    assert meeting.due_refusal(TODAY + timedelta(days=days), TODAY) == refusal


@pytest.mark.parametrize(("state", "days_ago", "late", "is_shown"), [
    (OPEN, 0, 0, False), (OPEN, 1, 1, False), (OPEN, 14, 14, False), (OPEN, 15, 15, True), (OPEN, -3, 0, False),
    (DONE, 15, 0, False), (DROPPED, 15, 0, False),
])
def test_what_is_late_and_who_sees_it(state, days_ago, late, is_shown):
    due_on = TODAY - timedelta(days=days_ago)
    assert meeting.days_overdue(state, due_on, TODAY) == late
    assert meeting.is_shown_overdue(state, due_on, TODAY, 14) == is_shown


@pytest.mark.parametrize(("states", "step"), [
    ([], Step.ANSWERED), ([OPEN], Step.IN_ACTION), ([DONE, OPEN], Step.IN_ACTION), ([DONE], Step.DONE),
    ([DONE, DROPPED], Step.DONE), ([DROPPED], Step.ANSWERED),
])
def test_where_a_concern_is_by_what_came_of_it(states, step):
    assert meeting.step_by(states) == step
