"""What staff type about a concern, and how they find one."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, ClassVar

from wtforms.validators import Optional

from engage.concerns.forms.words import InWords
from engage.concerns.models import Concern
from engage.concerns.queries import tending as queries
from engage.concerns.queries.concerns import Subject
from engage.concerns.queries.tending import Filters
from engage.concerns.rules.hiding import Ground
from engage.concerns.rules.reasons import Reason
from engage.concerns.wording.hiding import GROUNDS
from engage.concerns.wording.steps import STEPS
from engage.core import i18n
from engage.core.fields import Choice, Form, LongText, Text, needed, read_id
from engage.core.i18n import gettext as _
from engage.core.i18n import language_choices
from engage.core.i18n import lazy_gettext as _l
from engage.core.rows import in_each_language, made, texts_in
from engage.core.text import Localized
from engage.places.queries import Area

LONGEST = 4000
BEGINNING = 90  # characters of a concern that tell it from others in a list

WHICH: tuple[tuple[str, Any], ...] = (
    (queries.UNANSWERED_ONES, _l("Not answered yet")), *((str(step), name) for step, name in STEPS.items()),
    (queries.EVERY, _l("All")), (queries.HIDDEN, _l("Hidden")),
)


def _named(rows: Iterable[Subject]) -> list[tuple[str, str]]:
    return [(str(row.id), row.name.shown(i18n.locale()).text) for row in rows]


class FindForm(Form):
    """Find concerns; reads the address bar, changes nothing."""

    which = Choice(_l("Step"), choices=WHICH)
    theme = Choice(_l("Theme"), choices=[], validators=[Optional()])
    neighbourhood = Choice(_l("Neighbourhood"), choices=[], validators=[Optional()])
    language = Choice(_l("Written in"), choices=[], validators=[Optional()])
    words = Text(_l("Words"), longest=120)

    class Meta(Form.Meta):
        csrf = False

    def __init__(self, themes: Iterable[Subject], areas: Iterable[Area], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.theme.choices = [("", _("All themes")), *_named(themes)]
        self.neighbourhood.choices = [("", _("All neighbourhoods")), *((str(area.id), area.name) for area in areas)]
        self.language.choices = [("", _("Any language")), *language_choices()]
        if self.which.data not in dict(WHICH):
            self.which.data = queries.UNANSWERED_ONES

    def filters(self) -> Filters:
        return Filters(
            which=self.which.data, theme_id=read_id(self.theme.data), neighbourhood_id=read_id(self.neighbourhood.data),
            language=self.language.data or "", words=self.words.data or "",
        )


class SortForm(Form):
    """A concern's theme and neighbourhood."""

    theme = Choice(_l("Theme"), choices=[], validators=[Optional()])
    neighbourhood = Choice(_l("Neighbourhood"), choices=[], validators=[Optional()])

    def __init__(self, themes: Iterable[Subject], areas: Iterable[Area], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.theme.choices = [("", _("None yet")), *_named(themes)]
        self.neighbourhood.choices = [("", _("All of the city")), *((str(area.id), area.name) for area in areas)]


class HideForm(Form):
    """Why a concern is hidden: its author reads it."""

    ground = Choice(_l("Why is it hidden?"), choices=list(GROUNDS.items()), coerce=Ground)
    words = LongText(_l("In your own words"), longest=500)
    language = Choice(_l("Written in"), choices=language_choices)

    BESIDE: ClassVar[Mapping[StrEnum, str]] = {Reason.WHY_MISSING: "words"}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(data={"language": i18n.locale()}, **kwargs)


class JoinForm(Form):
    """Which concern says the same."""

    into = Choice(_l("It is the same as"), choices=[], validators=[needed(_l("Please choose one."))])

    BESIDE: ClassVar[Mapping[StrEnum, str]] = {
        Reason.INTO_ITSELF: "into", Reason.IN_A_CIRCLE: "into", Reason.INTO_HIDDEN: "into", Reason.INTO_MERGED: "into",
        Reason.BEHIND_CLOSED_DOORS: "into",
    }

    def __init__(self, others: Iterable[Concern], names: Mapping[Any, str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.into.choices = [("", _("Please choose")), *((str(other.id), beginning(other, names)) for other in others)]


def beginning(concern: Concern, names: Mapping[Any, str]) -> str:
    """Return what tells a concern from others in a list: how it begins, in the reader's language if it can be, and where."""
    shown = concern.summary.shown(i18n.locale()) if concern.summary else concern.body.shown(i18n.locale())
    text = shown.text if len(shown.text) <= BEGINNING else f"{shown.text[:BEGINNING].rstrip()}…"
    return f"{text} · {names.get(concern.neighbourhood_id, _('All of the city'))}"


class WordsForm(InWords):
    """An answer, an outcome or a translation, in the languages of the site."""


def words_form(name: str, label: Any, kept: Localized | None = None) -> WordsForm:
    """Return a form with one field for each language, `<name>_<code>`."""
    texts = texts_in(name, kept.as_json()) if kept else {}
    form = made(WordsForm, in_each_language(name, label, longest=LONGEST, is_long=True), texts)
    form.asked = name
    return form
