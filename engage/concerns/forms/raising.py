"""What residents type: a concern, that one matters to them too, the code of one."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from wtforms.validators import Optional

from engage.concerns.forms.address import EmailText
from engage.concerns.queries import concerns
from engage.concerns.queries.concerns import Subject
from engage.concerns.rules.reasons import Reason
from engage.core import i18n
from engage.core.fields import BooleanField, Choice, Form, FormKey, LongText, Text, needed, read_id
from engage.core.i18n import gettext as _
from engage.core.i18n import language_choices
from engage.core.i18n import lazy_gettext as _l
from engage.events.models import Event
from engage.places import queries as places

LONGEST = 2000


@dataclass(frozen=True)
class About:
    """What the page somebody came from was about."""

    event: Event | None = None
    area: places.Area | None = None
    programme: Subject | None = None

    def ids(self) -> dict[str, UUID]:
        found = {"event_id": self.event, "programme_id": None if self.event else self.programme}
        return {name: row.id for name, row in found.items() if row is not None}

    @property
    def programme_id(self) -> UUID | None:
        return self.event.programme_id if self.event else self.programme.id if self.programme else None


class RaiseForm(Form):
    """Something somebody wants the city to hear. Everything but the words is optional."""

    text = LongText(
        _l("What would you like to talk about?"), longest=LONGEST,
        validators=[needed(_l("Please write what you would like to talk about."))],
    )
    language = Choice(_l("Written in"), choices=language_choices)
    neighbourhood = Choice(_l("Neighbourhood"), choices=[], validators=[Optional()])
    theme = Choice(_l("Theme"), choices=[], validators=[Optional()])
    place = Text(_l("Where is it?"), longest=200)
    email = EmailText(_l("Email address"))
    wants_letters = BooleanField(_l("Write to me at each step"))
    form_key = FormKey()

    BESIDE: ClassVar[Mapping[StrEnum, str]] = {Reason.EMPTY: "text"}

    def __init__(self, about: About, own_address: str | None, *, data: Mapping[str, Any]) -> None:
        """Ask what isn't known; `own_address` is a signed-in author's, None for everybody else."""
        area = {"neighbourhood": str(about.area.id)} if about.area else {}
        super().__init__(data={**data, **area, "email": own_address or "", "wants_letters": True})
        themes = concerns.themes_for(about.programme_id, about.area.id if about.area else None)
        self.theme.choices = [("", _("I don't know")), *((str(row.id), row.name.shown(i18n.locale()).text) for row in themes)]
        areas = ((str(row.id), row.name) for row in places.all_neighbourhoods())
        self.neighbourhood.choices = [("", _("All of the city")), *areas]
        is_asked = {"theme": bool(themes), "neighbourhood": about.event is None, "wants_letters": own_address is not None}
        for name in (name for name, is_shown in is_asked.items() if not is_shown):
            del self[name]

    def given(self) -> dict[str, Any]:
        """Return what was typed, by the names that `raising.Given` has for it."""
        ids = {f"{name}_id": read_id(self[name].data) for name in ("theme", "neighbourhood") if name in self}
        return {
            "text": self.text.data or "", "language": self.language.data, "place": self.place.data or "",
            "email": self.email.data or "", "form_key": self.form_key.data,
            "wants_letters": self.wants_letters.data if "wants_letters" in self else True, **ids,
        }


class SupportForm(Form):
    """Say that a concern matters to one more."""

    email = EmailText(_l("Email address"), validators=[needed(_l("Please give your email address."))])


class CodeForm(Form):
    """The code of a concern that was raised without a name."""

    code = Text(_l("Your code"), longest=40, validators=[needed()])
