"""What a programme's numbers, reminders and questions may be."""

import pytest

from engage.programmes import rules
from engage.programmes.rules import Reason

FINE = {
    "position": 1, "reveal_hours": 24, "least_guests": 10, "most_guests": 12, "party_limit": 2,
    "hold_minutes": 30, "offer_minutes": 1440, "decide_days": 3,
}
WEEK = {"key": "week", "kind": "days_before", "days": 7}
EVE = {"key": "eve", "kind": "days_before", "days": 1, "at": "18:00"}
SOON = {"key": "soon", "kind": "hours_before", "hours": 2}
ASKED = {"key": "feedback", "kind": "morning_after", "at": "09:00"}


def reason(problem):
    return problem and problem.reason


@pytest.mark.parametrize("changed, refusal", [
    ({}, None),
    ({"least_guests": None, "most_guests": None}, None),
    ({"least_guests": 12}, None),
    ({"least_guests": 13}, Reason.FEWER_THAN_LEAST),
    ({"party_limit": 12}, None),
    ({"party_limit": 13}, Reason.PARTY_TOO_LARGE),
    ({"party_limit": 50, "most_guests": None}, None),
    *(({name: bounds.most + 1}, Reason.OUT_OF_BOUNDS) for name, bounds in rules.BOUNDS.items()),
    *(({name: bounds.least - 1}, Reason.OUT_OF_BOUNDS) for name, bounds in rules.BOUNDS.items()),
])
def test_settings(changed, refusal):
    assert reason(rules.settings_problem({**FINE, **changed})) == refusal


@pytest.mark.parametrize("is_closed, coming, ever, refusal", [
    (True, 0, 0, None), (True, 0, 5, None), (True, 1, 5, Reason.MEETINGS_COMING),
    (False, 0, 0, None), (False, 0, 1, Reason.MEETINGS_WERE_CLOSED), (False, 1, 1, Reason.MEETINGS_WERE_CLOSED),
])
def test_closing_and_opening(is_closed, coming, ever, refusal):
    assert reason(rules.closing_problem(is_closed=is_closed, coming=coming, ever=ever)) == refusal


@pytest.mark.parametrize("reminders, refusal, number", [
    ([], None, None),
    ([WEEK, EVE, SOON, ASKED], None, None),
    ([{**WEEK, "days": 0}], Reason.REMINDER_WRONG, 1),
    ([{**EVE, "days": 0}], None, None),
    ([{**WEEK, "days": None}], Reason.REMINDER_WRONG, 1),
    ([{**WEEK, "days": True}], Reason.REMINDER_WRONG, 1),
    ([WEEK, {**SOON, "hours": 0}], Reason.REMINDER_WRONG, 2),
    ([{**SOON, "hours": 73}], Reason.REMINDER_WRONG, 1),
    ([{**EVE, "at": "24:00"}], Reason.REMINDER_WRONG, 1),
    ([{**EVE, "at": 18}], Reason.REMINDER_WRONG, 1),
    ([{**ASKED, "at": None}], Reason.REMINDER_WRONG, 1),
    ([{**WEEK, "kind": "sometimes"}], Reason.REMINDER_WRONG, 1),
    ([{**WEEK, "key": "Week!"}], Reason.REMINDER_WRONG, 1),
    ([WEEK, {**EVE, "key": "week"}], Reason.REMINDER_TWICE, 2),
    ([WEEK, {**WEEK, "key": "again"}], Reason.REMINDER_TWICE, 2),
    ([{**WEEK, "key": f"own_{day}", "days": day} for day in range(1, 10)], Reason.TOO_MANY_REMINDERS, None),
])
def test_reminders(reminders, refusal, number):
    problem = rules.reminders_problem(reminders)
    assert reason(problem) == refusal
    assert number is None or problem.details["number"] == number


def question(kind="scale", text="How was it?", options=()):
    return {
        "key": "q", "kind": kind, "text": {"source": "en", "texts": {"en": text} if text else {}},
        "options": [{"key": option, "text": {"source": "en", "texts": {"en": option} if option else {}}} for option in options],
    }


@pytest.mark.parametrize("questions, refusal", [
    ([], None),
    ([question(), question("text"), question("choice", options=["yes", "no"])], None),
    ([question(text="")], Reason.QUESTION_EMPTY),
    ([question("choice", options=["yes"])], Reason.QUESTION_NEEDS_ANSWERS),
    ([question("choice", options=["yes", ""])], Reason.QUESTION_NEEDS_ANSWERS),
    ([question("choice", options=[str(number) for number in range(11)])], Reason.QUESTION_NEEDS_ANSWERS),
    ([question()] * 13, Reason.TOO_MANY_QUESTIONS),
])
def test_questions(questions, refusal):
    assert reason(rules.questions_problem(questions)) == refusal
