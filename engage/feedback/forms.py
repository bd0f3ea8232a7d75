"""The shape of an answer, made from a programme's questions."""

from collections.abc import Iterable
from typing import Any

from wtforms import Field

from engage.core.fields import Choice, Form, LongText, Number, Optional, needed
from engage.core.i18n import lazy_gettext as _l
from engage.feedback.queries import Question
from engage.feedback.rules import LONGEST_TEXT, MOST_SHEETS, SCALE
from engage.programmes.rules import QuestionKind


class AnswerForm(Form):
    """Everything is optional; a subclass has one field a question."""

    asked: tuple[Question, ...] = ()

    def of(self, question: Question) -> Field:
        """Return the field of a question."""
        field: Field = self[_name(question)]
        return field

    def said(self, locale: str) -> dict[str, Any]:
        """Return what was answered, by question; a text with the language of its page."""
        return {question.key: value for question in self.asked if (value := self._said(question, locale)) is not None}

    def _said(self, question: Question, locale: str) -> Any:
        data = self.of(question).data
        if not data:
            return None
        if question.kind == QuestionKind.SCALE:
            return int(data)
        return {"text": data, "lang": locale} if question.kind == QuestionKind.TEXT else data


class SheetForm(Form):
    """How many codes to have."""

    codes = Number(_l("How many codes do you need?"), least=1, most=MOST_SHEETS, validators=[needed()])


def answer_form(asked: Iterable[Question], locale: str) -> AnswerForm:
    """Return the form for a programme's questions, in the reader's language where there is one."""
    questions = tuple(asked)
    fields = {_name(question): _field(question, locale) for question in questions}
    made: AnswerForm = type("ProgrammeForm", (AnswerForm,), {**fields, "asked": questions})()
    return made


def _name(question: Question) -> str:
    return f"question-{question.key}"


def _field(question: Question, locale: str) -> Any:
    label = question.text.shown(locale).text
    if question.kind == QuestionKind.TEXT:
        return LongText(label, longest=LONGEST_TEXT)
    if question.kind == QuestionKind.SCALE:
        return Choice(label, choices=[(str(step), str(step)) for step in SCALE], validators=[Optional()])
    options = [(option.key, option.text.shown(locale).text) for option in question.options]
    return Choice(label, choices=options, validators=[Optional()])
