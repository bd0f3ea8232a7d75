from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from uuid import uuid4

import pytest

from engage.funding.rules import applying, deciding, paying, preparing, reporting, rounds
from engage.funding.rules.applying import Standing
from engage.funding.rules.paying import Direction
from engage.funding.rules.preparing import Condition, Conditions
from engage.funding.rules.reasons import Reason
from engage.funding.rules.rounds import PayMode, Phase, RoundState
from tests.conftest import NOW

DAY = timedelta(days=1)
DALLOW, SAINTS, DINNERS, TALKS = uuid4(), uuid4(), uuid4(), uuid4()
FINE = Standing(
    phase=Phase.OPEN, asked=15_000, cap=15_000, lines=(10_000, 5_000), neighbourhood_id=DALLOW, areas=frozenset({DALLOW}),
    programme_id=DINNERS, programmes=frozenset({DINNERS}), is_event_proposal=True, is_date_past=False, has_unreported=False,
    has_twin=False,
)


@pytest.mark.parametrize("state, opens, closes, phase", [
    (RoundState.PUBLISHED, NOW + DAY, NOW + 2 * DAY, Phase.COMING),
    (RoundState.PUBLISHED, NOW, NOW + DAY, Phase.OPEN),
    (RoundState.PUBLISHED, NOW - DAY, NOW, Phase.DECIDING),
    (RoundState.ENDED, NOW - DAY, NOW + DAY, Phase.ENDED),
])
def test_where_in_its_life_a_round_is(state, opens, closes, phase):
    assert rounds.phase(state, opens, closes, NOW) == phase


@pytest.mark.parametrize("budget, cap, awarded, refusal", [
    (10_000, 10_000, 10_000, None),
    (9_999, 100, 10_000, Reason.BUDGET_BELOW_AWARDED),
    (10_000, 10_001, 0, Reason.CAP_ABOVE_BUDGET),
])
def test_the_money_of_a_round(budget, cap, awarded, refusal):
    assert rounds.money_refusal(budget=budget, cap=cap, awarded=awarded) == refusal


def test_a_round_closes_after_it_opens():
    assert rounds.dates_refusal(NOW, NOW) == Reason.CLOSES_BEFORE_OPENING
    assert rounds.dates_refusal(NOW, NOW + DAY) is None


@pytest.mark.parametrize("mode, percent, advance", [
    (PayMode.ADVANCE, 50, 15_001), (PayMode.RECEIPTS, 50, 0), (PayMode.SPLIT, 50, 7_500), (PayMode.SPLIT, 0, 0),
])
def test_what_is_paid_before_the_dinner(mode, percent, advance):
    assert rounds.advance_of(15_001, mode, percent) == advance


@pytest.mark.parametrize("changes, refusal", [
    ({}, None),
    ({"areas": None, "neighbourhood_id": SAINTS}, None),  # the whole city
    ({"phase": Phase.COMING}, Reason.NOT_OPEN_YET),
    ({"phase": Phase.DECIDING}, Reason.ROUND_CLOSED),
    ({"phase": Phase.ENDED}, Reason.ROUND_CLOSED),
    ({"asked": 15_001, "lines": (15_001,)}, Reason.OVER_CAP),
    ({"lines": (75,) * 200}, Reason.TOO_MANY_LINES),
    ({"lines": (10_000, 4_999)}, Reason.LINES_DONT_ADD_UP),
    ({"lines": ()}, Reason.LINES_DONT_ADD_UP),
    ({"neighbourhood_id": SAINTS}, Reason.NOT_IN_ROUND_AREAS),
    ({"neighbourhood_id": None}, Reason.NOT_IN_ROUND_AREAS),
    ({"programme_id": TALKS}, Reason.NOT_IN_ROUND_PROGRAMMES),
    ({"is_event_proposal": False}, Reason.DINNER_IS_PUBLIC),
    ({"is_date_past": True}, Reason.DINNER_IN_THE_PAST),
    ({"has_unreported": True}, Reason.REPORT_OUTSTANDING),
    ({"has_twin": True}, Reason.SAME_DINNER),
])
def test_what_keeps_an_application_from_being_sent_in(changes, refusal):
    assert applying.submit_refusal(replace(FINE, **changes), is_again=False) == refusal


def test_what_staff_gave_back_may_come_after_closing():
    closed = replace(FINE, phase=Phase.DECIDING)
    assert applying.submit_refusal(closed, is_again=True) is None
    assert applying.submit_refusal(replace(closed, asked=20_000), is_again=True) == Reason.OVER_CAP


