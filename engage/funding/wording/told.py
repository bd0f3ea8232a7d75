"""What a letter says of each change of an application."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engage.core.i18n import lazy_gettext as _l
from engage.funding.rules.states import State


@dataclass(frozen=True)
class Told:
    """Lazy texts: `title` heads the letter, `says` is what happened and what comes next, `button` leads on."""

    title: Any
    says: Any
    button: Any


_SEE = _l("See your application")

TOLD: Mapping[State, Told] = {
    State.SUBMITTED: Told(
        _l("We have your application"),
        _l(
            "Thank you! Your application for funding has arrived. People in the city read it and write to you. "
            "Until we have decided, you can still withdraw it."
        ),
        _SEE,
    ),
    State.CHANGES_REQUESTED: Told(
        _l("Please change something"),
        _l(
            "We have read your application and ask you to change something before we can go on. What you wrote is"
            " kept: change it and send it in again."
        ),
        _l("Change your application"),
    ),
    State.IN_REVIEW: Told(
        _l("Your application is being read"),
        _l(
            "Your application is complete. At least two people read it now, each by themselves. There is nothing "
            "you need to do."
        ),
        _SEE,
    ),
    State.AWARDED: Told(
        _l("Your dinner is funded"),
        _l(
            "We are glad to fund your dinner. Your own page shows what is to be done before you invite people, "
            "one step after the other."
        ),
        _l("See the next steps"),
    ),
    State.DECLINED: Told(
        _l("Your dinner is not funded this time"),
        _l(
            "Thank you for the work you put in. We can't fund your dinner in this round. You may still hold it, "
            "and you may apply again."
        ),
        _SEE,
    ),
    State.WITHDRAWN: Told(
        _l("Your application is withdrawn"),
        _l("The application was taken back. Nothing more happens with it. You may apply again while a round is open."),
        _SEE,
    ),
    State.AGREED: Told(
        _l("You have accepted the agreement"),
        _l("Thank you. The funding agreement is accepted. You find it, and what comes next, on your own page."),
        _l("See the next steps"),
    ),
    State.PAID_IN_ADVANCE: Told(
        _l("Money is on its way to you"),
        _l(
            "We have paid you in advance. Please keep every receipt: you show them after the dinner, and give "
            "back what was not spent."
        ),
        _l("See the next steps"),
    ),
    State.HELD: Told(
        _l("Thank you for the dinner"),
        _l("Thank you for bringing people to one table. Please tell us how it was: a short report with your receipts."),
        _l("Write the report"),
    ),
    State.REPORT_DUE: Told(
        _l("Your report is due"),
        _l("Please send us the report about your dinner. It takes about ten minutes, and what you have begun is kept."),
        _l("Write the report"),
    ),
    State.REPORTED: Told(
        _l("We have your report"),
        _l("Thank you for your report. We look at the receipts and then settle the money."),
        _SEE,
    ),
    State.SETTLED: Told(
        _l("Everything is settled"),
        _l("Your report and receipts are checked. Thank you for hosting: we hope to see you again."),
        _SEE,
    ),
    State.LAPSED: Told(
        _l("Your funding has lapsed"),
        _l(
            "No report reached us in time, or the dinner did not take place. The award has lapsed, and you can't "
            "apply again until this is settled. A late report still helps: please send it, or call us."
        ),
        _l("See what to do"),
    ),
}
