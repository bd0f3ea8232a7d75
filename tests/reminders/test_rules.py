"""Which reminders are due when: a truth table."""

from datetime import UTC, datetime, timedelta

import pytest

from engage.reminders import rules
from engage.reminders.rules import Due
from tests.conftest import NOW

WEEK = {"key": "week", "kind": "days_before", "days": 7}
EVE = {"key": "eve", "kind": "days_before", "days": 1, "at": "18:00"}
SOON = {"key": "soon", "kind": "hours_before", "hours": 2}
FEEDBACK = {"key": "feedback", "kind": "morning_after", "at": "09:00"}
DEFAULT = [WEEK, EVE, SOON, FEEDBACK]

# 18:30 in Luton, which is UTC in winter.
START = datetime(2026, 12, 12, 18, 30, tzinfo=UTC)
AT_WEEK = datetime(2026, 12, 5, 18, 30, tzinfo=UTC)
AT_EVE = datetime(2026, 12, 11, 18, 0, tzinfo=UTC)
AT_SOON = datetime(2026, 12, 12, 16, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def keys(found):
    return [due.key for due in found]


@pytest.mark.parametrize("now, left", [
    (AT_WEEK - timedelta(days=30), ["week", "eve", "soon"]),
    (AT_WEEK - SECOND, ["week", "eve", "soon"]),
    (AT_WEEK, ["eve", "soon"]),
    (AT_EVE - SECOND, ["eve", "soon"]),
    (AT_EVE, ["soon"]),
    (AT_SOON, []),
    (START, []),
    (START + timedelta(days=1), []),
])
def test_who_signs_up_late_is_not_told_of_what_has_passed(now, left):
    assert keys(rules.due(DEFAULT, starts_at=START, zone="Europe/London", now=now)) == left


def test_each_reminder_is_pointless_once_the_next_one_comes():
    assert rules.due(DEFAULT, starts_at=START, zone="Europe/London", now=NOW) == [
        Due("week", AT_WEEK, AT_EVE), Due("eve", AT_EVE, AT_SOON), Due("soon", AT_SOON, START),
    ]


@pytest.mark.parametrize("given, left", [
    ([], []),
    ([FEEDBACK], []),
    ([SOON, WEEK], ["week", "soon"]),
    ([{"key": "never", "kind": "hours_before", "hours": 0}], []),
    ([{"key": "late", "kind": "days_before", "days": 0, "at": "23:00"}], []),
    ([{"key": "noon", "kind": "days_before", "days": 0, "at": "12:00"}], ["noon"]),
])
def test_a_programme_chooses(given, left):
    assert keys(rules.due(given, starts_at=START, zone="Europe/London", now=NOW)) == left


# Europe/Paris goes from 02:00 to 03:00 on 29 March 2026 and back from 03:00 to 02:00 on 25 October.
@pytest.mark.parametrize("wall, starts_at, week, eve", [
    # The day before is before the change: 18:00 there is another instant than 18:00 after it.
    ("spring, the evening after", datetime(2026, 3, 29, 17, 0, tzinfo=UTC),
     datetime(2026, 3, 22, 18, 0, tzinfo=UTC), datetime(2026, 3, 28, 17, 0, tzinfo=UTC)),
    ("autumn, the evening after", datetime(2026, 10, 25, 18, 0, tzinfo=UTC),
     datetime(2026, 10, 18, 17, 0, tzinfo=UTC), datetime(2026, 10, 24, 16, 0, tzinfo=UTC)),
    ("spring, the day after", datetime(2026, 3, 30, 17, 0, tzinfo=UTC),
     datetime(2026, 3, 23, 18, 0, tzinfo=UTC), datetime(2026, 3, 29, 16, 0, tzinfo=UTC)),
])
def test_the_eve_is_at_six_by_the_clock_on_the_wall(wall, starts_at, week, eve):
    found = rules.due([WEEK, EVE], starts_at=starts_at, zone="Europe/Paris", now=starts_at - timedelta(days=20))
    assert [due.not_before for due in found] == [week, eve]


@pytest.mark.parametrize("days, at, instant", [
    (1, "02:30", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),  # an hour that is skipped: as late as it would have been
    (1, "03:00", datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
])
def test_an_hour_that_does_not_exist(days, at, instant):
    rule = {"key": "night", "kind": "days_before", "days": days, "at": at}
    starts_at = datetime(2026, 3, 30, 17, 0, tzinfo=UTC)
    [due] = rules.due([rule], starts_at=starts_at, zone="Europe/Paris", now=starts_at - timedelta(days=9))
    assert due.not_before == instant


def test_an_hour_that_comes_twice_is_the_first():
    rule = {"key": "night", "kind": "days_before", "days": 1, "at": "02:30"}
    starts_at = datetime(2026, 10, 26, 17, 0, tzinfo=UTC)
    [due] = rules.due([rule], starts_at=starts_at, zone="Europe/Paris", now=starts_at - timedelta(days=9))
    assert due.not_before == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_two_hours_before_are_two_real_hours():
    """A meeting at four on the morning of the change: two hours earlier the clocks said one."""
    starts_at = datetime(2026, 3, 29, 2, 0, tzinfo=UTC)
    [due] = rules.due([SOON], starts_at=starts_at, zone="Europe/Paris", now=starts_at - timedelta(days=1))
    assert due.not_before == starts_at - timedelta(hours=2)


@pytest.mark.parametrize("now, is_due", [
    (START - timedelta(hours=24) - SECOND, True),
    (START - timedelta(hours=24), False),
    (START, False),
])
def test_the_address_is_told_of_when_its_hour_comes(now, is_due):
    due = rules.address_due(starts_at=START, reveal_hours=24, now=now)
    assert (due is not None) == is_due
    if due:
        assert (due.not_before, due.expires_at) == (START - timedelta(hours=24), START)
