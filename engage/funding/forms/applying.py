"""The shape of an application, one form a step. What is missing is no error until it is sent in."""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from flask import request
from wtforms import Field

from engage.core import i18n
from engage.core.fields import (
    BooleanField,
    Choice,
    Choices,
    Date,
    Form,
    FormKey,
    LongText,
    Number,
    Optional,
    Text,
    needed,
    read_id,
)
from engage.core.i18n import gettext as _
from engage.core.i18n import language_choices, written_in
from engage.core.i18n import lazy_gettext as _l
from engage.core.refusal import Refused, say
from engage.core.text import Localized
from engage.events import rules as event_rules
from engage.events.actions import What
from engage.funding.actions.applying import Answers, Budget, Dinner, People
from engage.funding.forms.money import Amount
from engage.funding.models import Application, FundingRound
from engage.funding.rules import applying
from engage.funding.rules.applying import Access, BudgetKind
from engage.funding.rules.reasons import Reason
from engage.funding.rules.rounds import QuestionKind
from engage.funding.wording import labels
from engage.messages import rules as messages

LONGEST_TEXT, LONGEST_ANSWER, LARGEST_ANSWER = 4000, 2000, 999_999_999
MOST_ROWS = 300  # that are read and shown again: more than a budget may have, so that nothing typed is lost
BLANK_ROWS = 3
NEW = "new"


