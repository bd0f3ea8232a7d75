from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.concerns.rules import consulting as rules
from engage.concerns.rules.consulting import ConsultationState
from engage.concerns.rules.reasons import Reason

A, B, C, D = (UUID(int=number) for number in range(1, 5))
OFFERED = (A, B, C, D)
COLLECTING, RANKING, CLOSED = ConsultationState


@pytest.mark.parametrize("chosen, refusal", [
    ((A,), None),
    ((C, A, B), None),
    ((), Reason.NO_THEME_CHOSEN),
    ((A, B, C, D), Reason.TOO_MANY_CHOSEN),
    ((A, B, A), Reason.CHOSEN_TWICE),
    ((A, UUID(int=9)), Reason.NO_SUCH_THEME),
])
def test_ranking_refusal(chosen, refusal):
    assert rules.ranking_refusal(chosen, OFFERED, 3) == refusal


@pytest.mark.parametrize("state, to, refusal", [
    (COLLECTING, RANKING, None),
    (RANKING, CLOSED, None),
    (COLLECTING, CLOSED, Reason.NOT_IN_THIS_STATE),
    (RANKING, COLLECTING, Reason.NOT_IN_THIS_STATE),
    (CLOSED, RANKING, Reason.NOT_IN_THIS_STATE),
    (RANKING, RANKING, Reason.NOT_IN_THIS_STATE),
])
def test_state_refusal(state, to, refusal):
    assert rules.state_refusal(state, to) == refusal


@pytest.mark.parametrize("state, sheets, refusal", [
    (RANKING, 1, None),
    (RANKING, 0, Reason.NO_SHEETS),
    (RANKING, rules.MOST_SHEETS + 1, Reason.TOO_MANY_SHEETS),
    (COLLECTING, 1, Reason.NOT_IN_THIS_STATE),
    (CLOSED, 1, Reason.NOT_IN_THIS_STATE),
])
def test_batch_refusal(state, sheets, refusal):
    assert rules.batch_refusal(state, sheets) == refusal


@pytest.mark.parametrize("chosen, refusal", [
    (OFFERED, None), ((D,), None), ((), Reason.NO_PRIORITY), ((A, A), Reason.CHOSEN_TWICE),
])
def test_priorities_refusal(chosen, refusal):
    assert rules.priorities_refusal(chosen, OFFERED) == refusal


def test_tally_gives_the_first_most_and_each_further_a_point_less():
    found = rules.tally([(A, B, C), (A, C), (B,)], OFFERED, 3)
    assert [(one.theme_id, one.points, one.firsts, one.rankings) for one in found] == [
        (A, 6, 2, 2), (B, 5, 1, 2), (C, 3, 0, 2), (D, 0, 0, 0),
    ]


def test_equals_stand_as_they_are_shown_unless_one_was_first_more_often():
    assert [one.theme_id for one in rules.tally([(B, A), (C, D)], OFFERED, 2)] == [B, C, A, D]
    assert [one.theme_id for one in rules.tally([(A, B), (C, B), (D, B)], (B, A, C, D), 2)][:2] == [B, A]


def test_a_theme_that_is_gone_and_places_beyond_the_last_count_for_nobody():
    found = rules.tally([(UUID(int=9), A, B)], (A, B), 2)
    assert [(one.theme_id, one.points) for one in found] == [(A, 2), (B, 0)]


@given(st.lists(st.lists(st.sampled_from(OFFERED), unique=True, max_size=3), max_size=20))
def test_no_point_is_lost_or_made_up(rankings):
    found = rules.tally(rankings, OFFERED, 3)
    assert sum(one.points for one in found) == sum(sum(range(3, 3 - len(ranking), -1)) for ranking in rankings)
    assert sum(one.firsts for one in found) == sum(bool(ranking) for ranking in rankings)


@pytest.mark.parametrize("line, numbers", [
    ("3 1 5", (3, 1, 5)), ("3,1", (3, 1)), ("٣، ١", (3, 1)), ("  2 ", (2,)), ("2 -1", None), ("two", None), ("9999 1", None),
    ("1²", None),
])
def test_sheet_numbers(line, numbers):
    assert rules.sheet_numbers(line) == numbers
