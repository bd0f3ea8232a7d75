"""What staff see of each date of a series before its hours or place change: old and new, and what is known of the new."""

from datetime import datetime

import pytest
import time_machine

from engage.core import db
from engage.events.rules import PersonRole
from tests import factories as make
from tests.conftest import NOW
from tests.events.planning import hidden_and_dates, made, stored

MONDAYS = {"scope": "all", "start": "19:00", "end": "21:00", "weekday": "0"}


@pytest.fixture(autouse=True)
def still():
    with time_machine.travel(NOW, tick=False):
        yield


def url_of(series, what="time"):
    return f"/en/desk/series/{series.id}/change/{what}"


def panels(page):
    return [panel.split("</li>")[0] for panel in page.split('<li class="panel">')[1:]]


def on_days(app, *days, **values):
    return made(app, pattern="days", days="\n".join(days), **values)


def test_every_date_is_shown_as_it_was_and_as_it_will_be_with_its_marks(app):
    staff, series = made(app)
    events = stored()
    fay = make.person("Fay")
    make.event_person(events[3], fay)
    make.event("Tea", starts_at=datetime(2027, 5, 3, 18, tzinfo=NOW.tzinfo), venue_id=events[4].venue_id)
    busy = make.event("Elsewhere", starts_at=datetime(2027, 4, 5, 18, tzinfo=NOW.tzinfo))
    make.event_person(busy, fay, PersonRole.FACILITATOR)
    answer = staff.post(url_of(series), data={"date": str(events[0].id), **MONDAYS})
    lines = panels(answer.text)
    assert answer.status_code == 200
    assert ["Until now: Tuesday, 5 January 2027" in lines[0], "Monday, 4 January 2027" in lines[0]] == [True, True]
    assert ["18:30" in line and "19:00" in line for line in lines] == [True] * 6
    assert [number for number, line in enumerate(lines) if "Ramadan evening" in line] == [2]
    assert [number for number, line in enumerate(lines) if "Easter Monday" in line] == []
    assert [number for number, line in enumerate(lines) if "The place is taken at this time:" in line] == [4]
    assert [number for number, line in enumerate(lines) if "is at another meeting:" in line] == [3]
    assert {event.sequence for event in stored()} == {0}


def test_whoever_goes_back_finds_the_form_as_they_left_it(app):
    staff, series = made(app)
    sent = {**hidden_and_dates(staff.post(url_of(series), data={"date": str(stored()[2].id), **MONDAYS}).text), "back": "1"}
    page = staff.post(url_of(series), data=sent).text
    assert 'value="19:00"' in page
    assert f'<option selected value="{stored()[2].id}">' in page
    assert '<option selected value="0">Monday' in page
    assert {event.sequence for event in stored()} == {0}


def test_which_date_cannot_be_is_said(app):
    staff, series = on_days(app, "2027-03-21", "2027-03-28")
    form = {"date": str(stored()[0].id), "scope": "all", "start": "01:30", "end": "04:00"}
    answer = staff.post(url_of(series), data=form)
    assert answer.status_code == 409
    assert "The meeting on Sunday, 28 March 2027" in answer.text
    assert "This hour does not exist" in answer.text


def test_a_new_place_is_looked_at_too(app):
    staff, series = made(app)
    hall = make.venue(make.neighbourhood("Wigmore"), name="Wigmore Hall")
    make.event("Tea", starts_at=stored()[1].starts_at, area=make.neighbourhood("Wigmore"), venue_id=hall.id)
    page = staff.post(url_of(series, "place"), data={"date": str(stored()[0].id), "scope": "all", "venue": str(hall.id)}).text
    assert ["The place is taken at this time:" in line for line in panels(page)] == [number == 1 for number in range(6)]
    assert "Until now: " in page


def test_two_dates_never_come_to_one_time_and_place(app):
    days = "2027-01-05", "2027-01-08", "2027-01-12"
    staff, series = on_days(app, *days, venues=[str(make.venue().id)])
    form = {"date": str(stored()[0].id), **MONDAYS}
    page = staff.post(url_of(series), data=form).text
    twice = "Another date of this series is at the same time and place."
    assert [twice in line for line in panels(page)] == [False, True, False]
    answer = staff.post(url_of(series), data={**form, "do": "1"})
    assert answer.status_code == 409
    assert "has a meeting at that time and place already" in answer.text
    db.session().expire_all()
    assert {event.sequence for event in stored()} == {0}


def test_dates_that_move_together_do_not_stand_in_each_others_way(app):
    staff, series = on_days(app, "2027-01-05", "2027-01-06", venues=[str(make.venue().id)])
    form = {"date": str(stored()[0].id), "scope": "all", "start": "19:30", "end": "21:30"}
    page = staff.post(url_of(series), data=form).text
    assert [line.count("is taken") + line.count("Another meeting") for line in panels(page)] == [0, 0]
    assert staff.post(url_of(series), data={**form, "do": "1"}).status_code == 303
