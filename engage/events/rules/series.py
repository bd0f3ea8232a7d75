"""When a series meets: from a rule to its days, and whose turn each is. Days alone: it knows no hours and no zone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from itertools import islice
from typing import TypeVar

from dateutil.rrule import FR, MO, MONTHLY, SA, SU, TH, TU, WE, WEEKLY, rrule

_WEEKDAYS = (MO, TU, WE, TH, FR, SA, SU)
T = TypeVar("T")
MOST_DATES = 60  # of one series at a time: more than a year of weeks is planned anew by somebody
EVENING = time(16)  # from here on it may be dark: in calendars that count from sunset, the next day has begun


class Pattern(StrEnum):
    """The kinds of rules people say aloud."""

    MONTHLY = "monthly"  # "the first Tuesday"
    WEEKLY = "weekly"  # "every second week on Tuesdays and Fridays"
    DAYS = "days"  # days that somebody has chosen


class Scope(StrEnum):
    """How far a change of one date of a series reaches."""

    THIS = "this"
    FOLLOWING = "following"
    ALL = "all"  # all that are still to come


class Clash(StrEnum):
    """What another meeting at the time of a new one would share with it."""

    VENUE = "venue"
    HOST = "host"
    NEIGHBOURHOOD = "neighbourhood"


class Feast(StrEnum):
    """The days that keep many of those invited at home."""

    RAMADAN = "ramadan"
    EID_AL_FITR = "eid_al_fitr"
    EID_AL_ADHA = "eid_al_adha"
    ROSH_HASHANAH = "rosh_hashanah"
    YOM_KIPPUR = "yom_kippur"
    PASSOVER = "passover"
    GOOD_FRIDAY = "good_friday"
    EASTER_MONDAY = "easter_monday"
    ORTHODOX_EASTER = "orthodox_easter"
    DIWALI = "diwali"
    LUNAR_NEW_YEAR = "lunar_new_year"


class SeriesReason(StrEnum):
    """Why a series can't be as somebody wants it."""

    NO_FIRST_DAY = "no_first_day"
    NO_END = "no_end"
    ENDS_BEFORE_START = "ends_before_start"
    NO_DATES = "no_dates"
    TOO_MANY_DATES = "too_many_dates"
    NOT_YOUR_AREA = "not_your_area"
    ALREADY_A_DATE = "already_a_date"
    NOTHING_TO_COME = "nothing_to_come"
    NOTHING_DIFFERENT = "nothing_different"


@dataclass(frozen=True)
class Rule:
    """When a series meets. `nth` is of the month (-1: the last), weekdays count from Monday as 0."""

    pattern: Pattern
    first_day: date | None = None
    last_day: date | None = None
    times: int | None = None
    every: int = 1  # weeks or months from one turn to the next
    weekdays: tuple[int, ...] = ()  # none: that of the first day
    nth: int = 1
    days: tuple[date, ...] = ()


def rule_refusal(rule: Rule) -> SeriesReason | None:
    """Say why a rule makes no series, or None if it does; however many dates it has, only a few are looked at."""
    if rule.pattern == Pattern.DAYS:
        return _count_refusal(rule)
    if rule.first_day is None:
        return SeriesReason.NO_FIRST_DAY
    if rule.last_day is None and rule.times is None:
        return SeriesReason.NO_END
    if rule.last_day is not None and rule.last_day < rule.first_day:
        return SeriesReason.ENDS_BEFORE_START
    return _count_refusal(rule)


def _count_refusal(rule: Rule) -> SeriesReason | None:
    found = len(days_of(rule, MOST_DATES + 1))
    if found == 0:
        return SeriesReason.NO_DATES
    return SeriesReason.TOO_MANY_DATES if found > MOST_DATES else None


def days_of(rule: Rule, limit: int = MOST_DATES) -> list[date]:
    """Return the days a rule names, soonest first, the first `limit` of them: the rest is never made."""
    if rule.pattern == Pattern.DAYS:
        return sorted(set(rule.days))[:limit]
    assert rule.first_day is not None  # noqa: S101 - judged before
    turns = (turn.date() for turn in _turns(rule, rule.first_day))
    until = rule.last_day or date.max
    return [day for day in islice(turns, min(limit, rule.times or limit)) if day <= until]


def _turns(rule: Rule, first_day: date) -> rrule:
    """Return a rule's turns without an end, one at a time (RFC 5545, 3.3.10)."""
    weekdays = rule.weekdays or (first_day.weekday(),)
    begin = datetime.combine(first_day, time())
    if rule.pattern == Pattern.MONTHLY:
        by_weekday = [_WEEKDAYS[day](rule.nth) for day in weekdays]
        return rrule(MONTHLY, dtstart=begin, interval=rule.every, byweekday=by_weekday)
    return rrule(WEEKLY, dtstart=begin, interval=rule.every, byweekday=list(weekdays), wkst=0)


def rotate(places: Sequence[T], count: int) -> list[T]:
    """Return whose turn it is on each of so many dates: the places in order, again and again."""
    return [places[turn % len(places)] for turn in range(count)]


def as_plain(rule: Rule) -> dict[str, object]:
    """Return a rule as it is kept."""
    return {
        "pattern": rule.pattern.value, "first_day": _iso(rule.first_day), "last_day": _iso(rule.last_day), "times": rule.times,
        "every": rule.every, "weekdays": list(rule.weekdays), "nth": rule.nth, "days": [_iso(day) for day in rule.days],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
