"""The shape of a letter to guests: in as many languages as its writer has, each beside the others."""

from typing import Any

from engage.core.city import city
from engage.core.fields import Choice, Form, FormKey, needed
from engage.core.i18n import gettext, language_name, locale
from engage.core.i18n import lazy_gettext as _l
from engage.core.rows import in_each_language, made, written
from engage.core.text import Localized
from engage.events.actions import ToGuests
from engage.events.models import Event
from engage.events.rules import Audience, Reach

LONGEST_SUBJECT, LONGEST_LETTER = 100, 4000
AUDIENCES = (
    (Audience.REGISTERED, _l("Everybody who has a place")), (Audience.WAITING, _l("Everybody who waits or asks for one")),
    (Audience.EVERYBODY, _l("Both")),
)
REACHES = (
    (Reach.EVENT, _l("This meeting")), (Reach.SERIES, _l("All coming meetings of this series")),
)


class WriteForm(Form):
    """A letter to guests. Made by `write_form`, which adds subject and words in each language."""

    form_key = FormKey()
    audience = Choice(_l("Who gets it?"), choices=AUDIENCES, default=Audience.REGISTERED, validators=[needed()])
    reach = Choice(_l("For which meetings?"), choices=REACHES, default=Reach.EVENT, validators=[needed()])

    @property
    def languages(self) -> list[str]:
        """Return the languages to write in, the reader's own first."""
        return sorted(city().locales, key=lambda code: code != locale())

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse half a letter: in each language both parts are there, or neither, and in one they are."""
        is_valid = bool(super().validate(extra_validators))
        if not any(self[f"{part}_{code}"].data for code in self.languages for part in ("subject", "body")):
            for part in ("subject", "body"):
                self._point_at(part, locale(), gettext("Please fill this in."))
            return False
        for code in self.languages:
            is_valid = self._is_whole(code) and is_valid
        return is_valid

    def _is_whole(self, code: str) -> bool:
        parts = [part for part in ("subject", "body") if self[f"{part}_{code}"].data]
        missing = {"subject", "body"}.difference(parts) if parts else ()
        for part in missing:
            self._point_at(part, code, gettext("Please write this in %(language)s as well.", language=language_name(code)))
        return not missing

    def _point_at(self, part: str, code: str, message: str) -> None:
        field = self[f"{part}_{code}"]
        field.errors = [*field.errors, message]

    def given(self) -> ToGuests:
        """Return the letter as the action takes it."""
        nothing = Localized({}, locale())
        return ToGuests(
            form_key=self.form_key.data or "", audience=Audience(self.audience.data),
            reach=Reach(self.reach.data) if "reach" in self else Reach.EVENT,
            subject=written(self, "subject", nothing), body=written(self, "body", nothing),
        )


def write_form(event: Event) -> WriteForm:
    """Return the form of a letter; where the event is one of a series, it may be for all of them to come."""
    fields = {
        **in_each_language("subject", _l("Subject"), longest=LONGEST_SUBJECT),
        **in_each_language("body", _l("Your letter"), longest=LONGEST_LETTER, is_long=True),
    }
    form = made(WriteForm, fields, {})
    if event.series_id is None:
        del form.reach
    return form
