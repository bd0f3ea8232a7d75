"""What calendars say of a day: public holidays of a country, and the days that keep many at home.

The dates of Islamic days are computed (Umm al-Qura) and may differ by a day from what is seen in the sky
and announced. Islamic and Jewish days begin at sunset the evening before: such an evening is named as well.
"""

import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateutil.easter import EASTER_ORTHODOX, easter
from hijridate import Gregorian
from holidays import HolidayBase, country_holidays, list_localized_countries
from pyluach.dates import HebrewDate

from engage.events.rules.series import EVENING, Feast

DAY = timedelta(days=1)
FROM_SUNSET = frozenset({
    Feast.RAMADAN, Feast.EID_AL_FITR, Feast.EID_AL_ADHA, Feast.ROSH_HASHANAH, Feast.YOM_KIPPUR, Feast.PASSOVER,
})
# Feasts by month and days of their own calendars; Passover as outside of Israel.
_ISLAMIC = {9: (1, 30, Feast.RAMADAN), 10: (1, 3, Feast.EID_AL_FITR), 12: (10, 13, Feast.EID_AL_ADHA)}
_JEWISH = ((7, 1, 2, Feast.ROSH_HASHANAH), (7, 10, 10, Feast.YOM_KIPPUR), (1, 15, 22, Feast.PASSOVER))
# Which country's list of public holidays has a feast, and how its name begins: the first day of it in a year is the feast,
# those that follow are days off. The night before the new year is listed under another name.
_LISTED = ((Feast.DIWALI, "MU", "Diwali"), (Feast.LUNAR_NEW_YEAR, "CN", "Chinese New Year ("))


@dataclass(frozen=True)
class Kept:
    """A feast that falls on a meeting; `is_eve`: it begins that evening."""

    feast: Feast
    is_eve: bool = False


def feasts(start: datetime, end: datetime) -> list[Kept]:
    """Return the feasts that a meeting (wall times) falls on, and those that begin on its evening."""
    on_day = feasts_of(start.date())
    kept = [Kept(feast) for feast in on_day]
    if end.date() > start.date() or end.time() > EVENING:
        begin = [feast for feast in feasts_of(start.date() + DAY) if feast in FROM_SUNSET and feast not in on_day]
        kept += [Kept(feast, is_eve=True) for feast in begin]
    return kept


@lru_cache(maxsize=512)
def feasts_of(day: date) -> tuple[Feast, ...]:
    """Return the feasts of a day of the common calendar."""
    found: list[Feast] = []
    for look_up in (_islamic, _jewish, _christian, _listed):
        found += look_up(day)
    return tuple(found)


def _islamic(day: date) -> list[Feast]:
    try:
        hijri = Gregorian.fromdate(day).to_hijri()
    except OverflowError:  # the tables end in 2077
        return []
    first, last, feast = _ISLAMIC.get(hijri.month, (0, -1, Feast.RAMADAN))
    return [feast] if first <= hijri.day <= last else []


def _jewish(day: date) -> list[Feast]:
    hebrew = HebrewDate.from_pydate(day)
    return [feast for month, first, last, feast in _JEWISH if hebrew.month == month and first <= hebrew.day <= last]


def _christian(day: date) -> list[Feast]:
    western, orthodox = easter(day.year), easter(day.year, EASTER_ORTHODOX)
    named = ((western - 2 * DAY, Feast.GOOD_FRIDAY), (western + DAY, Feast.EASTER_MONDAY), (orthodox, Feast.ORTHODOX_EASTER))
    return [feast for when, feast in named if when == day]


def _listed(day: date) -> list[Feast]:
    return [feast for feast, country, begin in _LISTED if day == _first_named(country, begin, day.year)]


@lru_cache(maxsize=64)
def _first_named(country: str, begin: str, year: int) -> date | None:
    calendar = _calendar(country, "", "en_US", year)
    named = (day for day in calendar or () if calendar and any(name.startswith(begin) for name in calendar.get_list(day)))
    return min(named, default=None)


def public_holidays(day: date, country: str, region: str, locale: str) -> list[str]:
    """Return the names of public holidays of a country and one of its regions on a day: the reader's, else its own."""
    calendar = _calendar(country, region, _language(country, locale), day.year)
    return calendar.get_list(day) if calendar is not None else []


@lru_cache(maxsize=64)
def _calendar(country: str, region: str, language: str | None, year: int) -> HolidayBase | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # years beyond a list's end have fewer names: nothing to do about it
            return country_holidays(country, region or None, years=year, expand=False, language=language)
    except NotImplementedError:  # no such country or region, or none that anybody has listed
        return _calendar(country, "", language, year) if region else None


@lru_cache(maxsize=64)
def _language(country: str, locale: str) -> str | None:
    """Return the language in which a country's holidays are named for a reader."""
    offered = list_localized_countries().get(country, [])
    close: Callable[[str], bool] = lambda code: code.partition("_")[0] == locale  # noqa: E731
    own = getattr(_calendar(country, "", None, 2000), "default_language", None)
    return _first([code for code in offered if code == f"{locale}_{country}"], filter(close, offered)) or own


def _first(*groups: Iterable[str]) -> str | None:
    return next((code for group in groups for code in group), None)


def clocks_change(day: date, zone: str) -> bool:
    """Say whether the clocks of a zone change in the night before a day or the one after."""
    noons = (datetime.combine(day + number * DAY, time(12), tzinfo=ZoneInfo(zone)) for number in (-1, 0, 1))
    return len({noon.utcoffset() for noon in noons}) > 1
