"""Reasons of feedback in the reader's language."""

from datetime import datetime

from engage.core.i18n import gettext as _
from engage.core.i18n import hour, skeleton
from engage.core.i18n import lazy_gettext as _l
from engage.core.ledger import Names
from engage.core.refusal import Wording
from engage.feedback.rules import Reason


def _too_early(starts_at: datetime, zone: str) -> str:
    day = skeleton(starts_at, zone, "MMMEd")
    return _("The meeting has not begun. You can answer from %(day)s at %(hour)s.", day=day, hour=hour(starts_at, zone))


WORDING: Wording = {
    Reason.SPENT: lambda: _("This was answered already, or its time is over."),
    Reason.TOO_EARLY: _too_early,
    Reason.NOTHING_SAID: lambda: _("Please answer at least one question."),
    Reason.NOT_TAKING_PLACE: lambda: _("This meeting is not taking place, so nobody is asked about it."),
    Reason.NO_QUESTIONS: lambda: _("This programme asks no questions."),
}

# What the ledger calls each fact.
FACTS: Names = {
    "SheetsPrinted": _l("Feedback sheets printed"),
}
