"""The shape of an agenda's items, of minutes and of action items."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from engage.concerns.actions.acting import Promise, Task
from engage.concerns.actions.agendas import LONGEST_TITLE, USUAL_MINUTES
from engage.concerns.forms.address import EmailText
from engage.concerns.forms.words import InWords
from engage.concerns.models import ActionItem, AgendaItem, MinutesItem
from engage.concerns.queries.agendas import Supported
from engage.concerns.rules.meeting import MOST_MINUTES, Move
from engage.concerns.rules.reasons import Reason
from engage.core.fields import (
    BooleanField,
    Choice,
    Choices,
    Date,
    Form,
    FormKey,
    HiddenField,
    LongText,
    Number,
    Text,
    needed,
    read_id,
    read_number,
)
from engage.core.i18n import lazy_gettext as _l
from engage.core.i18n import locale
from engage.core.rows import in_each_language, made, texts_in
from engage.core.text import Localized

LONGEST_WORDS = 6000
NO_TEXT = Localized({}, "en")


class Versioned(InWords):
    """A form that knows which version of a thing it was made from."""

    version = HiddenField()

    def seen(self) -> int:
        """Return that version; one that no page of ours sent is none."""
        found = read_number(str(self.version.data or ""))
        return -1 if found is None else found


# --- agendas ----------------------------------------------------------------------------------------


class ItemForm(Versioned):
    """One item of an agenda."""

    asked = "title"
    minutes = Number(_l("How many minutes?"), least=1, most=MOST_MINUTES, default=USUAL_MINUTES, validators=[needed()])
    speaker = Text(_l("Who speaks"), longest=120)


def item_form(version: int, item: AgendaItem | None = None, **kwargs: Any) -> ItemForm:
    """Return the form of a new item, or of one that is there."""
    fields = in_each_language("title", _l("What it is about"), longest=LONGEST_TITLE)
    kept: dict[str, Any] = {"version": version}
    if item is not None:
        kept |= {"minutes": item.minutes, "speaker": item.speaker, **texts_in("title", item.title.as_json())}
    form: ItemForm = _made(ItemForm, fields, kept, **kwargs)
    return form


def _made(kind: Any, fields: dict[str, Any], kept: dict[str, Any], **kwargs: Any) -> Any:
    """Return a form made on the spot; `formdata=None` where what was sent is another form's."""
    return type(kind.__name__, (kind,), fields)(data=kept, **kwargs) if kwargs else made(kind, fields, kept)


class ConcernsForm(Versioned):
    """Which concerns come onto an agenda."""

    BESIDE: ClassVar[Any] = {Reason.NOTHING_CHOSEN: "concerns", Reason.NOT_FOR_THIS_MEETING: "concerns"}
    concerns = Choices(_l("Concerns"), choices=[], coerce=read_id)


def concerns_form(version: int, offered: Sequence[Supported], **kwargs: Any) -> ConcernsForm:
    form = ConcernsForm(data={"version": version}, **kwargs)
    form.concerns.choices = [(each.concern.id, str(each.concern.id)) for each in offered]
    return form


class MoveForm(Versioned):
    """Where an item goes."""

    to = Choice(_l("Where to"), choices=[(Move.UP, _l("Up")), (Move.DOWN, _l("Down"))], coerce=Move)


# --- minutes ----------------------------------------------------------------------------------------


class MinutesForm(Versioned):
    """What was said and decided about one item."""


def minutes_form(row: MinutesItem | None, **kwargs: Any) -> MinutesForm:
    fields = {
        **in_each_language("said", _l("What was said"), longest=LONGEST_WORDS, is_long=True),
        **in_each_language("decision", _l("What was decided"), longest=2000, is_long=True),
    }
    kept: dict[str, Any] = {"version": row.version if row else 0}
    for name in ("said", "decision") if row else ():
        kept |= texts_in(name, getattr(row, name).as_json())
    form: MinutesForm = _made(MinutesForm, fields, kept, **kwargs)
    return form


class CorrectionForm(InWords):
    """What a new version of published minutes corrects."""

    asked = "correction"


def correction_form(**kwargs: Any) -> CorrectionForm:
    fields = in_each_language("correction", _l("What was corrected"), longest=400)
    form: CorrectionForm = _made(CorrectionForm, fields, {}, **kwargs)
    return form


# --- action items -----------------------------------------------------------------------------------


class TaskForm(Versioned):
    """What somebody does."""

    asked = "what"
    who = Text(_l("Who does it"), longest=80)
    department = Text(_l("Department"), longest=120)
    email = EmailText(_l("Their email address"))

    def given(self, before: Localized | None = None) -> Task:
        return Task(
            self.text("what", before), self.who.data or "", self.department.data or "", (self.email.data or "").strip(),
        )


class OtherTaskForm(TaskForm):
    """Another task, or somebody else's; perhaps nobody's for now."""

    let_go = BooleanField(_l("They don't do it any more: end their letters and their page"))

    def given(self, before: Localized | None = None) -> Task:
        return replace(super().given(before), is_let_go=bool(self.let_go.data))


class PromiseForm(TaskForm):
    """A new action item."""

    BESIDE: ClassVar[Any] = {Reason.DUE_IN_THE_PAST: "due_on", Reason.DUE_TOO_LATE: "due_on"}
    key = FormKey()
    due_on = Date(_l("By when"), validators=[needed(_l("By when? An action item needs a day."))])

    def promise(self) -> Promise:
        assert isinstance(self.due_on.data, date)  # noqa: S101 - as validated
        return Promise(self.given(), self.due_on.data, self.key.data or "", locale())


def _what() -> dict[str, Text]:
    return in_each_language("what", _l("What is to be done"), longest=400)


def promise_form(what: Localized = NO_TEXT) -> PromiseForm:
    """Return the form of a new action item, with words to begin from."""
    form: PromiseForm = _made(PromiseForm, _what(), texts_in("what", what.as_json()))
    return form


def task_form(action: ActionItem, **kwargs: Any) -> OtherTaskForm:
    kept = {
        "version": action.version, "who": action.who, "department": action.department,
        **texts_in("what", action.what.as_json()),
    }
    form: OtherTaskForm = _made(OtherTaskForm, _what(), kept, **kwargs)
    return form


class PutOffForm(Versioned):
    """Another day, and why."""

    BESIDE: ClassVar[Any] = {Reason.DUE_IN_THE_PAST: "due_on", Reason.DUE_TOO_LATE: "due_on"}
    due_on = Date(_l("The new day"), validators=[needed()])
    reason = Text(_l("Why it takes longer"), longest=400, validators=[needed(_l("Please write a few words."))])

    def chosen(self) -> date:
        assert isinstance(self.due_on.data, date)  # noqa: S101 - as validated
        return self.due_on.data


class OutcomeForm(InWords):
    """How an action item ended, in words everybody reads."""

    asked = "outcome"


def outcome_form(label: Any, **kwargs: Any) -> OutcomeForm:
    form: OutcomeForm = _made(OutcomeForm, in_each_language("outcome", label, longest=1000, is_long=True), {}, **kwargs)
    return form


class ReportForm(Form):
    """How an action item stands."""

    body = LongText(_l("How does it stand?"), longest=2000, validators=[needed(_l("Please write a few words."))])


class ListForm(Form):
    """What a list of action items is narrowed to; read from the address, so it changes nothing."""

    class Meta(Form.Meta):
        csrf = False

    state = Choice(_l("State"), choices=[])
    department = Choice(_l("Department"), choices=[])
    area = Choice(_l("Neighbourhood"), choices=[])
