"""Why something can't be done with a concern, in the reader's language."""

from engage.concerns.rules.reasons import Reason
from engage.core.i18n import gettext as _
from engage.core.refusal import Wording

WORDING: Wording = {
    Reason.NOT_AT_THIS_STEP: lambda: _("That can't follow from where this concern is now."),
    Reason.CHANGED_MEANWHILE: lambda: _("Somebody changed this a moment ago. Please look again."),
}
