"""Why something can't be done with funding now, in the reader's language."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from engage.core.i18n import day, hour, listing, money, ngettext
from engage.core.i18n import gettext as _
from engage.core.refusal import Wording
from engage.funding.rules.reasons import Reason
from engage.funding.rules.states import State
from engage.funding.wording import labels


def _state(state: State) -> str:
    return _("This can't be done now: the application is at “%(state)s”.", state=str(labels.STATES[State(state)]))


def _opens(opens_at: datetime, zone: str) -> str:
    return _("You can apply from %(day)s at %(hour)s.", day=day(opens_at, zone), hour=hour(opens_at, zone))


def _closed(closed_at: datetime, zone: str) -> str:
    return _("This round closed on %(day)s at %(hour)s.", day=day(closed_at, zone), hour=hour(closed_at, zone))


def _lacking(sentence: str, names: Mapping[Any, Any], missing: Iterable[Any]) -> str:
    return sentence % {"things": listing(str(names[item]) for item in missing)}


def _round_lacks(missing: Iterable[Any]) -> str:
    return _lacking(_("Still missing: %(things)s"), labels.ROUND_MISSING, missing)


def _application_lacks(missing: Iterable[Any]) -> str:
    return _lacking(_("Still missing: %(things)s"), labels.APPLICATION_MISSING, missing)


def _report_lacks(missing: Iterable[Any]) -> str:
    return _lacking(_("Still missing: %(things)s"), labels.REPORT_MISSING, missing)


def _lines(lines: int, total: int, currency: str) -> str:
    return _(
        "The lines come to %(lines)s, but you ask for %(total)s. Please make them the same.",
        lines=money(lines, currency), total=money(total, currency),
    )


def _too_few_reviews(least: int, given: int) -> str:
    return ngettext(
        "An award needs at least %(num)s review; %(given)s given so far.",
        "An award needs at least %(num)s reviews; %(given)s given so far.", least, given=given,
    )


WORDING: Wording = {
    Reason.NOT_IN_THIS_STATE: _state,
    Reason.CHANGED_MEANWHILE: lambda: _("Somebody else changed this while you had it open. Please look again."),
    Reason.ROUND_NOT_COMPLETE: _round_lacks,
    Reason.CLOSES_BEFORE_OPENING: lambda: _("It would close before it opens."),
    Reason.BUDGET_BELOW_AWARDED: lambda awarded, currency: _(
        "%(awarded)s are awarded already: the budget can't be less.", awarded=money(awarded, currency)
    ),
    Reason.CAP_ABOVE_BUDGET: lambda: _("The most for one dinner can't be more than the whole budget."),
    Reason.FIXED_ONCE_PUBLISHED: lambda: _("This can't change any more: people have applied by it."),
    Reason.NOT_OPEN_YET: _opens,
    Reason.ROUND_CLOSED: _closed,
    Reason.OVER_CAP: lambda cap, currency: _("This round gives at most %(cap)s to one dinner.", cap=money(cap, currency)),
    Reason.NOT_IN_ROUND_AREAS: lambda: _("This round is for other neighbourhoods."),
    Reason.NOT_IN_ROUND_PROGRAMMES: lambda: _("This round is for other kinds of meetings."),
    Reason.REPORT_OUTSTANDING: lambda title: _(
        "Please first report about your funded dinner “%(title)s”. Then you can apply again.", title=title
    ),
    Reason.SAME_DINNER: lambda: _("There is an application for this dinner already."),
    Reason.DINNER_IS_PUBLIC: lambda: _("This dinner is public already. Funding is for dinners still being prepared."),
    Reason.DINNER_IN_THE_PAST: lambda: _("The day you plan the dinner for has gone by."),
    Reason.NOT_COMPLETE: _application_lacks,
    Reason.LINES_DONT_ADD_UP: _lines,
    Reason.TOO_MANY_LINES: lambda most: ngettext(
        "A budget has at most %(num)s line. Please put some together.",
        "A budget has at most %(num)s lines. Please put some together.", most,
    ),
    Reason.OWN_APPLICATION: lambda: _("Nobody judges their own application, nor their co-host's or organisation's."),
    Reason.CONFLICT_DECLARED: lambda: _("They stood back from this application because of a conflict of interest."),
    Reason.NOT_A_REVIEWER: lambda: _("This person doesn't review in this neighbourhood."),
    Reason.ALREADY_ASSIGNED: lambda: _("They are asked already."),
    Reason.ALREADY_REVIEWED: lambda: _("Their review is in already."),
    Reason.SCORE_MISSING: lambda: _("Please give points for everything."),
    Reason.TOO_FEW_REVIEWS: _too_few_reviews,
    Reason.CO_HOST_HAS_NOT_ANSWERED: lambda: _("The co-host has not said yes yet."),
    Reason.ABOVE_ASKED: lambda asked, currency: _(
        "They asked for %(asked)s: an award can't be more.", asked=money(asked, currency)
    ),
    Reason.LESS_WITHOUT_NOTE: lambda: _("This is less than they asked for. Please say why: the host reads it."),
    Reason.OVER_BUDGET: lambda left, currency: _("Only %(left)s are left in this round.", left=money(left, currency)),
    Reason.NOTHING_CHOSEN: lambda: _("Please choose at least one application."),
    Reason.NO_REASON_GIVEN: lambda: _("Please choose at least one reason."),
    Reason.NOTHING_TO_ACCEPT: lambda: _("There is no agreement to accept now."),
    Reason.ANOTHER_VERSION: lambda: _("The agreement has changed since you opened the page. Please read the new one."),
    Reason.NOT_A_COACH: lambda: _("This person doesn't coach in this neighbourhood."),
    Reason.REPORT_NOT_COMPLETE: _report_lacks,
    Reason.TOO_MANY_FILES: lambda most: ngettext(
        "A report has at most %(num)s file.", "A report has at most %(num)s files.", most
    ),
    Reason.FILE_TOO_LARGE: lambda most_mb: _("This file is too large: at most %(most)s MB, please.", most=most_mb),
    Reason.FILE_NOT_KNOWN: lambda: _("Please choose a picture (JPEG, PNG or WebP) or a PDF."),
    Reason.FILE_BROKEN: lambda: _("This picture can't be opened. Please take it again or choose another one."),
    Reason.PICTURE_TOO_LARGE: lambda: _("This picture has too many pixels. Please make it smaller."),
    Reason.CONSENT_NEEDED: lambda: _("Please tick that everybody shown agrees. Without it we can't keep the photo."),
    Reason.NOT_JUDGED: lambda: _("Please check every receipt first."),
    Reason.ABOVE_RECEIPT: lambda: _("More than the receipt says can't be accepted."),
    Reason.MORE_THAN_AWARDED: lambda left, currency: _(
        "That is more than is still to be paid: %(left)s.", left=money(left, currency)
    ),
    Reason.MORE_THAN_PAID: lambda paid, currency: _("That is more than was paid: %(paid)s.", paid=money(paid, currency)),
    Reason.ALREADY_CORRECTED: lambda: _("This payment was corrected already."),
    Reason.LOOKS_LIKE_ACCOUNT: lambda: _("This looks like an account number. Please take it out: we keep none."),
    Reason.NO_ADVANCE_IN_THIS_ROUND: lambda: _("This round pays after the dinner, against receipts."),
    Reason.AGREEMENT_MISSING: lambda: _("The host has not accepted the funding agreement yet."),
    Reason.PAID_IN_THE_FUTURE: lambda: _("This day is still to come. Please enter payments once they are made."),
}
