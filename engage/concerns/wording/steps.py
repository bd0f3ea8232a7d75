"""What each step of a concern's way is called, and how a letter tells of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engage.concerns.rules.steps import Step
from engage.core.i18n import lazy_gettext as _l

STEPS: Mapping[Step, Any] = {
    Step.RAISED: _l("Raised"),
    Step.ON_AGENDA: _l("On the agenda"),
    Step.ANSWERED: _l("Answered"),
    Step.IN_ACTION: _l("Being acted on"),
    Step.DONE: _l("Done"),
}
CHIPS: Mapping[Step, str] = {Step.ON_AGENDA: "few", Step.ANSWERED: "good", Step.IN_ACTION: "few", Step.DONE: "good"}


@dataclass(frozen=True)
class Told:
    """How a letter tells of a step: its subject, and the sentence above the words."""

    subject: Any
    body: Any


TOLD: Mapping[Step, Told] = {
    Step.RAISED: Told(
        _l("Your concern is no longer on that agenda"),
        _l("The meeting will not get to it after all. Your concern is not forgotten: we write when it goes on."),
    ),
    Step.ON_AGENDA: Told(
        _l("Your concern is on the agenda"), _l("A meeting will talk about what you care about. You are welcome to come."),
    ),
    Step.ANSWERED: Told(_l("Your concern has an answer"), _l("The city has answered:")),
    Step.IN_ACTION: Told(_l("Somebody is working on your concern"), _l("Something will be done about it:")),
    Step.DONE: Told(_l("Done: what came of your concern"), _l("It is done. Thank you for speaking up!")),
}
