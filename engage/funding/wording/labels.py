"""What the states and kinds of funding are called."""

from collections.abc import Mapping
from typing import Any

from engage.core.i18n import lazy_gettext as _l
from engage.funding.rules import applying, reporting, rounds
from engage.funding.rules.applying import Access, BudgetKind
from engage.funding.rules.deciding import DeclineReason
from engage.funding.rules.paying import Direction
from engage.funding.rules.rounds import PayMode, Phase
from engage.funding.rules.states import State

STATES: Mapping[State, Any] = {
    State.DRAFT: _l("Draft"),
    State.SUBMITTED: _l("Sent in"),
    State.CHANGES_REQUESTED: _l("Changes asked for"),
    State.IN_REVIEW: _l("Being read"),
    State.AWARDED: _l("Funded"),
    State.DECLINED: _l("Not funded"),
    State.WITHDRAWN: _l("Withdrawn"),
    State.AGREED: _l("Agreement accepted"),
    State.PAID_IN_ADVANCE: _l("Paid in advance"),
    State.HELD: _l("Dinner held"),
    State.REPORT_DUE: _l("Report due"),
    State.REPORTED: _l("Reported"),
    State.SETTLED: _l("Settled"),
    State.LAPSED: _l("Lapsed"),
}

# How a chip is coloured, as the stylesheet names it.
CHIPS: Mapping[State, str] = {
    State.AWARDED: "good", State.AGREED: "good", State.PAID_IN_ADVANCE: "good", State.SETTLED: "good",
    State.CHANGES_REQUESTED: "few", State.REPORT_DUE: "few", State.LAPSED: "bad", State.DECLINED: "bad",
}

PHASES: Mapping[Phase, Any] = {
    Phase.COMING: _l("Opens soon"),
    Phase.OPEN: _l("Open now"),
    Phase.DECIDING: _l("Closed, being decided"),
    Phase.ENDED: _l("Ended"),
}

PAY_MODES: Mapping[PayMode, Any] = {
    PayMode.ADVANCE: _l("Paid before the dinner"),
    PayMode.RECEIPTS: _l("Paid after the dinner, against receipts"),
    PayMode.SPLIT: _l("Partly before the dinner, the rest after it"),
}

BUDGET_KINDS: Mapping[BudgetKind, Any] = {
    BudgetKind.FOOD: _l("Food and drink"),
    BudgetKind.PLACE: _l("The place"),
    BudgetKind.INTERPRETATION: _l("Interpretation"),
    BudgetKind.CHILDCARE: _l("Childcare"),
    BudgetKind.TRANSPORT: _l("Transport"),
    BudgetKind.MATERIALS: _l("Materials"),
    BudgetKind.OTHER: _l("Something else"),
}

ACCESS: Mapping[Access, Any] = {
    Access.STEP_FREE: _l("Step-free: a wheelchair or a pram gets in and to a toilet"),
    Access.HEARING_LOOP: _l("Hearing loop"),
    Access.SIGN_LANGUAGE: _l("Sign language interpreter"),
    Access.CHILDCARE: _l("Somebody looks after children"),
    Access.TRANSPORT: _l("Help with getting there"),
}

DECLINED: Mapping[DeclineReason, Any] = {
    DeclineReason.MORE_THAN_MONEY: _l("There were more good applications than money."),
    DeclineReason.NOT_A_DIALOGUE: _l("We could not see how people would talk with each other at the table."),
    DeclineReason.OWN_CIRCLE: _l("The guests seemed to know each other already."),
    DeclineReason.BUDGET_UNCLEAR: _l("We could not follow the budget."),
    DeclineReason.NOT_REACHABLE: _l("We asked you something and had no answer."),
    DeclineReason.TOO_EARLY: _l("Too much was still open: the date, the place or who hosts."),
    DeclineReason.NEIGHBOURHOOD_SERVED: _l("Several dinners in this neighbourhood are funded already."),
    DeclineReason.OTHER: _l("There is another reason, written below."),
}

