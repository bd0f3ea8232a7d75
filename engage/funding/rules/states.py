"""An application's life: one table of states and what may follow from each."""

from collections.abc import Mapping
from enum import StrEnum

from engage.funding.rules.reasons import Reason


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHANGES_REQUESTED = "changes_requested"
    IN_REVIEW = "in_review"
    AWARDED = "awarded"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    AGREED = "agreed"  # the agreement is accepted
    PAID_IN_ADVANCE = "paid_in_advance"
    HELD = "held"  # the dinner took place
    REPORT_DUE = "report_due"
    REPORTED = "reported"
    SETTLED = "settled"
    LAPSED = "lapsed"  # no report came, or the dinner didn't take place after money was paid


TRANSITIONS: Mapping[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.SUBMITTED, State.WITHDRAWN}),
    State.SUBMITTED: frozenset({State.CHANGES_REQUESTED, State.IN_REVIEW, State.DECLINED, State.WITHDRAWN}),
    State.CHANGES_REQUESTED: frozenset({State.SUBMITTED, State.DECLINED, State.WITHDRAWN}),
    State.IN_REVIEW: frozenset({State.CHANGES_REQUESTED, State.AWARDED, State.DECLINED, State.WITHDRAWN}),
    State.AWARDED: frozenset({State.AGREED, State.PAID_IN_ADVANCE, State.HELD, State.WITHDRAWN}),  # past agreed: none asked for
    State.AGREED: frozenset({State.PAID_IN_ADVANCE, State.HELD, State.WITHDRAWN}),
    State.PAID_IN_ADVANCE: frozenset({State.HELD, State.LAPSED}),
    State.HELD: frozenset({State.REPORT_DUE, State.REPORTED}),
    State.REPORT_DUE: frozenset({State.REPORTED, State.LAPSED}),
    State.REPORTED: frozenset({State.REPORT_DUE, State.SETTLED}),  # back: staff ask for something more
    State.LAPSED: frozenset({State.REPORTED, State.SETTLED}),  # a late report is better than none
    State.DECLINED: frozenset(),
    State.WITHDRAWN: frozenset(),
    State.SETTLED: frozenset(),
}

WRITABLE = frozenset({State.DRAFT, State.CHANGES_REQUESTED})
UNDECIDED = frozenset({State.SUBMITTED, State.CHANGES_REQUESTED, State.IN_REVIEW})
OVER = frozenset({State.DECLINED, State.WITHDRAWN, State.SETTLED})
DEAD = frozenset({State.DECLINED, State.WITHDRAWN})  # the dinner may be applied for again
FUNDED = frozenset(State) - {State.DRAFT} - UNDECIDED - DEAD  # an award was made and stands, or stood
PREPARING = frozenset({State.AWARDED, State.AGREED, State.PAID_IN_ADVANCE})  # between the award and the dinner
REPORTABLE = frozenset({State.HELD, State.REPORT_DUE, State.LAPSED})
UNREPORTED = PREPARING | REPORTABLE  # no new application before the report


def transition_refusal(state: State, to: State) -> Reason | None:
    """Say why an application can't go from one state to another, or None if it can."""
    return None if to in TRANSITIONS[state] else Reason.NOT_IN_THIS_STATE
