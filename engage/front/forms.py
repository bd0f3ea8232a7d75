"""What pages made of many features ask."""

from engage.core.fields import Choice, Date, Form, Text
from engage.core.i18n import lazy_gettext as _l


class LedgerSearch(Form):
    """Narrows the ledger. Reads only, so it travels by GET and needs no token."""

    class Meta(Form.Meta):
        csrf = False

    kind = Choice(_l("What happened"), choices=[])
    first = Date(_l("From"))
    last = Date(_l("To"))
    about = Text(_l("Whom or what it is about"), longest=254)
