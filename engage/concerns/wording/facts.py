"""What the ledger calls each fact of concerns."""

from engage.core.i18n import lazy_gettext as _l
from engage.core.ledger import Names

FACTS: Names = {
    "ConcernMoved": _l("Concern taken a step further"),
    # raising and tending
    "ConcernRaised": _l("Concern raised"),
    "ConcernSupported": _l("Concern matters to one more"),
    "ConcernHidden": _l("Concern hidden"),
    "ConcernShownAgain": _l("Concern shown again"),
    "ConcernSorted": _l("Concern sorted by theme and neighbourhood"),
    "ConcernSummarised": _l("Concern translated or summarised"),
    "ConcernsMerged": _l("Concerns joined"),
    # agendas, minutes and action items
    "AgendaChanged": _l("Agenda changed"),
    "AgendaPublished": _l("Agenda published"),
    "MinutesWritten": _l("Minutes written"),
    "MinutesPublished": _l("Minutes published"),
    "ActionItemMade": _l("Action item made"),
    "ActionItemChanged": _l("Action item changed"),
    "ActionItemEnded": _l("Action item ended"),
}
