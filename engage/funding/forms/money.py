"""A field for an amount of money."""

from collections.abc import Mapping, Sequence
from typing import Any

from babel import numbers
from wtforms import Field
from wtforms.validators import StopValidation
from wtforms.widgets import TextInput

from engage.core import i18n, text
from engage.core.fields import LONGEST_SHORT, LONGEST_TYPED
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.funding.rules.money import Wrong, read

WRONG: Mapping[Wrong, Any] = {
    Wrong.NOT_A_NUMBER: _l("Please give an amount in figures, like 150 or 12.50."),
    Wrong.NEGATIVE: _l("An amount can't be below zero."),
    Wrong.TOO_MUCH: _l("This amount is too large. Please check it."),
    Wrong.TOO_FINE: _l("This currency has no amounts that small. Please check what stands behind the decimal sign."),
}


class Amount(Field):
    """An amount in any way people write one; `data` is in minor units of `currency`, which may be set until validation."""

    widget = TextInput()

    def __init__(self, label: Any, *, currency: str = "", validators: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(label, validators=list(validators), **kwargs)
        self.currency = currency
        self.render_kw = {"inputmode": "decimal", "autocomplete": "off", **(self.render_kw or {})}

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else plain(self.data, self.currency)

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            typed = text.clean(str(valuelist[0])[:LONGEST_TYPED])[:LONGEST_SHORT]
            self.raw_data, self.data = [typed], None

    def pre_validate(self, form: object) -> None:
        typed = str(self.raw_data[0]) if self.raw_data else ""
        if not typed:
            return
        found = read(typed, self.currency, numbers.get_currency_precision(self.currency))
        if found is Wrong.OTHER_CURRENCY:
            raise StopValidation(_("Amounts are in %(currency)s here. Please convert this one.", currency=self.currency))
        if isinstance(found, Wrong):
            raise StopValidation(str(WRONG[found]))
        self.data = found


def above_zero(_form: object, field: Field) -> None:
    """Refuse nothing at all where some amount is needed."""
    if field.data == 0:
        raise StopValidation(_("How much is it? Please give an amount."))


def plain(amount: int, currency: str) -> str:
    """Return an amount as it is typed: "150", "12.50", with the reader's decimal sign."""
    value = i18n.major(amount, currency)
    digits = 0 if value == value.to_integral_value() else numbers.get_currency_precision(currency)
    sign = numbers.get_decimal_symbol(i18n.locale())
    return f"{value:.{digits}f}".replace(".", sign)