ADVICE: Mapping[DeclineReason, Any] = {
    DeclineReason.MORE_THAN_MONEY: _l("Please apply again in the next round: you may send the same dinner."),
    DeclineReason.NOT_A_DIALOGUE: _l("Next time, tell us which questions you will ask and how everybody gets a turn to speak."),
    DeclineReason.OWN_CIRCLE: _l(
        "Next time, tell us how you reach people you don't know yet, or ask somebody from another community "
        "to host with you."
    ),
    DeclineReason.BUDGET_UNCLEAR: _l("Next time, give one line for each thing you buy, with a short note."),
    DeclineReason.NOT_REACHABLE: _l("Next time, look at your letters after you apply, or give a phone number."),
    DeclineReason.TOO_EARLY: _l("Next time, settle the date, the place and your co-host first. We are glad to help."),
    DeclineReason.NEIGHBOURHOOD_SERVED: _l("A dinner in another neighbourhood, or in a later round, has a better chance."),
    DeclineReason.OTHER: _l("Please call or write to us if you want to talk about it."),
}

ROUND_MISSING: Mapping[rounds.Missing, Any] = {
    rounds.Missing.NAME: _l("A name"),
    rounds.Missing.CALL: _l("The call: what is funded, and for whom"),
    rounds.Missing.DATES: _l("When it opens and closes"),
    rounds.Missing.BUDGET: _l("The budget"),
    rounds.Missing.CAP: _l("The most for one dinner"),
    rounds.Missing.PROGRAMME: _l("The kinds of meetings it is for"),
    rounds.Missing.CRITERIA: _l("What applications are judged by"),
    rounds.Missing.AGREEMENT: _l("The funding agreement, written under Documents"),
}

APPLICATION_MISSING: Mapping[applying.Missing, Any] = {
    applying.Missing.TITLE: _l("A title for the dinner"),
    applying.Missing.PLANNED_ON: _l("The day you plan it for"),
    applying.Missing.NEIGHBOURHOOD: _l("The neighbourhood"),
    applying.Missing.LANGUAGES: _l("The languages at the table"),
    applying.Missing.WHY: _l("Why this dinner"),
    applying.Missing.WHO: _l("Whom you hope to bring together"),
    applying.Missing.REACH: _l("How you reach beyond your own circle"),
    applying.Missing.HOUSEHOLDS: _l("That you and your co-host live in two households"),
    applying.Missing.ANSWERS: _l("The answers to our questions"),
    applying.Missing.LINES: _l("At least one line of the budget"),
    applying.Missing.ASKED: _l("How much you ask for"),
}

REPORT_MISSING: Mapping[reporting.Missing, Any] = {
    reporting.Missing.PEOPLE_WHY: _l("Why the number of people differs from check-in"),
    reporting.Missing.TALKED: _l("What was talked about"),
    reporting.Missing.OUTCOME: _l("What came of it"),
    reporting.Missing.RECEIPTS: _l("The receipts, or that nothing was spent"),
}

ROUND_PARTS: Mapping[str, Any] = {
    "texts": _l("Texts"), "dates": _l("Dates"), "money": _l("Money"), "who": _l("For whom"), "questions": _l("Questions"),
    "criteria": _l("Criteria"), "conditions": _l("Conditions"),
}

ROUND_TEXTS: Mapping[str, Any] = {
    "name": _l("Name of the round"),
    "call": _l("The call: what is funded, and for whom"),
    "help": _l("How to get help with applying"),
}

ROUND_NUMBERS: Mapping[str, Any] = {
    "least_reviews": _l("Reviews before an award"),
    "report_days": _l("Days for the report after the dinner"),
    "nudge_before_days": _l("Days before the report is due: first reminder"),
    "first_nudge_days": _l("Days after it was due: second reminder"),
    "last_nudge_days": _l("Days after it was due: last reminder"),
    "lapse_days": _l("Days after it was due: the award lapses"),
}

QUESTION_KINDS: Mapping[rounds.QuestionKind, Any] = {
    rounds.QuestionKind.TEXT: _l("A text"),
    rounds.QuestionKind.CHOICE: _l("One of several answers"),
    rounds.QuestionKind.NUMBER: _l("A number"),
}

SCORES: Mapping[int, Any] = {
    1: _l("1 – not at all"), 2: _l("2 – hardly"), 3: _l("3 – partly"), 4: _l("4 – well"), 5: _l("5 – very well"),
}

ORDERS: Mapping[str, Any] = {
    "number": _l("As they came"),
    "score": _l("Highest score first"),
    "spread": _l("Reviewers least agreed first"),
    "amount": _l("Largest amount first"),
}

DIRECTIONS: Mapping[Direction, Any] = {Direction.OUT: _l("Paid to the host"), Direction.BACK: _l("Come back from the host")}
