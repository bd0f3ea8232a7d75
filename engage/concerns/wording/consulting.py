"""Consultations in the reader's language: why something can't be done, what states and facts are called."""

from collections.abc import Mapping
from typing import Any

from engage.concerns.rules.consulting import ConsultationState
from engage.concerns.rules.reasons import Reason
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.i18n import ngettext
from engage.core.ledger import Names
from engage.core.refusal import Wording


def _too_many_chosen(most: int) -> str:
    return ngettext("Please choose %(num)s theme.", "Please choose at most %(num)s themes.", most)


def _too_many_sheets(most: int) -> str:
    return ngettext("At most %(num)s sheet at a time.", "At most %(num)s sheets at a time.", most)


def _sheet_wrong(number: int, most: int) -> str:
    return _(
        "Line %(number)s: please give the numbers of different themes, at most %(most)s, the most important first.",
        number=number, most=most,
    )


WORDING: Wording = {
    Reason.NOT_IN_THIS_STATE: lambda **_more: _("This can't be done at this point of the consultation."),
    Reason.TITLE_MISSING: lambda: _("Please give it a title in at least one language."),
    Reason.PROGRAMME_IS_CLOSED: lambda **_more: _(
        "This kind of meeting is closed: only those invited know of it, so it has no public consultation."
    ),
    Reason.TOO_FEW_THEMES: lambda: _("This kind of meeting has too few themes to rank. An administrator can add some."),
    Reason.NO_THEME_CHOSEN: lambda **_more: _("Please choose at least one theme."),
    Reason.TOO_MANY_CHOSEN: _too_many_chosen,
    Reason.CHOSEN_TWICE: lambda **_more: _("You chose the same theme twice. Please choose a different one for each place."),
    Reason.NO_SUCH_THEME: lambda **_more: _("One of these themes can't be chosen any more. Please look again."),
    Reason.NO_PRIORITY: lambda: _("Please give at least one theme a place."),
    Reason.NOT_RANKED_YET: lambda: _("Nobody has ranked the themes yet, so there are no numbers to publish."),
    Reason.NO_SHEETS: lambda **_more: _("Please enter at least one sheet."),
    Reason.TOO_MANY_SHEETS: _too_many_sheets,
    Reason.SHEET_WRONG: _sheet_wrong,
    Reason.NO_SUCH_MEETING: lambda: _("Please choose one of the meetings of this consultation."),
}
STATES: Mapping[ConsultationState, Any] = {
    ConsultationState.COLLECTING: _l("Collecting concerns"),
    ConsultationState.RANKING: _l("Choosing what matters most"),
    ConsultationState.CLOSED: _l("Priorities agreed"),
}
FACTS: Names = {
    "ConsultationBegun": _l("Consultation begun"),
    "ConsultationChanged": _l("Consultation changed"),
    "RankingStarted": _l("Ranking of themes opened"),
    "ThemesRanked": _l("Themes ranked"),
    "SheetsEntered": _l("Paper rankings entered"),
    "ConsultationClosed": _l("Consultation closed with priorities"),
}
