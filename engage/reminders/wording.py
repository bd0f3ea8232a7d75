"""Reasons of reminders in the reader's language, and why somebody was not reached."""

from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.ledger import Names
from engage.core.refusal import Wording
from engage.messages.queries import Unreached
from engage.messages.rules import LOST, Problem

WORDING: Wording = {}


def why(letter: Unreached) -> str:
    """Say what became of a letter, and so what to do."""
    if letter.problem == Problem.PHONE:
        return _("Only a phone number is known. Please call.")
    if letter.problem in (Problem.BOUNCED, Problem.SCRIPT):
        return _("The mailbox does not take our letter. The address may be misspelled.")
    if letter.state in LOST:
        return _("It could not be delivered in time.")
    return _("It has not got through yet. We keep trying.")

# What the ledger calls each fact.
FACTS: Names = {
    "ToldByHand": _l("Told by staff in another way"),
}
