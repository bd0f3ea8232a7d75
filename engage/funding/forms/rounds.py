"""The shape of what staff type about a funding round, one form a part."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from babel.numbers import get_territory_currencies
from flask import request

from engage.core import clock
from engage.core.city import city
from engage.core.fields import BooleanField, Choice, Choices, Date, Form, Number, Text, Time, needed, read_id
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.i18n import locale
from engage.core.rows import in_each_language, made, written
from engage.funding.forms.money import Amount
from engage.funding.forms.round_rows import Versioned, criteria_form, questions_form
from engage.funding.models import FundingRound
from engage.funding.rules.rounds import BOUNDS, PayMode
from engage.funding.wording import labels
from engage.places import queries as places
from engage.programmes import queries as programmes

LONGEST = {"name": 80, "call": 6000, "help": 1000}
CURRENCIES = ("USD", "GBP", "EUR", "CHF", "CAD", "AUD", "SEK", "NOK", "DKK", "PLN", "CZK", "MAD", "TND", "JPY")


def _of_country() -> str:
    """Return the currency paid with where the city is, if a round can have it."""
    return next((code for code in get_territory_currencies(city().country) if code in CURRENCIES), CURRENCIES[0])


class NewRoundForm(Form):
    """What a round begins as."""

    name = Text(_l("Name of the round"), longest=LONGEST["name"], validators=[needed()])
    currency = Choice(_l("Currency"), choices=[(code, code) for code in CURRENCIES], default=_of_country, validators=[needed()])


class TextsForm(Versioned):
    """Name, call and help in each language."""

    def given(self, round_: FundingRound) -> dict[str, Any]:
        return {name: written(self, name, getattr(round_, name)) for name in LONGEST}


def texts_form(round_: FundingRound) -> TextsForm:
    """Return the form of a round's texts."""
    fields: dict[str, Any] = {}
    for name, longest in LONGEST.items():
        fields |= in_each_language(name, labels.ROUND_TEXTS[name], longest=longest, is_long=name != "name")
    kept = {f"{name}_{code}": text for name in LONGEST for code, text in getattr(round_, name).texts.items()}
    return made(TextsForm, fields, {**kept, "version": round_.version})


class DatesForm(Versioned):
    """From when until when one can apply, in the round's zone."""

    opens_on = Date(_l("Opens on"), validators=[needed()])
    opens = Time(_l("At"), validators=[needed()])
    closes_on = Date(_l("Closes on"), validators=[needed()])
    closes = Time(_l("At"), validators=[needed()])
    zone = ""

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse an hour that the clocks leave out."""
        is_valid = bool(super().validate(extra_validators))
        for day, hour in (("opens_on", "opens"), ("closes_on", "closes")):
            if is_valid and not self._instants(day, hour):
                self[hour].errors = [_("The clocks go forward then: this hour does not exist. Please choose another one.")]
                return False
        return is_valid

    def _instants(self, day: str, hour: str) -> Sequence[datetime]:
        return clock.instants(datetime.combine(self[day].data, self[hour].data), self.zone)

    def given(self, round_: FundingRound) -> dict[str, Any]:
        # Where an hour comes twice, it opens at the first and closes at the second: nobody loses time.
        return {"opens_at": self._instants("opens_on", "opens")[0], "closes_at": self._instants("closes_on", "closes")[-1]}


def dates_form(round_: FundingRound) -> DatesForm:
    """Return the form of a round's opening and closing."""
    kept: dict[str, Any] = {"version": round_.version}
    for name in ("opens", "closes"):
        if instant := getattr(round_, f"{name}_at"):
            wall = clock.local(instant, round_.zone)
            kept |= {f"{name}_on": wall.date(), name: wall.time()}
    form = DatesForm(data=kept)
    form.zone = round_.zone
    return form


class MoneyForm(Versioned):
    """How much there is, and how it is paid."""

    currency = Choice(_l("Currency"), choices=[(code, code) for code in CURRENCIES])
    budget = Amount(_l("The whole budget"), validators=[needed()])
    cap = Amount(_l("The most for one dinner"), validators=[needed()])
    pay_mode = Choice(_l("How it is paid"), choices=list(labels.PAY_MODES.items()), coerce=PayMode)
    advance_percent = Number(
        _l("How much of it before the dinner, in percent"), least=BOUNDS["advance_percent"].least,
        most=BOUNDS["advance_percent"].most, validators=[needed()],
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Read the amounts in the currency chosen beside them."""
        self.budget.currency = self.cap.currency = self.currency.data
        return bool(super().validate(extra_validators))

    def given(self, round_: FundingRound) -> dict[str, Any]:
        return {name: self[name].data for name in ("currency", "budget", "cap", "pay_mode", "advance_percent")}


def money_form(round_: FundingRound) -> MoneyForm:
    """Return the form of a round's money."""
    form = MoneyForm(obj=round_)
    form.budget.currency = form.cap.currency = form.currency.data or round_.currency
    return form


class WhoForm(Versioned):
    """Which kinds of meetings and which neighbourhoods it is for."""

    programmes = Choices(_l("Kinds of meetings"), choices=[])
    areas = Choices(_l("Neighbourhoods, with all below them; none means the whole city"), choices=[])

    def given(self, round_: FundingRound) -> dict[str, Any]:
        return {
            name: frozenset(found for value in self[name].data or () if (found := read_id(value)))
            for name in ("programmes", "areas")
        }


def who_form(round_: FundingRound) -> WhoForm:
    """Return the form of whom a round is for."""
    form = WhoForm(data={
        "version": round_.version, "programmes": [str(row.programme_id) for row in round_.programmes],
        "areas": [str(row.neighbourhood_id) for row in round_.areas],
    })
    form.programmes.choices = [(str(row.id), row.name.shown(locale()).text) for row in programmes.public()]
    form.areas.choices = [(str(area.id), area.name) for area in places.all_neighbourhoods()]
    return form


def _number(name: str) -> Number:
    return Number(labels.ROUND_NUMBERS[name], least=BOUNDS[name].least, most=BOUNDS[name].most, validators=[needed()])


class ConditionsForm(Versioned):
    """What a host does for the money, and how it is judged."""

    needs_training = BooleanField(_l("Hosts take part in a training first"))
    needs_agreement = BooleanField(_l("Hosts accept the funding agreement first"))
    hides_names = BooleanField(_l("Reviewers don't see who applies"))
    least_reviews = _number("least_reviews")
    report_days = _number("report_days")
    nudge_before_days = _number("nudge_before_days")
    first_nudge_days = _number("first_nudge_days")
    last_nudge_days = _number("last_nudge_days")
    lapse_days = _number("lapse_days")

    def given(self, round_: FundingRound) -> dict[str, Any]:
        return {name: value for name, value in self.data.items() if name not in ("version", "csrf_token")}


def conditions_form(round_: FundingRound) -> ConditionsForm:
    """Return the form of a round's conditions."""
    return ConditionsForm(obj=round_)


PARTS: Mapping[str, Callable[[FundingRound], Versioned]] = {
    "texts": texts_form, "dates": dates_form, "money": money_form, "who": who_form, "questions": questions_form,
    "criteria": criteria_form, "conditions": conditions_form,
}


def form_of(part: str, round_: FundingRound) -> Versioned:
    """Return the form of one part of a round; what was sent wins over what is kept."""
    form = PARTS[part](round_)
    if not request.form:
        form.version.data = str(round_.version)
    return form
