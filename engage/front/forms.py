"""What pages made of many features ask."""

from flask import request

from engage.core.city import city
from engage.core.fields import Choice, Choices, Date, Form, Number, Optional, Text, ValidationError
from engage.core.i18n import gettext, ngettext, own_name
from engage.core.i18n import lazy_gettext as _l
from engage.core.pages import MOST_LANGUAGES


class LedgerSearch(Form):
    """Narrows the ledger. Reads only, so it travels by GET and needs no token."""

    class Meta(Form.Meta):
        csrf = False

    kind = Choice(_l("What happened"), choices=[])
    first = Date(_l("From"))
    last = Date(_l("To"))
    about = Text(_l("Whom or what it is about"), longest=254)

    def validate_last(self, field: Date) -> None:
        if field.data and self.first.data and field.data < self.first.data:
            raise ValidationError(gettext("This is before the first day. Please turn them round."))


class MeetingSearch(Form):
    """Finds the meeting that somebody at the counter means. Reads the address bar, changes nothing."""

    class Meta(Form.Meta):
        csrf = False

    words = Text(_l("Words of the title"))
    area = Choice(_l("Neighbourhood"), choices=[])


MOST_TABLES = 40


class PrintForm(Form):
    """In which languages to print, and for how many tables. Reads the address bar, changes nothing."""

    languages = Choices(_l("Languages on the paper"), choices=list)
    tables = Number(_l("How many tables?"), least=1, most=MOST_TABLES, validators=[Optional()])

    class Meta(Form.Meta):
        csrf = False

    def validate_languages(self, field: Choices) -> None:
        """Refuse more than fit beside each other."""
        if len(field.data or ()) > MOST_LANGUAGES:
            raise ValidationError(ngettext(
                "At most %(num)s language fits on a sheet.", "At most %(num)s languages fit on a sheet.", MOST_LANGUAGES
            ))


def print_form(languages: list[str], tables: int) -> PrintForm:
    """Return the choice as it was made, or as the meeting suggests it."""
    form = PrintForm(request.args or None, data={"languages": languages, "tables": tables})
    form.languages.choices = [(code, own_name(code)) for code in city().locales]
    form.languages.data = form.languages.data or languages
    if form.tables.data is None and not form.tables.errors:
        form.tables.data = tables
    return form
