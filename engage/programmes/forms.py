"""The shape of what administrators type about programmes. Rows that are left empty are no rows."""

from collections.abc import Mapping, Sequence
from datetime import time
from enum import StrEnum
from itertools import product
from typing import Any, ClassVar
from uuid import UUID

from engage.core.city import city
from engage.core.fields import BooleanField, Choice, Form, FormKey, HiddenField, Number, Optional, Time, needed, read_number
from engage.core.i18n import gettext
from engage.core.i18n import lazy_gettext as _l
from engage.core.rows import in_each_language, made, row_key, rows_shown, texts_in, written
from engage.core.text import Localized
from engage.programmes import rules, wording
from engage.programmes.adapters import TEXTS
from engage.programmes.models import Programme, Theme
from engage.programmes.rules import BOUNDS, PlaceKind, Proposers, QuestionKind, Reason, ReminderKind, Sign, SignUpMode

NEW_OPTIONS = {QuestionKind.CHOICE: 2, None: 4}  # a question yet to be written may become one of choice
LONGEST = {"name": 80, "summary": 200, "description": 6_000, "host_guide": 12_000}
LONG = ("summary", "description", "host_guide")
NO_TEXT: dict[str, Any] = {"texts": {}, "source": "en"}


def _number(name: str, *, needs: bool = True) -> Number:
    bounds = BOUNDS[name]
    check = needed() if needs else Optional()
    return Number(wording.SETTINGS[name], least=bounds.least, most=bounds.most, validators=[check])


class Versioned(Form):
    """A form that knows which version of a programme it was made from."""

    version = HiddenField()

    def seen(self) -> int:
        return read_number(str(self.version.data or "")) or 0


class SettingsForm(Versioned):
    """How a programme's events work."""

    who_may_propose = Choice(wording.WHO_MAY_PROPOSE, choices=list(wording.PROPOSERS.items()), coerce=Proposers)
    is_reviewed = BooleanField(_l("Staff read a proposal before it is published"))
    is_closed = BooleanField(_l("Closed: its meetings are listed nowhere, and people come by invitation"))
    place_kind = Choice(wording.PLACE, choices=list(wording.PLACES.items()), coerce=PlaceKind)
    reveal_hours = _number("reveal_hours")
    sign_up_mode = Choice(wording.SIGN_UP, choices=list(wording.SIGN_UPS.items()), coerce=SignUpMode)
    least_guests = _number("least_guests", needs=False)
    most_guests = _number("most_guests", needs=False)
    decide_days = _number("decide_days")
    party_limit = _number("party_limit")
    hold_minutes = _number("hold_minutes")
    offer_minutes = _number("offer_minutes")
    asks_neighbourhood = BooleanField(_l("Ask guests which neighbourhood they come from (counts only)"))
    asks_first_time = BooleanField(_l("Ask guests whether it is their first time (counts only)"))
    sign = Choice(_l("Picture"), choices=list(wording.SIGNS.items()), coerce=Sign)
    position = _number("position")

    BESIDE: ClassVar[Mapping[StrEnum, str]] = {
        Reason.MEETINGS_COMING: "is_closed", Reason.MEETINGS_WERE_CLOSED: "is_closed", Reason.FEWER_THAN_LEAST: "most_guests",
        Reason.PARTY_TOO_LARGE: "party_limit",
    }

    def given(self) -> dict[str, Any]:
        return {name: value for name, value in self.data.items() if name not in ("version", "csrf_token")}


class KitForm(Form):
    """Which kit a new programme begins as."""

    form_key = FormKey()
    kit = Choice(_l("Begin with"), choices=[], validators=[needed()])


# --- texts side by side ---------------------------------------------------------------------------


class TextsForm(Versioned):
    """Name, summary, description and host guide in each language."""

    def given(self, programme: Programme) -> dict[str, Localized]:
        return {name: written(self, name, getattr(programme, name)) for name in TEXTS}


