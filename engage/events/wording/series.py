"""Series in the reader's language: rules, feasts, clashes, and why one can't be as it is wanted."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from engage.core.i18n import day as day_in_words
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.i18n import ngettext
from engage.core.refusal import Wording
from engage.events.rules.series import MOST_DATES, Clash, Feast, Pattern, Scope, SeriesReason

MONDAY = date(2024, 1, 1)
LAST = -1


def weekdays() -> list[str]:
    """Return the days of the week, Monday first."""
    return [day_in_words(MONDAY + timedelta(days=number), "UTC", "cccc") for number in range(7)]


def turns() -> dict[int, str]:
    """Return which of a month's Tuesdays may be meant."""
    return {1: _("The first"), 2: _("The second"), 3: _("The third"), 4: _("The fourth"), LAST: _("The last")}


def pattern(of: Pattern) -> str:
    """Return a kind of rule as a choice."""
    return {
        Pattern.MONTHLY: _("Once a month, for example on the first Tuesday"),
        Pattern.WEEKLY: _("Every week, or every few weeks"),
        Pattern.DAYS: _("On days that I choose"),
    }[Pattern(of)]


def scope(of: Scope) -> str:
    """Return how far a change reaches, as a choice."""
    return {
        Scope.THIS: _("This one alone"),
        Scope.FOLLOWING: _("This one and those that follow"),
        Scope.ALL: _("All that are still to come"),
    }[Scope(of)]


_FEASTS: Mapping[Feast, Any] = {
    Feast.RAMADAN: _l("Ramadan"),
    Feast.EID_AL_FITR: _l("Eid al-Fitr"),
    Feast.EID_AL_ADHA: _l("Eid al-Adha"),
    Feast.ROSH_HASHANAH: _l("Rosh Hashanah"),
    Feast.YOM_KIPPUR: _l("Yom Kippur"),
    Feast.PASSOVER: _l("Passover"),
    Feast.GOOD_FRIDAY: _l("Good Friday"),
    Feast.EASTER_MONDAY: _l("Easter Monday"),
    Feast.ORTHODOX_EASTER: _l("Orthodox Easter"),
    Feast.DIWALI: _l("Diwali"),
    Feast.LUNAR_NEW_YEAR: _l("Lunar New Year"),
}


def feast(of: Feast, *, is_eve: bool = False, is_evening: bool = False) -> str:
    """Return a feast's name as it concerns a meeting."""
    if is_eve:
        return _("%(day)s begins that evening", day=str(_FEASTS[of]))
    if of == Feast.RAMADAN and is_evening:
        return _("Ramadan evening")
    return str(_FEASTS[of])


def clash(of: Clash) -> str:
    """Return what another meeting would share, before its name."""
    return {
        Clash.VENUE: _("The place is taken at this time:"),
        Clash.HOST: _("Who leads the talk is at another meeting:"),
        Clash.NEIGHBOURHOOD: _("Another meeting in this neighbourhood that day:"),
    }[of]


def _too_many(**_more: Any) -> str:
    return ngettext(
        "These would be more than %(num)s date. Please choose an earlier last day, or fewer meetings.",
        "These would be more than %(num)s dates. Please choose an earlier last day, or fewer meetings.",
        MOST_DATES,
    )


def _not_your_area(place: str = "") -> str:
    if place:
        return _("%(place)s is in a neighbourhood that you do not work for.", place=place)
    return _("Some of these dates are in neighbourhoods that you do not work for. Nothing was changed.")


WORDING: Wording = {
    SeriesReason.NO_FIRST_DAY: lambda: _("Please say from which day on."),
    SeriesReason.NO_END: lambda: _("Please say how many meetings, or until which day."),
    SeriesReason.ENDS_BEFORE_START: lambda: _("The last day is before the first. Please check both."),
    SeriesReason.NO_DATES: lambda: _("There is no date left. Please choose at least one."),
    SeriesReason.TOO_MANY_DATES: _too_many,
    SeriesReason.NOT_YOUR_AREA: _not_your_area,
    SeriesReason.ALREADY_A_DATE: lambda: _("This series has a meeting at that time and place already."),
    SeriesReason.NOTHING_TO_COME: lambda: _("None of these dates is still to come."),
    SeriesReason.NOTHING_DIFFERENT: lambda: _("Nothing is different: these dates are like that already."),
}

_CHANGES: Mapping[str, Callable[[], str]] = {
    "Shift": lambda: _("other hours"), "Where": lambda: _("another place"), "Words": lambda: _("other texts"),
    "Details": lambda: _("languages and access"), "Places": lambda: _("how many can come"), "CalledOff": lambda: _("cancelled"),
}


def history(kind: str, details: Mapping[str, Any]) -> str | None:
    """Return a fact about a series as one sentence, None for facts of others."""
    count = details.get("dates", 0)
    if kind == "events.SeriesScheduled":
        return ngettext("Scheduled, with %(num)s date", "Scheduled, with %(num)s dates", count)
    if kind == "events.SeriesExtended":
        return ngettext("%(num)s date added", "%(num)s dates added", count)
    if kind != "events.SeriesChanged":
        return None
    what = _CHANGES[details["what"]]()
    return ngettext("%(num)s date changed: %(what)s", "%(num)s dates changed: %(what)s", count, what=what)
