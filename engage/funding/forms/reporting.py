"""The shape of a report, its photos and receipts, and of what staff say about them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, ClassVar

from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage

from engage.core.fields import BooleanField, Choice, Form, FormKey, LongText, Number, Optional, Text, ValidationError, needed
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.funding.actions.reporting import Told, Upload
from engage.funding.forms.money import Amount, above_zero
from engage.funding.models import Application, Receipt, Report
from engage.funding.rules.applying import BudgetKind
from engage.funding.rules.reasons import Reason
from engage.funding.rules.reporting import LARGEST_FILE
from engage.funding.wording import labels

LONGEST_TEXT, MOST_PEOPLE = 6000, 500
PICTURES = "image/jpeg,image/png,image/webp"
ABOUT_FILES: Mapping[StrEnum, str] = dict.fromkeys(
    (
        Reason.FILE_TOO_LARGE, Reason.FILE_NOT_KNOWN, Reason.FILE_BROKEN, Reason.PICTURE_TOO_LARGE, Reason.TOO_MANY_FILES,
    ), "file",
)


class ReportForm(Form):
    """What a host tells of the dinner."""

    people = Number(_l("How many people were at the table?"), most=MOST_PEOPLE, validators=[Optional()])
    people_why = Text(_l("If that differs from check-in: why?"), longest=400)
    talked = LongText(_l("What was talked about?"), longest=LONGEST_TEXT)
    outcome = LongText(_l("What came of it?"), longest=LONGEST_TEXT)
    quote = Text(_l("A sentence somebody said that you remember"), longest=400)
    may_publish_quote = BooleanField(_l("The city may publish this sentence; who said it agrees."))
    may_name_host = BooleanField(_l("The city may name me as the host of this dinner."))
    has_no_receipts = BooleanField(_l("Nothing was spent: there are no receipts."))

    def given(self) -> Told:
        return Told(
            self.people.data, self.people_why.data or "", self.talked.data or "", self.outcome.data or "",
            self.quote.data or "",
            *(bool(self[name].data) for name in ("may_publish_quote", "may_name_host", "has_no_receipts")),
        )


def report_form(application: Application, report: Report | None, counted: int) -> ReportForm:
    """Return the form of a report as far as it is written; the people as check-in counted them."""
    names = ("people_why", "talked", "outcome", "quote", "may_publish_quote", "has_no_receipts")
    kept: dict[str, Any] = {name: getattr(report, name) for name in names} if report else {}
    people = counted if report is None or report.people is None else report.people
    return ReportForm(data={**kept, "people": people, "may_name_host": application.may_name_host})


class Sent(FileField):
    """A file that was chosen; an empty choice is none."""

    def upload(self) -> Upload | None:
        """Return its name and content, read no further than what is too large anyway."""
        if not isinstance(self.data, FileStorage) or not self.data.filename:
            return None
        return Upload(self.data.filename, self.data.stream.read(LARGEST_FILE + 1))


class PhotoForm(Form):
    """One photo."""

    key = FormKey()
    file = Sent(_l("A photo"), render_kw={"accept": PICTURES})
    has_consent = BooleanField(_l("Everybody who can be seen agrees that the city keeps this photo."))

    BESIDE: ClassVar[Mapping[StrEnum, str]] = {**ABOUT_FILES, Reason.CONSENT_NEEDED: "has_consent"}

    def validate_file(self, field: Sent) -> None:
        if not field.data:
            raise ValidationError(_("Please choose a file."))


class ReceiptForm(Form):
    """One thing that was bought."""

    key = FormKey()
    kind = Choice(_l("What for"), choices=[(kind.value, text) for kind, text in labels.BUDGET_KINDS.items()])
    amount = Amount(_l("Amount"), validators=[needed(), above_zero])
    note = Text(_l("Note"), longest=200)
    file = Sent(_l("A photo or PDF of the receipt"), render_kw={"accept": f"{PICTURES},application/pdf"})

    BESIDE: ClassVar[Mapping[StrEnum, str]] = ABOUT_FILES

    def chosen(self) -> BudgetKind:
        return BudgetKind(self.kind.data)


def receipt_form(application: Application, **kwargs: Any) -> ReceiptForm:
    """Return the form of a receipt in the round's currency."""
    form = ReceiptForm(prefix="receipt", **kwargs)
    form.amount.currency = application.round.currency
    return form


class JudgeForm(Form):
    """How much of a receipt is accepted."""

    approved = Amount(_l("Accepted"), validators=[needed()])
    note = Text(_l("Note"), longest=200)

    BESIDE: ClassVar[Mapping[StrEnum, str]] = {Reason.ABOVE_RECEIPT: "approved"}


def judge_form(application: Application, receipt: Receipt, **kwargs: Any) -> JudgeForm:
    """Return the form that judges a receipt; all of it unless something else was said."""
    approved = receipt.amount if receipt.approved is None else receipt.approved
    data = {"approved": approved, "note": receipt.approved_note}
    form = JudgeForm(data=data, prefix=f"judge-{receipt.id}", **kwargs)
    form.approved.currency = application.round.currency
    return form


class MoreForm(Form):
    """What a report still needs."""

    note = LongText(_l("What is still needed?"), longest=3000, validators=[needed(_l("Please write a few words."))])
