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


# What may be news of a concern: anything until it is done, then only that something more is to be done. `RAISED` says
# that it was taken off an agenda.
FOLLOWING: Mapping[Step, frozenset[Step]] = {
    Step.RAISED: frozenset(Step) - {Step.RAISED},
    **dict.fromkeys((Step.ON_AGENDA, Step.ANSWERED, Step.IN_ACTION), frozenset(Step)),
    Step.DONE: frozenset({Step.IN_ACTION}),
}
UNANSWERED = frozenset({Step.RAISED, Step.ON_AGENDA})
_ORDER = tuple(Step)


def step_refusal(step: Step, to: Step) -> Reason | None:
    """Say why a concern can't go from one step to another, or None if it can."""
    return None if to in FOLLOWING[step] else Reason.NOT_AT_THIS_STEP


def reached(step: Step, to: Step, *, is_open: bool) -> Step:
    """Return where a concern stands after news of a step: agendas take no answer back, no answer what is being done.

    `is_open` says that something is still to be done about it.
    """
    if to in UNANSWERED:
        return to if step in UNANSWERED else step
    return Step.IN_ACTION if is_open and (to == Step.DONE or step == Step.IN_ACTION) else to


def joined(step: Step, other: Step, *, is_open: bool) -> Step:
    """Return where two concerns that become one stand: at the further step of the two."""
    further = max(step, other, key=_ORDER.index)
    return reached(further, further, is_open=is_open)
