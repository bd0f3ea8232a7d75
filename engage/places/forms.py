"""The shape of what staff type about places."""

from typing import Any
from uuid import UUID

from flask_wtf.file import FileField, FileRequired

from engage.core import access
from engage.core.fields import BooleanField, Choice, Form, Text, needed
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.rows import in_each_language, written
from engage.core.text import Localized
from engage.places import policy, queries
from engage.places.models import Venue

NOTHING = Localized({}, "en")


class ImportForm(Form):
    """A file of neighbourhoods."""

    file = FileField(_l("GeoJSON file"), validators=[FileRequired(_l("Please choose a file."))])

    def content(self) -> bytes:
        return bytes(self.file.data.read())


class VenueForm(Form):
    """A place to meet. Made by `venue_form`, which adds transport notes in each language."""

    name = Text(_l("Name"), longest=120, validators=[needed()])
    address = Text(_l("Address"), longest=300, validators=[needed()])
    neighbourhood = Choice(_l("Neighbourhood"), choices=[], validators=[needed(_l("Please choose one."))])
    is_step_free = BooleanField(_l("Step-free access"))
    has_hearing_loop = BooleanField(_l("Hearing loop"))
    before = NOTHING

    def given(self) -> dict[str, Any]:
        """Return the venue as `actions.add_venue` takes it."""
        return {
            "name": self.name.data, "address": self.address.data, "neighbourhood_id": UUID(self.neighbourhood.data),
            "is_step_free": self.is_step_free.data, "has_hearing_loop": self.has_hearing_loop.data,
            "transport": written(self, "transport", self.before),
        }


def venue_form(venue: Venue | None = None) -> VenueForm:
    """Return the form of a venue, as it is kept or as it was sent."""
    notes = in_each_language("transport", _l("How to get there"), longest=1_000, is_long=True)
    form: VenueForm = type("VenueForm", (VenueForm,), notes)(data=_kept(venue) if venue else {})
    form.before = venue.transport if venue else NOTHING
    mine = [area for area in queries.all_neighbourhoods() if policy.may_edit_venue(access.actor(), area.id)]
    form.neighbourhood.choices = [("", _("Please choose")), *((str(area.id), area.name) for area in mine)]
    return form


def _kept(venue: Venue) -> dict[str, Any]:
    kept = {name: getattr(venue, name) for name in ("name", "address", "is_step_free", "has_hearing_loop")}
    texts = {f"transport_{code}": text for code, text in venue.transport.texts.items()}
    return {**kept, **texts, "neighbourhood": str(venue.neighbourhood_id)}
