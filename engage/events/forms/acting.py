"""Forms of hosting and reviewing an event, and of hearing about new ones."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, ClassVar

from wtforms import Field

from engage.core import i18n
from engage.core.fields import Choice, Form, HiddenField, LongText, Number, Optional, Text, ValidationError, needed
from engage.core.i18n import gettext as _
from engage.core.i18n import language_choices, written_in
from engage.core.i18n import lazy_gettext as _l
from engage.events.forms.proposing import MOST_PLACES, DetailsForm
from engage.events.rules import Reason
from engage.messages import rules as messages


class NoteForm(Form):
    """A few words to the other side, needed where they are all there is."""

    note = LongText(_l("Your note"), longest=3000, validators=[needed(_l("Please write a few words."))])


class MaybeNoteForm(Form):
    """A few words that may be left out."""

    note = LongText(_l("Anything we should know?"), longest=3000)


class CapacityForm(Form):
    capacity = Number(_l("How many people can come?"), least=1, most=MOST_PLACES, validators=[Optional()])

    BESIDE: ClassVar[Mapping[StrEnum, str]] = DetailsForm.BESIDE


class CallOffForm(Form):
    """Why a meeting can't take place, for the guests."""

    reason = LongText(_l("Why can't it take place?"), longest=1000, validators=[needed(_l("Please tell people why."))])
    written_in = Choice(_l("Which language are you writing in?"), choices=[], validators=[needed()])

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.written_in.choices = written_in()
        if self.written_in.data is None:
            self.written_in.data = i18n.locale()


class CancelForm(CallOffForm):
    """Call an event off: a reason, and a word typed so that no slip does it."""

    typed = Text(_l("Type the word to confirm"), longest=40, validators=[needed(_l("Please type the word shown."))])

    @property
    def word(self) -> str:
        return _("cancel")

    def validate_typed(self, field: Field) -> None:
        """Refuse anything but the word shown, in any case."""
        if (field.data or "").casefold() != self.word.casefold():
            raise ValidationError(_("Please type the word shown."))


class CoHostForm(Form):
    """Ask somebody to host together."""

    called = Text(_l("Their name"), longest=80, validators=[needed()])
    email = Text(_l("Their email address"), longest=254, validators=[needed()])
    letter_in = Choice(_l("Language of the letter"), choices=[], validators=[needed()])

    BESIDE: ClassVar[Mapping[StrEnum, str]] = {Reason.ALREADY_ASKED: "email", messages.Reason.NOT_AN_EMAIL: "email"}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.letter_in.choices = written_in()
        if self.letter_in.data is None:
            self.letter_in.data = i18n.locale()


class NamedForm(Form):
    """Somebody who is only named: an official with their office, or a partner organisation."""

    called = Text(_l("Name"), longest=80, validators=[needed()])
    title = Text(_l("Office, for example “Mayor”"), longest=120)


class SearchForm(Form):
    """Find a person; reads the address bar, changes nothing."""

    text = Text(_l("Name or email address"), longest=120)

    class Meta(Form.Meta):
        csrf = False


class InvitationForm(Form):
    """Say yes or no to hosting together."""

    called = Text(_l("What should we call you?"), longest=80)


class SubscribeForm(Form):
    """Tell me of new events."""

    email = Text(_l("Email address"), longest=254, validators=[needed(_l("Please give your email address."))])
    series = HiddenField()
    neighbourhood = Choice(_l("Neighbourhood"), choices=[], validators=[Optional()])
    programme = Choice(_l("Kind of meeting"), choices=[], validators=[Optional()])
    language = Choice(_l("Language spoken there"), choices=[], validators=[Optional()])

    BESIDE: ClassVar[Mapping[StrEnum, str]] = {messages.Reason.NOT_AN_EMAIL: "email"}

    def __init__(self, areas: Any, programmes: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.neighbourhood.choices = [("", _("All of the city")), *((str(area.id), area.name) for area in areas)]
        names = ((str(row.id), row.name.shown(i18n.locale()).text) for row in programmes)
        self.programme.choices = [("", _("All kinds")), *names]
        self.language.choices = [("", _("Any language")), *language_choices()]
