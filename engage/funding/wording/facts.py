"""What the ledger calls each fact of funding."""

from engage.core.i18n import lazy_gettext as _l
from engage.core.ledger import Names

FACTS: Names = {
    "RoundMade": _l("Funding round begun"),
    "RoundChanged": _l("Funding round changed"),
    "RoundPublished": _l("Funding round published"),
    "RoundEnded": _l("Funding round ended"),
    "ApplicationMoved": _l("Application moved on"),
    "NoteWritten": _l("Note about an application"),
    "ReviewerAsked": _l("Reviewer asked"),
    "ReviewerTakenOff": _l("Reviewer taken off"),
    "ReviewGiven": _l("Review given"),
    "ConflictDeclared": _l("Conflict of interest declared"),
    "AgreementAccepted": _l("Funding agreement accepted"),
    "CoachChosen": _l("Coach chosen"),
    "CoachWrote": _l("Coach's note"),
    "FileAdded": _l("File added to a report"),
    "FileRemoved": _l("File taken off a report"),
    "ReceiptJudged": _l("Receipt checked"),
    "QuoteHidden": _l("Quote hidden or shown again"),
    "PaymentEntered": _l("Payment entered"),
    "PaymentCorrected": _l("Payment corrected"),
    "PaymentsExported": _l("Payments exported"),
}