def texts_form(programme: Programme) -> TextsForm:
    fields: dict[str, Any] = {}
    for name in TEXTS:
        fields |= in_each_language(name, wording.TEXTS[name], longest=LONGEST[name], is_long=name in LONG)
    kept = {f"{name}_{code}": text for name in TEXTS for code, text in getattr(programme, name).texts.items()}
    return made(TextsForm, fields, {**kept, "version": programme.version})


class ThemesForm(Versioned):
    """Priority themes, one a row; one that is ticked off is offered no more, and can be ticked again."""

    rows: range
    themes: Sequence[Theme]

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        return super().validate(*args, **kwargs) and self._has_own_names()

    def _has_own_names(self) -> bool:
        """Say whether no two themes are called the same in a language; people choose by these names alone."""
        seen = set[tuple[str, str]]()
        for row, code in product(self._offered(), city().locales):
            field = self[f"name_{row}_{code}"]
            name = (code, (field.data or "").casefold())
            if field.data and name in seen:
                field.errors = [*field.errors, gettext("Another theme is called the same.")]
            seen.add(name)
        return not self.wrong_fields

    def _offered(self) -> list[int]:
        """Return the rows that are not ticked off; what is new has no box."""
        return [row for row in self.rows if self[f"used_{row}"].data or not self[f"key_{row}"].data]

    def given(self) -> list[tuple[UUID | None, Localized]]:
        known = {str(theme.id): theme for theme in self.themes}
        found: list[tuple[UUID | None, Localized]] = []
        for row in self._offered():
            theme = known.get(self[f"key_{row}"].data or "")
            found.append((theme.id if theme else None, written(self, f"name_{row}", theme.name if theme else _text(NO_TEXT))))
        return found


def themes_form(themes: Sequence[Theme], version: int) -> ThemesForm:
    """Return the form of all themes there ever were, and rows for new ones."""
    retired = sum(theme.is_retired for theme in themes)
    rows = rows_shown("key_", len(themes), rules.MOST_THEMES + retired)
    fields: dict[str, Any] = {"rows": rows, "themes": themes}
    kept: dict[str, Any] = {"version": version}
    for row in rows:
        fields |= {f"key_{row}": HiddenField(), **in_each_language(f"name_{row}", _l("Theme"), longest=80)}
        fields |= {f"used_{row}": BooleanField(_l("Offered"))}
    for row, theme in enumerate(themes):
        kept |= {f"key_{row}": str(theme.id), f"used_{row}": not theme.is_retired}
        kept |= {f"name_{row}_{code}": text for code, text in theme.name.texts.items()}
    return made(ThemesForm, fields, kept)


# --- reminders ------------------------------------------------------------------------------------


