"""Why something can't be done with a concern, in the reader's language."""

from engage.concerns.rules.reasons import Reason
from engage.core.i18n import gettext as _
from engage.core.i18n import ngettext
from engage.core.refusal import Wording

WORDING: Wording = {
    Reason.NOT_AT_THIS_STEP: lambda: _("That can't follow from where this concern is now."),
    Reason.CHANGED_MEANWHILE: lambda: _("Somebody changed this a moment ago. Please look again."),
    # raising and tending
    Reason.EMPTY: lambda: _("Please write what you would like to talk about."),
    Reason.NO_SUCH_THING: lambda: _("Something you chose is no longer there. Please choose again."),
    Reason.IS_DONE: lambda: _("It is done already. If something is still wrong, please raise it anew."),
    Reason.ALREADY_COUNTED: lambda: _("You have said so before, and it counts. Thank you!"),
    Reason.WHY_MISSING: lambda: _("Please say why in your own words: the author reads it."),
    Reason.IS_HIDDEN: lambda: _("This concern is hidden. Show it again first."),
    Reason.IS_MERGED: lambda: _("This concern is part of another one now. Please work on that one."),
    Reason.INTO_ITSELF: lambda: _("A concern can't be joined with itself. Please choose another one."),
    Reason.IN_A_CIRCLE: lambda: _("That one is part of this one already. Joining them would go round in a circle."),
    Reason.INTO_HIDDEN: lambda: _("That concern is hidden. Please choose another one."),
    Reason.INTO_MERGED: lambda: _("That concern is part of another one now. Please choose the one it is part of."),
    Reason.BEHIND_CLOSED_DOORS: lambda: _("One of the two was raised behind closed doors. Please choose another one."),
    # agendas, minutes and action items
    Reason.AGENDA_IS_EMPTY: lambda: _("There is nothing on the agenda yet. Please add at least one item."),
    Reason.AGENDA_IS_FULL: lambda most: ngettext(
        "An agenda has at most %(num)s item. Please put some together.",
        "An agenda has at most %(num)s items. Please put some together.", most,
    ),
    Reason.MEETING_IS_OVER: lambda: _("This meeting is over: its agenda can't change any more."),
    Reason.MEETING_NOT_BEGUN: lambda: _("Minutes can be written once the meeting has begun."),
    Reason.MEETING_IS_OFF: lambda: _("This meeting is not public, or does not take place."),
    Reason.NOTHING_CHOSEN: lambda: _("Please choose at least one concern."),
    Reason.NOT_FOR_THIS_MEETING: lambda: _("One of these concerns can't come to this meeting any more. Please look again."),
    Reason.HAS_MINUTES: lambda: _("Something is written in the minutes about this item already: it stays on the agenda."),
    Reason.NO_MINUTES: lambda: _("Nothing is written yet. Please write what was said about at least one item."),
    Reason.CORRECTION_MISSING: lambda: _("Please say what was corrected, so that readers see it."),
    Reason.NOTHING_CORRECTED: lambda: _("Nothing has changed since these minutes were published."),
    Reason.TOO_MANY_VERSIONS: lambda: _("These minutes were corrected very often. Please talk with an administrator."),
    Reason.DUE_IN_THE_PAST: lambda: _("This day has gone by. Please choose one to come."),
    Reason.DUE_TOO_LATE: lambda: _("This is many years ahead. Please check the year."),
    Reason.STILL_TO_DO: lambda: _("Something is still to be done about it. Please end its action items first."),
    Reason.ACTION_ENDED: lambda: _("This action item is done or dropped already."),
    Reason.WORDS_MISSING: lambda: _("Please write it in at least one language."),
}
