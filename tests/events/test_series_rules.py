"""From rules to days: every one on its weekday, none too many, none outside; and what calendars say of them."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from engage.core import clock
from engage.events import adapters
from engage.events.adapters import Kept
from engage.events.rules.series import (
    MOST_DATES,
    Feast,
    Pattern,
    Rule,
    SeriesReason,
    days_of,
    rotate,
    rule_refusal,
)

MON, TUE, WED, THU, FRI = range(5)
DAYS = some.dates(date(2026, 1, 1), date(2090, 1, 1))
RULES = some.builds(
    Rule, some.sampled_from([Pattern.MONTHLY, Pattern.WEEKLY]), first_day=DAYS, last_day=some.one_of(some.none(), DAYS),
    times=some.one_of(some.none(), some.integers(1, 20_000)), every=some.integers(1, 26),
    weekdays=some.sets(some.integers(0, 6), max_size=7).map(lambda found: tuple(sorted(found))),
    nth=some.sampled_from([1, 2, 3, 4, -1]),
)
ZONES = some.sampled_from(["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Amman", "UTC"])


@given(RULES)
def test_a_rule_names_its_days_and_never_many(rule):
    refusal, first, last = rule_refusal(rule), rule.first_day, rule.last_day
    if rule.times is None and last is None:
        assert refusal == SeriesReason.NO_END
        return
    if last is not None and last < first:
        assert refusal == SeriesReason.ENDS_BEFORE_START
        return
    days = days_of(rule, MOST_DATES + 1)
    too_many = SeriesReason.TOO_MANY_DATES if len(days) > MOST_DATES else None
    assert refusal == (too_many if days else SeriesReason.NO_DATES)
    assert len(days) <= min(MOST_DATES + 1, rule.times or MOST_DATES + 1)
    assert days == sorted(set(days))
    assert all(day >= first and (last is None or day <= last) for day in days)
    assert {day.weekday() for day in days} <= set(rule.weekdays or [first.weekday()])
    if rule.pattern == Pattern.MONTHLY:
        assert all(_is_nth(day, rule.nth) for day in days)


def _is_nth(day, nth):
    return (day + timedelta(days=7)).month != day.month if nth == -1 else (day.day - 1) // 7 == nth - 1


@given(some.lists(DAYS, max_size=80))
def test_given_days_are_each_named_once(days):
    rule = Rule(Pattern.DAYS, days=tuple(days))
    assert days_of(rule, 100) == sorted(set(days))
    assert (rule_refusal(rule) is None) == (0 < len(set(days)) <= MOST_DATES)


@given(DAYS, some.times(time(5), time(22)).map(lambda found: found.replace(second=0, microsecond=0)), ZONES)
def test_the_hour_people_are_told_stays_whatever_the_clocks_do(first, hour, zone):
    days = days_of(Rule(Pattern.WEEKLY, first, times=30))
    walls = [datetime.combine(day, hour) for day in days]
    assert [clock.local(clock.at(wall, zone), zone).replace(tzinfo=None) for wall in walls] == walls


@given(some.lists(some.integers(), min_size=1, max_size=6, unique=True), some.integers(0, MOST_DATES))
def test_places_take_turns(places, count):
    turns = rotate(places, count)
    assert turns[: len(places)] == places[:count]
    assert all(turns[number] == turns[number - len(places)] for number in range(len(places), count))


@pytest.mark.parametrize("rule, days", [
    (Rule(Pattern.MONTHLY, date(2027, 1, 6), times=3, weekdays=(TUE,), nth=1), ["2027-02-02", "2027-03-02", "2027-04-06"]),
    (Rule(Pattern.MONTHLY, date(2027, 1, 1), times=2, weekdays=(FRI,), nth=-1), ["2027-01-29", "2027-02-26"]),
    (Rule(Pattern.WEEKLY, date(2027, 1, 6), times=3, every=2), ["2027-01-06", "2027-01-20", "2027-02-03"]),
    (Rule(Pattern.WEEKLY, date(2027, 1, 6), date(2027, 1, 21), every=2, weekdays=(TUE, THU)),
     ["2027-01-07", "2027-01-19", "2027-01-21"]),
    (Rule(Pattern.DAYS, days=(date(2027, 5, 2), date(2027, 1, 3))), ["2027-01-03", "2027-05-02"]),
])
def test_rules_people_say_aloud(rule, days):
    assert [day.isoformat() for day in days_of(rule)] == days


def meets(day, start=time(18, 30), end=time(20, 30)):
    return datetime.combine(day, start), datetime.combine(day, end)


@pytest.mark.parametrize("day, kept", [  # from published tables of each calendar
    (date(2027, 2, 7), [Kept(Feast.RAMADAN, is_eve=True)]),
    (date(2027, 2, 6), [Kept(Feast.LUNAR_NEW_YEAR)]), (date(2027, 2, 5), []), (date(2024, 2, 10), [Kept(Feast.LUNAR_NEW_YEAR)]),
    (date(2027, 2, 16), [Kept(Feast.RAMADAN)]), (date(2027, 3, 8), [Kept(Feast.RAMADAN), Kept(Feast.EID_AL_FITR, is_eve=True)]),
    (date(2027, 3, 9), [Kept(Feast.EID_AL_FITR)]), (date(2027, 5, 16), [Kept(Feast.EID_AL_ADHA)]),
    (date(2027, 3, 26), [Kept(Feast.GOOD_FRIDAY)]), (date(2027, 3, 29), [Kept(Feast.EASTER_MONDAY)]),
    (date(2027, 5, 2), [Kept(Feast.ORTHODOX_EASTER)]), (date(2027, 4, 21), [Kept(Feast.PASSOVER, is_eve=True)]),
    (date(2027, 4, 29), [Kept(Feast.PASSOVER)]), (date(2027, 4, 30), []),
    (date(2027, 10, 1), [Kept(Feast.ROSH_HASHANAH, is_eve=True)]), (date(2027, 10, 3), [Kept(Feast.ROSH_HASHANAH)]),
    (date(2027, 10, 10), [Kept(Feast.YOM_KIPPUR, is_eve=True)]), (date(2027, 10, 11), [Kept(Feast.YOM_KIPPUR)]),
    (date(2027, 10, 29), [Kept(Feast.DIWALI)]), (date(2026, 11, 8), [Kept(Feast.DIWALI)]), (date(2027, 6, 8), []),
])
def test_feasts_fall_where_calendars_have_them(day, kept):
    assert adapters.feasts(*meets(day)) == kept


def test_a_morning_is_before_the_eve():
    assert adapters.feasts(*meets(date(2027, 10, 10), time(9), time(11))) == []


@given(some.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_calendars_know_or_pass_over_every_day_there_is(day):
    assert isinstance(adapters.feasts(*meets(day)), list)
    assert isinstance(adapters.public_holidays(day, "IN", "MH", "en"), list)


@pytest.mark.parametrize("country, locale, day, names", [
    ("GB", "en", date(2027, 3, 26), ["Good Friday"]), ("FR", "fr", date(2027, 7, 14), ["Fête nationale"]),
    ("FR", "ar", date(2027, 7, 14), ["Fête nationale"]), ("DE", "en", date(2027, 10, 3), ["German Unity Day"]),
    ("", "en", date(2027, 12, 25), []), ("XX", "en", date(2027, 12, 25), []),
])
def test_public_holidays_are_named_for_the_reader_or_as_the_country_calls_them(country, locale, day, names):
    assert adapters.public_holidays(day, country, "", locale) == names


@pytest.mark.parametrize("country, region, day, names", [
    ("GB", "ENG", date(2026, 8, 31), ["Late Summer Bank Holiday"]), ("GB", "", date(2026, 8, 31), []),
    ("GB", "SCT", date(2026, 8, 3), ["Summer Bank Holiday"]), ("GB", "ENG", date(2026, 8, 3), []),
    ("FR", "6AE", date(2027, 3, 26), ["Vendredi saint"]), ("FR", "6AE", date(2027, 12, 26), ["Saint Étienne"]),
    ("FR", "", date(2027, 12, 26), []), ("FR", "6AE", date(2027, 7, 14), ["Fête nationale"]),
    ("FR", "ENG", date(2027, 7, 14), ["Fête nationale"]),  # another country's: as good as none
])
def test_a_region_has_public_holidays_of_its_own(country, region, day, names):
    assert adapters.public_holidays(day, country, region, {"GB": "en", "FR": "fr"}[country]) == names


@pytest.mark.parametrize("day, changes", [
    (date(2027, 3, 27), True), (date(2027, 3, 28), True), (date(2027, 3, 29), False), (date(2027, 10, 31), True),
])
def test_nights_of_other_clocks(day, changes):
    assert adapters.clocks_change(day, "Europe/London") is changes
