"""The rows of a funding round's forms: questions and criteria, one a row; what is left empty is none."""

from collections.abc import Mapping, Sequence
from typing import Any

from engage.core.city import city
from engage.core.fields import BooleanField, Choice, Form, HiddenField, Number, read_number
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.rows import in_each_language, made, row_key, rows_shown, texts_in, written
from engage.core.text import Localized
from engage.funding.models import FundingRound
from engage.funding.rules import rounds
from engage.funding.rules.rounds import QuestionKind
from engage.funding.wording import labels

NO_TEXT: dict[str, Any] = {"texts": {}, "source": "en"}


class Versioned(Form):
    """A form that knows which version of a round it was made from."""

    version = HiddenField()

    def seen(self) -> int:
        return read_number(str(self.version.data or "")) or 0

    def given(self, round_: FundingRound) -> dict[str, Any]:
        """Return the columns the form says."""
        raise NotImplementedError


class RowsForm(Versioned):
    """Rows of one list of a round; a subclass reads one row."""

    rows: range
    column = ""

    def given(self, round_: FundingRound) -> dict[str, Any]:
        known = {item["key"]: item for item in getattr(round_, self.column)}
        found: list[dict[str, Any]] = []
        for row in self.rows:
            item = self._item(row, known.get(self[f"key_{row}"].data or "", {}))
            if item is not None:
                found.append(item)
                item["key"] = row_key(self[f"key_{row}"].data, set(known), found)
        return {self.column: found}

    def _item(self, row: int, before: Mapping[str, Any]) -> dict[str, Any] | None:
        raise NotImplementedError

    def said(self, name: str, before: Mapping[str, Any] | None) -> Localized:
        return written(self, name, Localized.from_json(before or NO_TEXT))


class QuestionsForm(RowsForm):
    """What applicants are asked besides."""

    column = "questions"
    options: Mapping[int, range]

    def _item(self, row: int, before: Mapping[str, Any]) -> dict[str, Any] | None:
        text = self.said(f"text_{row}", before.get("text"))
        if not text.texts:
            return None
        kind = before.get("kind") or self[f"kind_{row}"].data
        options = self._options(row, before.get("options", ())) if kind == QuestionKind.CHOICE else []
        is_required = bool(self[f"is_required_{row}"].data)
        return {"kind": str(kind), "text": text.as_json(), "is_required": is_required, "options": options}

    def _options(self, row: int, before: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        known = {option["key"]: option for option in before}
        found: list[dict[str, Any]] = []
        for number in self.options[row]:
            sent = self[f"option_key_{row}_{number}"].data or ""
            text = self.said(f"option_{row}_{number}", known.get(sent, {}).get("text"))
            if text.texts:
                found.append({"text": text.as_json()})
                found[-1]["key"] = row_key(sent, set(known), found)
        return found

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask a question of choice for at least two answers."""
        is_valid = bool(super().validate(extra_validators))
        for row in self.rows:
            options = [self[f"option_{row}_{n}_{code}"].data for n in self.options[row] for code in city().locales]
            is_asked = any(self[f"text_{row}_{code}"].data for code in city().locales)
            if is_asked and self[f"kind_{row}"].data == QuestionKind.CHOICE and sum(map(bool, options)) < 2:  # noqa: PLR2004
                self[f"kind_{row}"].errors = [_("Please give at least two answers to choose from.")]
                is_valid = False
        return is_valid


def questions_form(round_: FundingRound) -> QuestionsForm:
    """Return the form of a round's questions."""
    rows = rows_shown("key_", len(round_.questions), rounds.MOST_QUESTIONS, new=1)
    options = {row: range(_options_shown(round_.questions[row] if row < len(round_.questions) else None)) for row in rows}
    fields: dict[str, Any] = {"rows": rows, "options": options}
    kept: dict[str, Any] = {"version": round_.version}
    for row in rows:
        kinds = list(labels.QUESTION_KINDS.items())
        fields |= {
            f"key_{row}": HiddenField(),
            f"kind_{row}": Choice(_l("Kind of answer"), choices=kinds, default=QuestionKind.TEXT.value),
            f"is_required_{row}": BooleanField(_l("An answer is needed")),
            **in_each_language(f"text_{row}", _l("Question"), longest=300),
        }
        for number in options[row]:
            texts = in_each_language(f"option_{row}_{number}", _l("Answer"), longest=120)
            fields |= {f"option_key_{row}_{number}": HiddenField(), **texts}
    for row, question in enumerate(round_.questions):
        kept |= {f"{name}_{row}": question.get(name) for name in ("key", "kind", "is_required")}
        kept |= texts_in(f"text_{row}", question["text"])
        for number, option in enumerate(question.get("options", ())):
            kept |= {f"option_key_{row}_{number}": option["key"], **texts_in(f"option_{row}_{number}", option["text"])}
    return made(QuestionsForm, fields, kept)


def _options_shown(question: Mapping[str, Any] | None) -> int:
    return 4 if question is None else min(len(question.get("options", ())) + 2, rounds.MOST_OPTIONS)


class CriteriaForm(RowsForm):
    """What applications are judged by."""

    column = "criteria"

    def _item(self, row: int, before: Mapping[str, Any]) -> dict[str, Any] | None:
        name, meaning = (self.said(f"{text}_{row}", before.get(text)) for text in ("name", "meaning"))
        weight = self[f"weight_{row}"].data or 1
        return {"name": name.as_json(), "meaning": meaning.as_json(), "weight": weight} if name.texts else None


def criteria_form(round_: FundingRound) -> CriteriaForm:
    """Return the form of a round's criteria."""
    rows = rows_shown("key_", len(round_.criteria), rounds.MOST_CRITERIA)
    fields: dict[str, Any] = {"rows": rows}
    kept: dict[str, Any] = {"version": round_.version}
    for row in rows:
        fields |= {
            f"key_{row}": HiddenField(), f"weight_{row}": Number(_l("Weight"), least=1, most=rounds.MOST_WEIGHT, default=1),
            **in_each_language(f"name_{row}", _l("Criterion"), longest=80),
            **in_each_language(f"meaning_{row}", _l("What it means"), longest=300),
        }
    for row, criterion in enumerate(round_.criteria):
        kept |= {f"key_{row}": criterion["key"], f"weight_{row}": criterion["weight"]}
        kept |= {**texts_in(f"name_{row}", criterion["name"]), **texts_in(f"meaning_{row}", criterion["meaning"])}
    return made(CriteriaForm, fields, kept)
