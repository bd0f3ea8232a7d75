"""Why something can't be done with a concern, in the reader's language."""

from engage.concerns.rules.reasons import Reason
from engage.core.i18n import gettext as _
from engage.core.refusal import Wording

WORDING: Wording = {
    Reason.NOT_AT_THIS_STEP: lambda: _("That can't follow from where this concern is now."),
    Reason.CHANGED_MEANWHILE: lambda: _("Somebody changed this a moment ago. Please look again."),
    # raising and tending
    Reason.EMPTY: lambda: _("Please write what you would like to talk about."),
    Reason.NO_SUCH_THING: lambda: _("Something you chose is no longer there. Please choose again."),
    Reason.ALREADY_COUNTED: lambda: _("You have said so before, and it counts. Thank you!"),
    Reason.NO_WORDS: lambda: _("Please write it in at least one language."),
    Reason.IS_HIDDEN: lambda: _("This concern is hidden. Show it again first."),
    Reason.IS_MERGED: lambda: _("This concern is part of another one now. Please work on that one."),
    Reason.INTO_ITSELF: lambda: _("A concern can't be joined with itself. Please choose another one."),
    Reason.IN_A_CIRCLE: lambda: _("That one is part of this one already. Joining them would go round in a circle."),
    Reason.INTO_HIDDEN: lambda: _("That concern is hidden. Please choose another one."),
    Reason.INTO_MERGED: lambda: _("That concern is part of another one now. Please choose the one it is part of."),
}
