"""What pages made of many features ask."""

from uuid import UUID

from engage.core.fields import Choice, Date, Form, Text, ValidationError
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l


class LedgerSearch(Form):
    """Narrows the ledger. Reads only, so it travels by GET and needs no token."""

    class Meta(Form.Meta):
        csrf = False

    kind = Choice(_l("What happened"), choices=[])
    first = Date(_l("From"))
    last = Date(_l("To"))
    about = Text(_l("Number of a person, meeting or place"), longest=36)

    def validate_about(self, field: Text) -> None:
        """Refuse what is no id."""
        try:
            UUID(field.data) if field.data else None
        except ValueError as error:
            raise ValidationError(_("This is no number of the ledger. Each line has some under its details.")) from error