@pytest.mark.parametrize("answers, is_whole", [({"a": "yes"}, True), ({"a": 0}, True), ({"a": ""}, False), ({}, False)])
def test_a_question_that_needs_an_answer_has_one(answers, is_whole):
    questions = [{"key": "a", "is_required": True}, {"key": "b", "is_required": False}]
    assert applying.has_answers(questions, answers) == is_whole


def test_scores_weigh_as_the_round_says():
    weights = deciding.weights([{"key": "reach", "weight": 3}, {"key": "plan", "weight": 1}])
    assert deciding.review_mean({"reach": 5, "plan": 1}, weights) == 4
    assert deciding.review_mean({"reach": 5}, weights) is None
    assert deciding.review_mean({"reach": 5, "plan": 6}, weights) is None
    assert deciding.review_mean({}, {}) is None


def test_reviews_come_to_a_mean_and_a_spread():
    found = deciding.scored([Fraction(4), Fraction(5, 2)])
    assert (found.mean, found.spread, found.reviews) == (Fraction(13, 4), Fraction(3, 2), 2)
    assert deciding.scored([]) is None


@pytest.mark.parametrize("changes, refusal", [
    ({}, None),
    ({"amount": 15_001}, Reason.ABOVE_ASKED),
    ({"amount": 0}, Reason.ABOVE_ASKED),
    ({"amount": 14_999}, Reason.LESS_WITHOUT_NOTE),
    ({"amount": 14_999, "has_note": True}, None),
    ({"reviews": 1}, Reason.TOO_FEW_REVIEWS),
    ({"is_co_host_asked": True}, Reason.CO_HOST_HAS_NOT_ANSWERED),
])
def test_what_keeps_from_awarding(changes, refusal):
    fine = {"amount": 15_000, "asked": 15_000, "has_note": False, "reviews": 2, "least_reviews": 2, "is_co_host_asked": False}
    assert deciding.award_refusal(**{**fine, **changes}) == refusal


def test_conditions_that_nobody_asked_for_are_met():
    assert Conditions(asked=frozenset(), met=frozenset()).are_met
    half = Conditions(asked=frozenset({Condition.TRAINING, Condition.AGREEMENT}), met=frozenset({Condition.TRAINING}))
    assert half.open == {Condition.AGREEMENT}
    assert not half.are_met
    assert preparing.HOLD_DECISION != preparing.HOLD_CONDITIONS


@pytest.mark.parametrize("size, files, refusal", [
    (reporting.LARGEST_FILE, 9, None), (reporting.LARGEST_FILE + 1, 0, Reason.FILE_TOO_LARGE), (1, 10, Reason.TOO_MANY_FILES),
])
def test_what_may_be_added_to_a_report(size, files, refusal):
    assert reporting.file_refusal(size=size, files=files) == refusal


@pytest.mark.parametrize("quote, may, hidden, is_public", [
    ("We cooked.", True, False, True), ("We cooked.", False, False, False), ("We cooked.", True, True, False),
    ("", True, False, False),
])
def test_a_quote_is_public_only_with_a_yes_of_its_own(quote, may, hidden, is_public):
    assert reporting.publishable(quote=quote, may_publish=may, is_hidden=hidden) == is_public


def test_a_counter_entry_takes_a_payment_back():
    money = paying.balance(10_000, [(Direction.OUT, 7_500), (Direction.OUT, -7_500), (Direction.OUT, 5_000)])
    assert (money.paid, money.to_pay, money.to_return) == (5_000, 5_000, 0)


def test_an_advance_that_was_not_spent_comes_back():
    money = paying.balance(6_000, [(Direction.OUT, 10_000), (Direction.BACK, 1_000)])
    assert (money.net, money.to_pay, money.to_return) == (9_000, 0, 3_000)


@pytest.mark.parametrize("direction, amount, on, refusal", [
    (Direction.OUT, 5_000, NOW.date(), None),
    (Direction.OUT, 5_001, NOW.date(), Reason.MORE_THAN_AWARDED),
    (Direction.BACK, 5_000, NOW.date(), None),
    (Direction.BACK, 5_001, NOW.date(), Reason.MORE_THAN_PAID),
    (Direction.OUT, 1, NOW.date() + DAY, Reason.PAID_IN_THE_FUTURE),
])
def test_what_may_be_entered(direction, amount, on, refusal):
    money = paying.balance(10_000, [(Direction.OUT, 5_000)])
    assert paying.payment_refusal(direction, amount, money, on, date(2026, 12, 1)) == refusal
