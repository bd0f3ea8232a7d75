"""Form fields and the form every screen starts from: cleaned input, errors in the reader's language.

A form that comes with an expired token is not thrown away: it fails to validate with a message
on top, and its page shows it filled in again.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

import wtforms
from flask import request
from flask_babel import get_translations
from flask_wtf import FlaskForm
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import Field, HiddenField, IntegerField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Optional, StopValidation, ValidationError
from wtforms.widgets import CheckboxInput, DateInput, ListWidget, NumberInput, TextArea, TimeInput

from engage.core import refusal, secrets, text
from engage.core.i18n import gettext, lazy_gettext, ngettext

__all__ = [
    "BooleanField", "Choice", "Choices", "Date", "Form", "FormKey", "HiddenField", "LongText", "Number",
    "Optional", "Text", "Time", "ValidationError", "needed", "read_id", "read_number",
]

LONGEST_NUMBER = 9
LONGEST_SHORT = 20  # characters of a number, a day or an hour that are worth showing again
LONGEST_TYPED = 200
CLEANED_AT_MOST = 20  # times what a field holds


class _Translations:
    """WTForms' own messages, through the site's catalogues."""

    def gettext(self, string: str) -> str:
        return str(get_translations().ugettext(string))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return str(get_translations().ungettext(singular, plural, n))


class Form(FlaskForm):
    """The parent of every form; `csrf_token` errors are said on top of the page."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: object) -> _Translations:
            return _Translations()

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Give files to fields for files alone: sent for any other, one is nothing."""
            given = super().wrap_formdata(form, formdata)
            if not isinstance(given, CombinedMultiDict):
                return given
            for_files = {field.name for field in form if isinstance(field, wtforms.FileField)}
            files = [(name, file) for name, file in request.files.items(multi=True) if name in for_files]
            return CombinedMultiDict([MultiDict(files), request.form])

    # Beside which field a reason is said, and where something that is missing is asked for.
    BESIDE: ClassVar[Mapping[StrEnum, str]] = {}
    ASKS: ClassVar[Mapping[StrEnum, str]] = {}

    def point_out(self, missing: Collection[StrEnum]) -> bool:
        """Say beside its field what is still missing; False if none of it is asked here."""
        fields: list[Field] = [self[self.ASKS[item]] for item in missing if item in self.ASKS]
        for field in fields:
            asked = gettext("Please choose one.") if hasattr(field, "choices") else gettext("Please fill this in.")
            field.errors = [*field.errors, asked]
        return bool(fields)

    def show(self, refused: refusal.Refused) -> str:
        """Put a refusal beside its field; return it for the top of the page where it has none, else nothing."""
        name = self.BESIDE.get(refused.reason)
        if name is None:
            return refusal.say(refused)
        field: Field = self[name]
        field.errors = [*field.errors, refusal.say(refused)]
        return ""

    @property
    def has_expired(self) -> bool:
        """Say whether the page was open too long: nothing else need be wrong."""
        return bool(self.errors.get("csrf_token"))

    @property
    def wrong_fields(self) -> list[Field]:
        """Return the fields with errors, in order, for the summary on top."""
        return [field for field in self if field.errors and field.name != "csrf_token"]


class BooleanField(wtforms.BooleanField):
    """A box to tick. Whatever was sent for it, what it sends next is its own value."""

    def _value(self) -> str:
        return "y"


def needed(message: Any = None) -> InputRequired:
    """Refuse an empty field with a message that says what is missing."""
    return InputRequired(message or lazy_gettext("Please fill this in."))


def _cut(value: str, longest: int) -> tuple[str, bool]:
    return (value[:longest].rstrip(), True) if len(value) > longest else (value, False)


def _short(valuelist: list[Any]) -> str:
    """Return what was typed into a field for something short, a number, a day, an hour: cut, so that it can be shown again."""
    return text.clean(str(valuelist[0])[:LONGEST_TYPED])[:LONGEST_SHORT] if valuelist else ""


class Text(StringField):
    """One line of text, cleaned. What is over-long comes back cut, with a message that says so."""

    is_long = False

    def __init__(self, label: Any, *, longest: int = 200, validators: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(label, validators=list(validators), **kwargs)
        self.longest = longest
        self.was_cut = False

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            # Far too long is cut before it is cleaned: a megabyte in each field must not keep a process busy.
            typed, is_endless = _cut(str(valuelist[0]), CLEANED_AT_MOST * self.longest)
            self.data, is_long = _cut(text.clean(typed, is_long=self.is_long), self.longest)
            self.was_cut = is_long or is_endless
            self.raw_data = [self.data]

    def post_validate(self, form: object, stopped: bool) -> None:
        if self.was_cut:
            count = self.longest
            raise ValidationError(
                ngettext(
                    "This was too long and has been cut to %(count)s character. Please check how it ends.",
                    "This was too long and has been cut to %(count)s characters. Please check how it ends.",
                    count, count=count,
                )
            )


class LongText(Text):
    """Several lines of text."""

    widget = TextArea()
    is_long = True


def read_id(value: Any) -> UUID | None:
    """Read an id of a list; what is no id is none of the list either."""
    try:
        return UUID(str(value)) if value else None
    except ValueError:
        return None


def read_number(typed: str) -> int | None:
    """Read a whole number in any script's digits, or None."""
    typed = text.clean(typed)
    return int(typed) if re.fullmatch(rf"\d{{1,{LONGEST_NUMBER}}}", typed) else None


