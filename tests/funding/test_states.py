from itertools import pairwise

import pytest

from engage.funding.rules import states
from engage.funding.rules.reasons import Reason
from engage.funding.rules.states import State

STORY = (
    State.DRAFT, State.SUBMITTED, State.CHANGES_REQUESTED, State.SUBMITTED, State.IN_REVIEW, State.AWARDED, State.AGREED,
    State.PAID_IN_ADVANCE, State.HELD, State.REPORT_DUE, State.REPORTED, State.SETTLED,
)


@pytest.mark.parametrize("state, to", list(pairwise(STORY)))
def test_a_dinner_goes_from_an_idea_to_its_receipts(state, to):
    assert states.transition_refusal(state, to) is None


@pytest.mark.parametrize("state, to", [
    (State.DRAFT, State.AWARDED),  # nobody has read it
    (State.SUBMITTED, State.AWARDED),  # nobody has reviewed it
    (State.DECLINED, State.AWARDED),
    (State.PAID_IN_ADVANCE, State.WITHDRAWN),  # the money has to come back first
    (State.HELD, State.SETTLED),  # without a report
    (State.SETTLED, State.REPORTED),
])
def test_what_an_application_can_not_become(state, to):
    assert states.transition_refusal(state, to) == Reason.NOT_IN_THIS_STATE


def test_every_state_is_reached_and_only_three_are_the_end():
    reached = {to for following in states.TRANSITIONS.values() for to in following}
    assert reached == set(State) - {State.DRAFT}
    assert {state for state, following in states.TRANSITIONS.items() if not following} == states.OVER


def test_an_award_without_its_report_keeps_from_asking_again():
    assert {State.AWARDED, State.HELD, State.REPORT_DUE, State.LAPSED} <= states.UNREPORTED
    assert not states.UNREPORTED & {State.REPORTED, State.SETTLED, State.WITHDRAWN, State.SUBMITTED}