class RemindersForm(Versioned):
    """Reminder rules, one a row; a row without a kind is none."""

    rows: range

    def given(self, kept: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        known = {rule["key"] for rule in kept}
        found: list[dict[str, Any]] = []
        for row in self.rows:
            if kind := self[f"kind_{row}"].data:
                found.append(_rule(kind, self[f"amount_{row}"].data, self[f"at_{row}"].data))
                found[-1]["key"] = row_key(self[f"key_{row}"].data, known, found)
        return found


def _rule(kind: str, amount: int | None, at: time | None) -> dict[str, Any]:
    rule: dict[str, Any] = {"kind": kind}
    if kind != ReminderKind.HOURS_BEFORE and at is not None:
        rule["at"] = at.strftime("%H:%M")
    if kind == ReminderKind.DAYS_BEFORE:
        rule["days"] = amount
    if kind == ReminderKind.HOURS_BEFORE:
        rule["hours"] = amount
    return rule


def reminders_form(programme: Programme) -> RemindersForm:
    rows = rows_shown("kind_", len(programme.reminders), rules.MOST_REMINDERS)
    fields: dict[str, Any] = {"rows": rows}
    kept: dict[str, Any] = {"version": programme.version}
    for row in rows:
        kinds = [("", _l("No reminder")), *wording.REMINDERS.items()]
        fields |= {
            f"key_{row}": HiddenField(), f"kind_{row}": Choice(_l("When"), choices=kinds),
            f"amount_{row}": Number(_l("How many days or hours"), most=rules.HOURS.most), f"at_{row}": Time(_l("At")),
        }
    for row, rule in enumerate(programme.reminders):
        at = time.fromisoformat(rule["at"]) if rule.get("at") else None
        amount = rule.get("days", rule.get("hours"))
        kept |= {f"key_{row}": rule["key"], f"kind_{row}": rule["kind"], f"amount_{row}": amount, f"at_{row}": at}
    return made(RemindersForm, fields, kept)


# --- feedback questions ---------------------------------------------------------------------------


class QuestionsForm(Versioned):
    """Feedback questions with their answers to choose from; one without text is none."""

    rows: range
    options: Mapping[int, range]

    def given(self, kept: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        known = {question["key"]: question for question in kept}
        found: list[dict[str, Any]] = []
        for row in self.rows:
            if self[f"drop_{row}"].data:
                continue
            question = self._question(row, known.get(self[f"key_{row}"].data or "", {"text": NO_TEXT, "options": []}))
            if rules.has_text(question["text"]) or question["options"]:
                found.append(question)
                question["key"] = row_key(self[f"key_{row}"].data, set(known), found)
        return found

    def _question(self, row: int, before: Mapping[str, Any]) -> dict[str, Any]:
        kind = before.get("kind") or self[f"kind_{row}"].data or QuestionKind.SCALE
        options = self._options(row, before["options"]) if kind == QuestionKind.CHOICE else []
        text = written(self, f"text_{row}", _text(before["text"]))
        return {"kind": str(kind), "text": text.as_json(), "options": options}

    def _options(self, row: int, before: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        known = {option["key"]: option for option in before}
        found: list[dict[str, Any]] = []
        for number in self.options[row]:
            sent = self[f"option_key_{row}_{number}"].data or ""
            text = written(self, f"option_{row}_{number}", _text(known.get(sent, {"text": NO_TEXT})["text"]))
            if text.texts:
                found.append({"text": text.as_json()})
                found[-1]["key"] = row_key(sent, set(known), found)
        return found


def questions_form(programme: Programme) -> QuestionsForm:
    questions = programme.questions
    rows = rows_shown("key_", len(questions), rules.MOST_QUESTIONS, new=1)
    options = {row: range(_options_shown(questions[row] if row < len(questions) else None)) for row in rows}
    fields: dict[str, Any] = {"rows": rows, "options": options}
    kept: dict[str, Any] = {"version": programme.version}
    for row in rows:
        fields |= _question_fields(row, options[row])
    for row, question in enumerate(questions):
        kept |= {f"key_{row}": question["key"], f"kind_{row}": question["kind"], **texts_in(f"text_{row}", question["text"])}
        for number, option in enumerate(question.get("options", ())):
            kept |= {f"option_key_{row}_{number}": option["key"], **texts_in(f"option_{row}_{number}", option["text"])}
    return made(QuestionsForm, fields, kept)


def _options_shown(question: Mapping[str, Any] | None) -> int:
    if question is None:
        return NEW_OPTIONS[None]
    if question["kind"] != QuestionKind.CHOICE:
        return 0
    return min(len(question["options"]) + NEW_OPTIONS[QuestionKind.CHOICE], rules.MOST_OPTIONS)


def _question_fields(row: int, options: range) -> dict[str, Any]:
    fields: dict[str, Any] = {
        f"key_{row}": HiddenField(), f"drop_{row}": BooleanField(_l("Ask this no longer")),
        f"kind_{row}": Choice(
            _l("Kind of question"), choices=list(wording.QUESTIONS.items()), default=QuestionKind.SCALE.value,
        ),
        **in_each_language(f"text_{row}", _l("Question"), longest=300),
    }
    for number in options:
        texts = in_each_language(f"option_{row}_{number}", _l("Answer"), longest=120)
        fields |= {f"option_key_{row}_{number}": HiddenField(), **texts}
    return fields


def _text(value: Mapping[str, Any]) -> Localized:
    return Localized.from_json(value)