class Number(IntegerField):
    """A whole number within bounds; refuses anything else with the bounds in the message."""

    widget = NumberInput()

    def __init__(self, label: Any, *, least: int = 0, most: int, validators: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(label, validators=list(validators), **kwargs)
        self.least, self.most = least, most
        self.render_kw = {"min": least, "max": most, "inputmode": "numeric", **(self.render_kw or {})}

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = _short(valuelist)
        self.raw_data = [typed] if valuelist else []
        self.data = read_number(typed) if typed else None
        if typed and (self.data is None or not self.least <= self.data <= self.most):
            raise ValueError(self._bounds())

    def _bounds(self) -> str:
        return gettext("Please give a whole number from %(least)s to %(most)s.", least=self.least, most=self.most)


def _asked_late(choices: Any) -> Any:
    """Give a list of pairs as WTForms 3.3 takes one without complaint: when it is asked for."""
    return choices if callable(choices) else lambda: list(choices)


class Choice(SelectField):
    """One of a list, as a drop-down or (in the template) radio buttons. Anything else is refused, nothing
    chosen as well: unless the list offers nothing (""), or the field is `Optional()`, which has its say after this."""

    def __init__(self, label: Any, *, choices: Any, coerce: Callable[[Any], Any] = str, **kwargs: Any) -> None:
        super().__init__(label, choices=_asked_late(choices), coerce=coerce, **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(gettext("Please choose one of the list.")) from error

    def pre_validate(self, form: object) -> None:
        chosen = "" if self.data is None else str(self.data)
        if not any(str(value or "") == chosen for value, *_ in self.iter_choices()):
            raise ValidationError(gettext("Please choose one of the list."))


class Choices(SelectMultipleField):
    """Any number of a list, as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: Any, *, choices: Any, coerce: Callable[[Any], Any] = str, **kwargs: Any) -> None:
        super().__init__(label, choices=_asked_late(choices), coerce=coerce, **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(gettext("Please choose from the list.")) from error

    def pre_validate(self, form: object) -> None:
        known = {str(value) for value, *_ in self.iter_choices()}
        if any(str(value) not in known for value in self.data or ()):
            raise ValidationError(gettext("Please choose from the list."))


class Date(Field):
    """A day, from a date input or typed as 2026-12-31; keeps what was typed when it is no day."""

    widget = DateInput()

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else (self.data.isoformat() if self.data else "")

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = _short(valuelist)
        self.raw_data = [typed]
        self.data = self._parse(typed) if typed else None

    def _parse(self, typed: str) -> date:
        try:
            day = datetime.strptime(typed, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
        except ValueError as error:
            raise ValueError(gettext("This is not a day in the calendar. Please write it like 2026-12-31.")) from error
        if not date(2000, 1, 1) <= day <= date(2100, 1, 1):
            raise ValueError(gettext("This year looks wrong. Please check it."))
        return day


class Time(Field):
    """An hour of the day, written like 18:30."""

    widget = TimeInput()

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else (self.data.strftime("%H:%M") if self.data else "")

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = _short(valuelist)
        self.raw_data = [typed]
        self.data = self._parse(typed) if typed else None

    def _parse(self, typed: str) -> time:
        try:
            return datetime.strptime(typed[:5], "%H:%M").time()  # noqa: DTZ007 - an hour has no zone
        except ValueError as error:
            raise ValueError(gettext("Please write the hour like 18:30.")) from error


class FormKey(HiddenField):
    """A random key born with the form: the same form sent twice is one thing."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("", default=secrets.new_token, validators=[NoControls()], **kwargs)


class NoControls:
    """Refuse a hidden value that no form of ours made."""

    def __call__(self, form: object, field: Field) -> None:
        if not isinstance(field.data, str) or not re.fullmatch(r"[\w-]{16,64}", field.data, re.ASCII):
            raise StopValidation(gettext("Please open this page again and retry."))
