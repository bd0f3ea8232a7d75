"""What the ledger calls each fact of concerns."""

from engage.core.i18n import lazy_gettext as _l
from engage.core.ledger import Names

FACTS: Names = {
    "ConcernMoved": _l("Concern taken a step further"),
    # agendas, minutes and action items
    "AgendaChanged": _l("Agenda changed"),
    "AgendaPublished": _l("Agenda published"),
    "MinutesWritten": _l("Minutes written"),
    "MinutesPublished": _l("Minutes published"),
    "ActionItemMade": _l("Action item made"),
    "ActionItemChanged": _l("Action item changed"),
    "ActionItemEnded": _l("Action item ended"),
}