class BeginForm(Form):
    """Which dinner the money is for: one that is proposed already, or a new one."""

    key = FormKey()
    dinner = Choice(_l("Which dinner is it for?"), choices=[])
    programme = Choice(_l("What kind of meeting is it?"), choices=[])
    written_in = Choice(_l("Which language are you writing in?"), choices=[])
    title = Text(_l("What do you call your dinner?"), longest=100)

    BESIDE: ClassVar[Mapping[StrEnum, str]] = {
        Reason.SAME_DINNER: "dinner", Reason.NOT_IN_ROUND_PROGRAMMES: "dinner", Reason.DINNER_IS_PUBLIC: "dinner",
    }

    def __init__(self, events: Sequence[Any], programmes: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        mine = [(str(event.id), event.title.shown(i18n.locale()).text or _("Without a title yet")) for event in events]
        self.dinner.choices = [*mine, (NEW, _("A new dinner"))]
        self.programme.choices = [(str(row.id), row.name.shown(i18n.locale()).text) for row in programmes]
        self.written_in.choices = written_in()
        for field, first in ((self.dinner, NEW), (self.written_in, i18n.locale())):
            field.data = field.data or first
        if self.programme.data is None and programmes:
            self.programme.data = str(programmes[0].id)

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for a title where the dinner is new."""
        is_valid = bool(super().validate(extra_validators))
        if self.dinner.data == NEW and not self.title.data:
            self.title.errors = [*self.title.errors, _("Please give it a title.")]
            return False
        return is_valid

    def given(self) -> UUID | What:
        event_id = read_id(self.dinner.data)
        programme_id = read_id(self.programme.data)
        if event_id is not None:
            return event_id
        assert programme_id  # noqa: S101 - one of the list
        return What(programme_id, self.written_in.data, self.title.data or "")


class DinnerForm(Form):
    """When, where, in which languages."""

    planned_on = Date(_l("Which day do you plan it for?"), validators=[Optional()])
    neighbourhood = Choice(_l("In which neighbourhood?"), choices=[], validators=[Optional()])
    languages = Choices(_l("Which languages will be spoken at the table?"), choices=[])
    access = Choices(_l("What helps people to come"), choices=[(item.value, text) for item, text in labels.ACCESS.items()])
    organisation = Text(_l("The organisation you apply for"), longest=200)

    def __init__(self, application: Application, areas: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(data={
            "planned_on": application.planned_on, "neighbourhood": str(application.neighbourhood_id or ""),
            "languages": application.languages, "access": application.access, "organisation": application.organisation,
        }, **kwargs)
        self.neighbourhood.choices = [("", _("Choose a neighbourhood")), *((str(area.id), area.name) for area in areas)]
        self.languages.choices = language_choices()

    def given(self) -> Dinner:
        return Dinner(
            planned_on=self.planned_on.data, neighbourhood_id=read_id(self.neighbourhood.data),
            languages=tuple(self.languages.data or ()), access=tuple(Access(item) for item in self.access.data or ()),
            organisation=self.organisation.data or "",
        )


class PeopleForm(Form):
    """Why, whom it brings together, and how others are reached."""

    why = LongText(_l("Why this dinner?"), longest=LONGEST_TEXT)
    who = LongText(_l("Whom do you hope to bring together?"), longest=LONGEST_TEXT)
    reach = LongText(_l("How will you reach people beyond your own circle?"), longest=LONGEST_TEXT)
    has_two_households = BooleanField(_l("My co-host and I live in two different households."))
    co_called = Text(_l("Their name"), longest=80)
    co_email = Text(_l("Their email address"), longest=254)
    co_letter_in = Choice(_l("Language of the letter"), choices=[])

    BESIDE: ClassVar[Mapping[StrEnum, str]] = {
        event_rules.Reason.ALREADY_ASKED: "co_email", messages.Reason.NOT_AN_EMAIL: "co_email",
    }

    def __init__(self, application: Application, **kwargs: Any) -> None:
        super().__init__(obj=application, **kwargs)
        self.co_letter_in.choices = written_in()
        self.co_letter_in.data = self.co_letter_in.data or application.locale

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for the rest of a co-host of whom only half is given."""
        is_valid = bool(super().validate(extra_validators))
        for field, other in ((self.co_called, self.co_email), (self.co_email, self.co_called)):
            if other.data and not field.data:
                field.errors = [*field.errors, _("Please fill this in.")]
                is_valid = False
        return is_valid

    def given(self) -> People:
        return People(
            self.why.data or "", self.who.data or "", self.reach.data or "", bool(self.has_two_households.data)
        )


# --- the round's own questions ----------------------------------------------------------------------


class QuestionsForm(Form):
    """A subclass has one field a question; `asked` pairs each question with its field's name."""

    asked: tuple[tuple[Mapping[str, Any], str], ...] = ()

    def given(self) -> Answers:
        return Answers({question["key"]: self[name].data for question, name in self.asked if self[name].data not in (None, "")})

    def is_needed(self, field: Field) -> bool:
        """Say whether the city needs an answer to a question."""
        return any(name == field.name and question.get("is_required") for question, name in self.asked)


def questions_form(application: Application) -> QuestionsForm:
    """Return the form for a round's questions, in the reader's language where there is one."""
    asked = tuple((question, f"question-{question['key']}") for question in application.round.questions)
    fields = {name: _question_field(question) for question, name in asked}
    kept = {name: application.answers.get(question["key"]) for question, name in asked}
    made: QuestionsForm = type("RoundForm", (QuestionsForm,), {**fields, "asked": asked})(data=kept)
    return made


def _question_field(question: Mapping[str, Any]) -> Any:
    label = words(question["text"])
    if question["kind"] == QuestionKind.NUMBER:
        return Number(label, most=LARGEST_ANSWER, validators=[Optional()])
    if question["kind"] == QuestionKind.CHOICE:
        options = [("", _("Please choose")), *((option["key"], words(option["text"])) for option in question["options"])]
        return Choice(label, choices=options, validators=[Optional()])
    return LongText(label, longest=LONGEST_ANSWER)


def words(text: Mapping[str, Any]) -> str:
    """Return a text kept as JSON in the reader's language."""
    return Localized.from_json(text).shown(i18n.locale()).text


def answered(application: Application) -> list[tuple[str, str]]:
    """Return the round's questions with what was answered, in words."""
    found = [(question, application.answers.get(question["key"])) for question in application.round.questions]
    return [(words(question["text"]), _said(question, answer)) for question, answer in found]


def _said(question: Mapping[str, Any], answer: Any) -> str:
    options = {option["key"]: words(option["text"]) for option in question.get("options", ())}
    return options.get(answer, "" if answer is None else str(answer))


# --- the budget -------------------------------------------------------------------------------------


class BudgetForm(Form):
    """Budget lines, one a row, and the total. A row without amount and note is no row."""

    rows: range = range(0)
    round: FundingRound

    BESIDE: ClassVar[Mapping[StrEnum, str]] = {Reason.OVER_CAP: "asked", Reason.LINES_DONT_ADD_UP: "asked"}

    def lines(self) -> list[tuple[BudgetKind, int, str]]:
        """Return the rows with an amount."""
        amounts = ((row, self[f"amount_{row}"].data) for row in self.rows)
        return [
            (BudgetKind(self[f"kind_{row}"].data), amount, self[f"note_{row}"].data or "") for row, amount in amounts if amount
        ]

    def total(self) -> int:
        return sum(amount for _kind, amount, _note in self.lines())

    def validate(self, extra_validators: Any = None) -> bool:
        """Check what only all fields together tell: rows without an amount, the total, the most a dinner gets."""
        is_valid = bool(super().validate(extra_validators))
        for row in self.rows:
            if self[f"note_{row}"].data and not self[f"amount_{row}"].data and not self[f"amount_{row}"].errors:
                self[f"amount_{row}"].errors = [_("How much is it? Please give an amount.")]
                is_valid = False
        return is_valid and self._adds_up()

    def _adds_up(self) -> bool:
        asked, round_ = self["asked"].data, self.round
        refused: tuple[Reason, dict[str, Any]] | None = None
        if len(self.lines()) > applying.MOST_LINES:
            refused = Reason.TOO_MANY_LINES, {"most": applying.MOST_LINES}
        elif asked is not None and asked != self.total():
            refused = Reason.LINES_DONT_ADD_UP, {"lines": self.total(), "total": asked, "currency": round_.currency}
        elif self.total() > round_.cap:
            refused = Reason.OVER_CAP, {"cap": round_.cap, "currency": round_.currency}
        if refused is None:
            return True
        self["asked"].errors = [say(Refused(refused[0], **refused[1]))]
        return False

    def given(self) -> Budget:
        return Budget(tuple(self.lines()), self.total() or None)


def budget_form(application: Application) -> BudgetForm:
    """Return the form of an application's budget, in the round's currency."""
    kept: dict[str, Any] = {"asked": application.asked}
    for row, line in enumerate(application.lines):
        kept |= {f"kind_{row}": line.kind, f"amount_{row}": line.amount, f"note_{row}": line.note}
    sent = sum(name.startswith("amount_") for name in request.form)
    rows = range(min(max(sent + BLANK_ROWS * ("more" in request.form), len(application.lines) + BLANK_ROWS), MOST_ROWS))
    currency = application.round.currency
    fields: dict[str, Any] = {"rows": rows, "round": application.round}
    kinds = [(kind.value, text) for kind, text in labels.BUDGET_KINDS.items()]
    for row in rows:
        fields |= {
            f"kind_{row}": Choice(_l("What for"), choices=kinds, default=BudgetKind.FOOD.value),
            f"amount_{row}": Amount(_l("Amount"), currency=currency), f"note_{row}": Text(_l("Note"), longest=200),
        }
    fields["asked"] = Amount(_l("How much do you ask for in all?"), currency=currency)
    made: BudgetForm = type("LinesForm", (BudgetForm,), fields)(data=kept)
    return made


class MessageForm(Form):
    """A few words to the other side."""

    key = FormKey()
    body = LongText(_l("Your note"), longest=3000, validators=[needed(_l("Please write a few words."))])
    is_internal = BooleanField(_l("Only for staff: the host doesn't see it"))


def steps_of(application: Application) -> Collection[str]:
    """Return the steps of an application; one without questions leaves that step out."""
    return [step for step in STEPS if step != "questions" or application.round.questions]


STEPS = ("dinner", "people", "questions", "budget", "check")
