"""What the ledger calls each fact of concerns."""

from engage.core.i18n import lazy_gettext as _l
from engage.core.ledger import Names

FACTS: Names = {
    "ConcernMoved": _l("Concern taken a step further"),
}
