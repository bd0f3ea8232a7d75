"""A concern's way: one table of steps and what may follow from each."""

from collections.abc import Mapping
from enum import StrEnum

from engage.concerns.rules.reasons import Reason


class Step(StrEnum):
    RAISED = "raised"
    ON_AGENDA = "on_agenda"  # of a meeting whose agenda is published
    ANSWERED = "answered"
    IN_ACTION = "in_action"  # somebody has promised to do something about it
    DONE = "done"


# Steps may be left out, never taken back, but for what is taken off an agenda and what wasn't done after all.
FOLLOWING: Mapping[Step, frozenset[Step]] = {
    Step.RAISED: frozenset({Step.ON_AGENDA, Step.ANSWERED, Step.IN_ACTION, Step.DONE}),
    Step.ON_AGENDA: frozenset({Step.RAISED, Step.ON_AGENDA, Step.ANSWERED, Step.IN_ACTION, Step.DONE}),
    Step.ANSWERED: frozenset({Step.ON_AGENDA, Step.ANSWERED, Step.IN_ACTION, Step.DONE}),
    Step.IN_ACTION: frozenset({Step.ON_AGENDA, Step.ANSWERED, Step.IN_ACTION, Step.DONE}),
    Step.DONE: frozenset({Step.IN_ACTION}),
}
UNANSWERED = frozenset({Step.RAISED, Step.ON_AGENDA})


def step_refusal(step: Step, to: Step) -> Reason | None:
    """Say why a concern can't go from one step to another, or None if it can."""
    return None if to in FOLLOWING[step] else Reason.NOT_AT_THIS_STEP
