"""The shape of what is typed at the door."""

from collections.abc import Iterable

from engage.attendance.rules import MOST_WALK_INS
from engage.core.city import city
from engage.core.fields import Choice, Form, FormKey, Number, Text, needed
from engage.core.i18n import SPOKEN, language_name
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l


class CheckInForm(Form):
    """How many of a party came."""

    came = Number(_l("How many came"), least=1, most=MOST_WALK_INS, validators=[needed()])


class WalkInForm(Form):
    """People who came without a place: a count, or a name and language."""

    form_key = FormKey()
    people = Number(_l("How many people"), least=1, most=MOST_WALK_INS, default=1, validators=[needed()])
    called = Text(_l("Name"), longest=120)
    language = Choice(_l("Language they speak"), choices=list, default="")


def walk_in_form(spoken_here: Iterable[str]) -> WalkInForm:
    """Return the form for walk-ins, the event's languages first."""
    form = WalkInForm()
    first = list(dict.fromkeys((*spoken_here, *city().spoken, *city().locales)))
    others = sorted((code for code in SPOKEN if code not in first), key=language_name)
    form.language.choices = [("", _("Not said")), *((code, language_name(code)) for code in (*first, *others))]
    return form
