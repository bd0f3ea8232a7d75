"""The shape of a payment."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, ClassVar

from engage.accounts import queries as accounts
from engage.core.fields import Choice, Date, Form, FormKey, Text, needed
from engage.core.i18n import lazy_gettext as _l
from engage.funding.forms.money import Amount, above_zero
from engage.funding.models import Application
from engage.funding.rules.paying import Direction
from engage.funding.rules.reasons import Reason
from engage.funding.wording import labels


class PaymentForm(Form):
    """What was paid or came back."""

    key = FormKey()
    direction = Choice(_l("Direction"), choices=list(labels.DIRECTIONS.items()), coerce=Direction, default=Direction.OUT)
    amount = Amount(_l("Amount"), validators=[needed(), above_zero])
    on = Date(_l("Day it was paid"), validators=[needed()])
    reference = Text(_l("Reference"), longest=80)

    BESIDE: ClassVar[Mapping[StrEnum, str]] = {
        Reason.MORE_THAN_AWARDED: "amount", Reason.MORE_THAN_PAID: "amount", Reason.PAID_IN_THE_FUTURE: "on",
        Reason.LOOKS_LIKE_ACCOUNT: "reference",
    }


def payment_form(application: Application, suggested: int = 0, **kwargs: Any) -> PaymentForm:
    """Return the form of a payment, with what is still to be paid."""
    form = PaymentForm(data={"amount": suggested or None, "on": accounts.today()}, prefix="payment", **kwargs)
    form.amount.currency = application.round.currency
    return form


class CounterForm(Form):
    """Why a payment is corrected."""

    key = FormKey()
    reference = Text(_l("Reference"), longest=80)

    BESIDE: ClassVar[Mapping[StrEnum, str]] = {Reason.LOOKS_LIKE_ACCOUNT: "reference"}
