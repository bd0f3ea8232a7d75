"""Wall time and instants, on the nights the clocks change."""

from datetime import UTC, datetime, time

import pytest

from engage.core import clock

LONDON = "Europe/London"
SPRING_GAP = datetime(2027, 3, 28, 1, 30)  # noqa: DTZ001 - wall time
AUTUMN_FOLD = datetime(2027, 10, 31, 1, 30)  # noqa: DTZ001


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize("wall, zone, expected", [
    (datetime(2027, 7, 1, 18, 0), LONDON, [utc(2027, 7, 1, 17)]),  # noqa: DTZ001
    (SPRING_GAP, LONDON, []),
    (AUTUMN_FOLD, LONDON, [utc(2027, 10, 31, 0, 30), utc(2027, 10, 31, 1, 30)]),
    (datetime(2027, 3, 28, 2, 30), "Asia/Kolkata", [utc(2027, 3, 27, 21)]),  # noqa: DTZ001
])
def test_the_instants_of_a_wall_time(wall, zone, expected):
    assert clock.instants(wall, zone) == expected


def test_an_hour_that_does_not_exist_becomes_the_end_of_the_gap():
    assert clock.at(SPRING_GAP, LONDON) == utc(2027, 3, 28, 1, 30)


def test_a_doubled_hour_is_its_first():
    assert clock.at(AUTUMN_FOLD, LONDON) == utc(2027, 10, 31, 0, 30)


def test_the_day_before_at_six_stays_at_six_when_clocks_change():
    monday = utc(2027, 3, 29, 18)  # 19:00 in London, the day after the change
    assert clock.days_before(monday, 1, time(18), LONDON) == utc(2027, 3, 28, 17)
    assert clock.days_before(monday, 2, time(18), LONDON) == utc(2027, 3, 27, 18)


def test_a_story_sets_the_time_through_a_file(tmp_path):
    file = tmp_path / "clock"
    file.write_text("2030-05-06T07:08:09+02:00\n")
    clock.read_from(file)
    try:
        assert clock.now() == utc(2030, 5, 6, 5, 8, 9)
    finally:
        clock.read_from(None)
