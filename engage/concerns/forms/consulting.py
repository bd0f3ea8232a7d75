"""Forms of consultations: what is asked, a ranking, a batch of paper sheets, the priorities agreed on."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import chain, repeat, takewhile
from typing import Any, ClassVar
from uuid import UUID

from engage.concerns.actions.consulting import Asked, Where
from engage.concerns.actions.ranking import Ranked
from engage.concerns.forms.address import EmailText
from engage.concerns.forms.words import InWords
from engage.concerns.models import Consultation
from engage.concerns.rules.consulting import MOST_RANKED, sheet_numbers
from engage.concerns.rules.reasons import Reason
from engage.core import i18n
from engage.core.fields import (
    Choice,
    Form,
    FormKey,
    HiddenField,
    LongText,
    Number,
    Optional,
    Text,
    ValidationError,
    needed,
    read_id,
    read_number,
)
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.rows import in_each_language, made, texts_in, written
from engage.core.text import Localized
from engage.events.models import Event
from engage.places.queries import Area
from engage.programmes.models import Programme, Theme

NO_TEXT = Localized({}, "en")
DEFAULT_RANKED = 3


class AskedForm(InWords):
    """What a consultation asks; made by `asked_form`, which knows the languages."""

    asked = "title"

    version = HiddenField()
    most_ranked = Number(
        _l("How many themes may each person choose?"), least=MOST_RANKED[0], most=MOST_RANKED[-1], default=DEFAULT_RANKED,
        validators=[needed()],
    )

    @property
    def seen(self) -> int:
        """The version of the consultation that this form shows."""
        return read_number(self.version.data or "") or 0

    def given(self, before: Consultation | None = None) -> Asked:
        title, question = (before.title, before.question) if before else (Localized({}, i18n.locale()), NO_TEXT)
        most = self.most_ranked.data or DEFAULT_RANKED
        return Asked(written(self, "title", title), written(self, "question", question), most)


class NewForm(AskedForm):
    """A new consultation: also whose themes, and where."""

    programme = Choice(_l("Whose themes are ranked?"), choices=[], validators=[needed(_l("Please choose one."))])
    neighbourhood = Choice(_l("Neighbourhood"), choices=[], validators=[Optional()])

    key = FormKey()

    BESIDE: ClassVar[Mapping[StrEnum, str]] = {
        Reason.PROGRAMME_IS_CLOSED: "programme", Reason.TOO_FEW_THEMES: "programme",
    }

    def where(self) -> Where:
        programme_id = read_id(self.programme.data)
        assert programme_id  # noqa: S101 - one of the list
        return Where(programme_id, read_id(self.neighbourhood.data))


def _texts() -> dict[str, Text]:
    return {
        **in_each_language("title", _l("Title"), longest=120),
        **in_each_language("question", _l("What do you ask people?"), longest=1000, is_long=True),
    }


def asked_form(consultation: Consultation) -> AskedForm:
    """Return the form of what a consultation asks, filled."""
    kept = {name: texts_in(name, getattr(consultation, name).as_json()) for name in ("title", "question")}
    settings = {"most_ranked": consultation.most_ranked, "version": str(consultation.version)}
    return made(AskedForm, _texts(), {**kept["title"], **kept["question"], **settings})


def new_form(programmes: Sequence[Programme], areas: Sequence[Area], *, is_for_all: bool) -> NewForm:
    """Return the form of a new consultation; for the whole city only where somebody works for all of it."""
    form = made(NewForm, _texts(), {})
    form.programme.choices = [(str(row.id), row.name.shown(i18n.locale()).text) for row in programmes]
    whole = [("", _("All of the city"))] if is_for_all else []
    form.neighbourhood.choices = [*whole, *((str(area.id), area.name) for area in areas)]
    return form


class RankForm(Form):
    """Themes, the most important first; made by `rank_form`, which knows how many."""

    key = FormKey()
    email = EmailText(_l("Email address"))

    BESIDE: ClassVar[Mapping[StrEnum, str]] = {
        Reason.NO_THEME_CHOSEN: "place_1", Reason.CHOSEN_TWICE: "place_2", Reason.NO_SUCH_THEME: "place_1",
    }
    needs_email = True

    def validate_email(self, field: Any) -> None:
        """Ask for an address where no account says whose ranking it is."""
        if self.needs_email and not field.data:
            raise ValidationError(_("Please give your email address."))

    @property
    def places(self) -> list[Any]:
        return [field for field in self if field.name.startswith("place_")]

    def given(self) -> Ranked:
        chosen = [read_id(field.data) for field in self.places]
        return Ranked(self.key.data or "", tuple(theme for theme in chosen if theme), i18n.locale(), self.email.data or "")


def _is_chosen_once(form: RankForm, field: Any) -> None:
    """Refuse a theme that a place above has already."""
    if field.data in _above(form, field):
        raise ValidationError(_("You chose the same theme twice. Please choose a different one for each place."))


def _above(form: Any, field: Any) -> list[Any]:
    """Return what was chosen for the places above one."""
    return [other.data for other in takewhile(lambda other: other is not field, form.places)]


def rank_form(themes: Sequence[Theme], most: int, *, needs_email: bool) -> RankForm:
    """Return the form of a ranking with as many places as count."""
    names = [("", "–"), *((str(theme.id), theme.name.shown(i18n.locale()).text) for theme in themes)]
    ordinals = [_l("What matters most to you?"), _l("What comes second?"), _l("What comes third?")]
    most = min(most, len(themes))
    labels = [*ordinals, *(_l("Place %(number)s", number=number) for number in range(len(ordinals) + 1, most + 1))][:most]
    checks = chain([needed(_l("Please choose at least one theme."))], repeat(Optional()))
    places = {
        f"place_{number}": Choice(label, choices=names, validators=[check, _is_chosen_once])
        for (number, label), check in zip(enumerate(labels, 1), checks, strict=False)
    }
    form = made(RankForm, places, {})
    form.needs_email = needs_email
    return form


class SheetsForm(Form):
    """What was ranked on paper, one sheet a line."""

    key = FormKey()
    meeting = Choice(_l("At which meeting?"), choices=[], validators=[needed(_l("Please choose one."))])
    sheets = LongText(_l("The sheets, one a line"), longest=20_000, validators=[needed(_l("Please enter at least one sheet."))])

    BESIDE: ClassVar[Mapping[StrEnum, str]] = {
        Reason.NO_SHEETS: "sheets", Reason.TOO_MANY_SHEETS: "sheets", Reason.SHEET_WRONG: "sheets",
        Reason.NO_SUCH_MEETING: "meeting",
    }

    def __init__(self, meetings: Sequence[Event], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.meeting.choices = [("", "–"), *((str(event.id), _named(event)) for event in meetings)]

    def given(self) -> list[tuple[int, ...]]:
        """Return the sheets by the numbers on them; a line that holds anything else is a sheet no number fits."""
        lines = [line for line in (self.sheets.data or "").splitlines() if line.strip()]
        self.sheets.data = "\n".join(lines)  # shown again without empty ones: a message counts lines
        return [sheet_numbers(line) or (0,) for line in lines]


def _named(event: Event) -> str:
    title = event.title.shown(i18n.locale()).text
    if event.starts_at is None:
        return title
    return _("%(day)s: %(title)s", day=i18n.day(event.starts_at, event.zone, "medium"), title=title)


class CloseForm(Form):
    """The priorities in the order agreed on; made by `close_form`, which knows the themes."""

    @property
    def places(self) -> list[Any]:
        return [field for field in self if field.name.startswith("place_")]

    def priorities(self) -> list[UUID]:
        """Return the themes that were given a place, in order; the one proposed is nobody's word."""
        placed = sorted((field.data, field.name) for field in self.places if field.data and field.raw_data)
        return [UUID(name.removeprefix("place_")) for _place, name in placed]

    def conclusion(self) -> Localized:
        return written(self, "conclusion", NO_TEXT)


def _is_own_place(form: CloseForm, field: Any) -> None:
    """Refuse a place that a theme above has: which of the two comes first is for people to say."""
    if field.data in _above(form, field):
        raise ValidationError(_("Another theme has this place already. Please give each a place of its own."))


def close_form(themes: Sequence[Theme]) -> CloseForm:
    """Return the form that closes a consultation; `themes` in the order proposed."""
    places = {
        f"place_{theme.id}": Number(
            theme.name.shown(i18n.locale()).text, least=1, most=len(themes), default=number,
            validators=[Optional(), _is_own_place],
        )
        for number, theme in enumerate(themes, 1)
    }
    texts = in_each_language("conclusion", _l("What was agreed, in your words"), longest=3000, is_long=True)
    return made(CloseForm, {**places, **texts}, {})
