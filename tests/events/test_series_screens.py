"""What staff do with series on pages: plan, look at every date, publish, add dates."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select

from engage.core import city, db
from engage.core.access import Role
from engage.events import queries
from engage.events.models import Event, Series
from engage.events.rules import PersonRole, State
from tests import factories as make
from tests.conftest import NOW
from tests.events.planning import NEW, hidden_and_dates, made, member, more_dates, plan, stored, venues
from tests.statements import counted


@pytest.fixture(autouse=True)
def still():
    with time_machine.travel(NOW, tick=False):
        yield


def test_every_date_is_shown_before_anything_is_made(app):
    places = venues("Dallow", "Saints", "Biscot")
    staff, programme = member(app), make.programme()
    answer = staff.post(NEW, data=plan(programme, places))
    assert answer.status_code == 200
    assert answer.text.count('class="panel"') == 6
    assert stored() == []
    done = staff.post(NEW, data={**hidden_and_dates(answer.text), "make": "1"})
    assert done.status_code == 303
    events = stored()
    days = ["2027-01-05", "2027-02-02", "2027-03-02", "2027-04-06", "2027-05-04", "2027-06-01"]
    assert [event.wall_start.date().isoformat() for event in events] == days
    assert {event.wall_start.time().isoformat() for event in events} == {"18:30:00"}
    assert len({event.starts_at.time() for event in events}) == 2  # the clocks change, what people are told does not
    assert {event.state for event in events} == {State.PUBLISHED}
    assert [event.venue_id for event in events] == [venue.id for venue in places] * 2
    page = staff.get(done.headers["Location"])
    assert page.status_code == 200
    assert "Scheduled, with 6 dates" in page.text


def test_a_form_sent_twice_is_one_series(app):
    staff = member(app)
    page = staff.post(NEW, data=plan(make.programme(), venues("Dallow"))).text
    sent = {**hidden_and_dates(page), "make": "1"}
    first, second = (staff.post(NEW, data=sent).headers["Location"] for _ in range(2))
    assert first == second
    assert "This page was sent before" in staff.get(second).text
    assert len(stored()) == 6


def test_dates_are_marked_moved_and_dropped_right_there(app):
    (hall,) = venues("Dallow")
    make.event("Tea", area=db.session().get(type(hall.neighbourhood), hall.neighbourhood_id), venue_id=hall.id,
               starts_at=NOW.replace(year=2027, month=1, day=5, hour=18))
    staff, programme = member(app), make.programme()
    page = staff.post(NEW, data=plan(programme, [hall], first_day="2027-01-05", times="3", nth="1"))
    assert "The place is taken at this time:" in page.text
    assert "Tea" in page.text
    sent = hidden_and_dates(page.text)
    moved = {**sent, "date0-day": "2027-03-29", "date1-is_dropped": "y", "look": "1"}
    again = staff.post(NEW, data=moved)
    assert "Easter Monday" in again.text
    assert "Ramadan evening" in staff.post(NEW, data={**sent, "date0-day": "2027-02-16", "look": "1"}).text
    assert "The clocks change" in staff.post(NEW, data={**sent, "date0-day": "2027-03-27", "look": "1"}).text
    assert "Publish 2 meetings" in again.text
    assert staff.post(NEW, data={**hidden_and_dates(again.text), "date1-is_dropped": "y", "make": "1"}).status_code == 303
    new = [event.wall_start.date() for event in stored() if event.series_id]
    assert new == [date(2027, 3, 2), date(2027, 3, 29)]


def test_public_holidays_are_those_of_the_citys_region(app):
    sent = plan(make.programme(), venues("Dallow"), pattern="days", days="2027-08-30")
    staff = member(app)
    assert "Bank Holiday" not in staff.post(NEW, data=sent).text
    with db.transaction():
        city.change(region="ENG")
    assert "Late Summer Bank Holiday" in staff.post(NEW, data=sent).text


@pytest.mark.parametrize("wrong, said", [
    ({"last_day": "2026-12-31", "times": ""}, "The last day is before the first."),
    ({"pattern": "weekly", "weekdays": ["0", "1"], "last_day": "2099-12-31", "times": ""}, "more than 60 dates"),
    ({"times": "10000"}, "Please give a whole number from 1 to 60."),
    ({"times": ""}, "Please say how many meetings, or until which day."),
    ({"first_day": ""}, "Please say from which day on."),
    ({"pattern": "days", "days": "2027-02-30"}, "is not a day in the calendar"),
    ({"pattern": "days", "days": ""}, "There is no date left."),
    ({"venues": []}, "Please choose at least one place."),
    ({"spoken": []}, "Please choose one."), ({"description": ""}, "Please fill this in."),
    ({"title": ""}, "Please give it a title."),
    ({"start": "25:00"}, "18:30"), ({"capacity": "0"}, "whole number"),
])
def test_what_is_wrong_with_a_plan_stands_beside_its_field_and_the_rest_is_kept(app, wrong, said):
    answer = member(app).post(NEW, data=plan(make.programme(), venues("Dallow"), food="Tea and cake", **wrong))
    assert answer.status_code == 422
    assert said in answer.text
    assert "Tea and cake" in answer.text
    assert stored() == []


@pytest.mark.parametrize("day, hours, said", [
    ("2027-03-28", ("01:30", "04:00"), "This hour does not exist"), ("2027-10-31", ("01:30", "04:00"), "This hour comes twice"),
    ("2026-11-30", ("18:30", "20:30"), "in the past"), ("", ("18:30", "20:30"), "Please fill this in."),
])
def test_what_is_wrong_with_a_date_stands_beside_it(app, day, hours, said):
    staff = member(app)
    sent = hidden_and_dates(staff.post(NEW, data=plan(make.programme(), venues("Dallow"))).text)
    wrong = {**sent, "date2-day": day, "date2-start": hours[0], "date2-end": hours[1], "make": "1"}
    answer = staff.post(NEW, data=wrong)
    assert answer.status_code == 422
    assert said in answer.text
    assert stored() == []
    if "twice" in said:
        assert staff.post(NEW, data={**wrong, "date2-start_hour": "second"}).status_code == 303


def test_staff_plan_where_they_work(app):
    here, elsewhere = venues("Dallow", "Wigmore")
    area = db.session().get(type(here.neighbourhood), here.neighbourhood_id)
    staff, programme = member(app, area=area), make.programme()
    assert "Wigmore Hall" not in staff.get(NEW).text
    assert "Please choose from the list." in staff.post(NEW, data=plan(programme, [here, elsewhere])).text
    page = staff.post(NEW, data=plan(programme, [here])).text
    sent = {**hidden_and_dates(page), "date0-venue": str(elsewhere.id), "make": "1"}
    assert staff.post(NEW, data=sent).status_code == 422
    assert stored() == []
    assert member(app, Role.FACILITATOR).get(NEW).status_code == 403


def test_staff_choose_among_those_who_lead_talks_where_they_work(app):
    here, elsewhere = make.neighbourhood("Dallow"), make.neighbourhood("Wigmore")
    for name, area in (("Idris", here), ("Wanda", elsewhere), ("Uma", None)):
        make.grant(make.person(name), Role.FACILITATOR, area)
    offered = member(app, area=here).get(NEW).text
    assert [name in offered for name in ("Idris", "Wanda", "Uma")] == [True, False, True]
    assert "Wanda" in member(app).get(NEW).text


def test_a_series_is_seen_by_staff_of_its_areas(app):
    _staff, series = made(app)
    areas = [event.neighbourhood_id for event in stored()]
    mine = db.session().get(type(make.neighbourhood("Far")), areas[0])
    assert member(app, area=mine).get(f"/en/desk/series/{series.id}").status_code == 200
    stranger = member(app, area=make.neighbourhood("Wigmore"))
    assert stranger.get(f"/en/desk/series/{series.id}").status_code == 404
    assert "Priorities" not in stranger.get("/en/desk/series").text
    assert "Priorities" in member(app, area=mine).get("/en/desk/series").text


def test_dates_are_added_and_sent_twice_added_once(app):
    staff, series = made(app)
    url, form = f"/en/desk/series/{series.id}/dates", more_dates(stored()[0].venue_id)
    sent = {**hidden_and_dates(staff.post(url, data=form).text), "make": "1"}
    for _ in range(2):
        answer = staff.post(url, data=sent)
        assert answer.status_code == 303
    assert "This page was sent before" in staff.get(answer.headers["Location"]).text
    assert len(stored()) == 8
    assert {event.description.texts["en"] for event in stored()} == {"What matters here?"}
    other = staff.post(url, data={**sent, "form_key": "another-form-with-the-same-dates"})
    assert other.status_code == 409
    assert "has a meeting at that time and place already" in other.text
    assert len(stored()) == 8


def test_who_leads_the_talk_at_the_last_date_leads_it_at_those_added_and_is_seen_to_be_busy(app):
    guide = make.person("Fay Guide")
    make.grant(guide, Role.FACILITATOR)
    staff, series = made(app, facilitator=str(guide.id))
    elsewhere = make.event("Tea", area=make.neighbourhood("Wigmore"), starts_at=NOW.replace(year=2027, month=9, day=7, hour=18))
    make.event_person(elsewhere, guide, PersonRole.FACILITATOR)
    url = f"/en/desk/series/{series.id}/dates"
    page = staff.post(url, data=more_dates(stored()[0].venue_id)).text
    assert "Fay Guide" in page
    assert page.count("Who leads the talk is at another meeting:") == 1
    assert staff.post(url, data={**hidden_and_dates(page), "make": "1"}).status_code == 303
    people = [[part.called for part in event.people] for event in queries.dates(series.id)]
    assert people == [["Fay Guide"]] * 8


def test_a_date_that_was_called_off_can_be_planned_again(app):
    staff, series = made(app)
    last = stored()[-1]
    off = {"date": str(last.id), "scope": "this", "reason": "The hall is closed.", "written_in": "en", "do": "1"}
    assert staff.post(f"/en/desk/series/{series.id}/change/cancel", data=off).status_code == 303
    rule = {"pattern": "days", "nth": "1", "weekday": "1", "days": "2027-06-01", "start": "18:30", "end": "20:30",
            "venues": [str(last.venue_id)], "look": "1"}
    url = f"/en/desk/series/{series.id}/dates"
    sent = {**hidden_and_dates(staff.post(url, data=rule).text), "make": "1"}
    assert staff.post(url, data=sent).status_code == 303
    assert staff.post(url, data={**sent, "form_key": "another-form-with-the-same-date"}).status_code == 409
    assert [event.state for event in stored()[5:]].count(State.PUBLISHED) == 1


def test_one_time_and_place_is_one_date_however_often_a_form_names_it(app):
    staff, series = made(app)
    hall, url = str(stored()[0].venue_id), f"/en/desk/series/{series.id}/dates"
    rule = {"pattern": "days", "nth": "1", "weekday": "1", "days": "2027-09-07\n2027-10-05", "start": "18:30", "end": "20:30",
            "venues": [hall], "look": "1"}
    sent = hidden_and_dates(staff.post(url, data=rule).text)
    answer = staff.post(url, data={**sent, "date1-day": sent["date0-day"], "make": "1"})
    assert answer.status_code == 409
    assert "has a meeting at that time and place already" in answer.text
    page = staff.post(NEW, data=plan(make.programme(), venues("Wigmore"), form_key="the-key-of-another", times="2")).text
    sent = hidden_and_dates(page)
    assert staff.post(NEW, data={**sent, "date1-day": sent["date0-day"], "make": "1"}).status_code == 409
    assert len(stored()) == 6


@pytest.mark.parametrize("junk", ["\0", "9" * 400, "<svg onload=alert(1)>", "2026-02-31", ""])
def test_junk_in_every_field_of_the_preview_makes_nothing(app, junk):
    staff = member(app)
    sent = hidden_and_dates(staff.post(NEW, data=plan(make.programme(), venues("Dallow"))).text)
    for name in sent:
        answer = staff.post(NEW, data={**sent, name: junk, "make": "1"})
        assert answer.status_code in (200, 303, 409, 422), name
        assert "<svg onload" not in answer.text
    assert len({event.series_id for event in stored()}) <= 1


def test_a_copy_is_not_of_the_series(app):
    staff, _series = made(app)
    one = stored()[0]
    assert staff.post(f"/en/my/events/{one.id}/duplicate").status_code == 303
    assert [event.series_id for event in db.session().scalars(select(Event).where(Event.state == State.DRAFT))] == [None]


def test_the_list_of_series_goes_on_past_those_that_have_ended(app):
    with db.transaction():
        programme, area = make.programme(), make.neighbourhood()
        for number in range(104):
            series = make.series(f"Series {number:03}", of=programme)
            starts_at = NOW + timedelta(days=2 if number < 98 else -2)
            make.event("A date", of=programme, series_id=series.id, starts_at=starts_at, area=area, venue_id=None)
    staff = member(app)
    first = staff.get("/en/desk/series").text
    following = first.split('class="pages"')[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
    second = staff.get(following).text
    shown = [sorted(re.findall(r"Series \d{3}", page)) for page in (first, second)]
    assert [len(page) for page in shown] == [100, 4]
    assert sorted(shown[0] + shown[1]) == [f"Series {number:03}" for number in range(104)]
    assert set(shown[1]) < {f"Series {number:03}" for number in range(98, 104)}
    assert 'class="pages"' not in second


@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_as_much_for_three_as_for_one(app, count):
    staff = member(app)
    for number in range(count):
        series = make.series(f"Series {number}")
        for days in range(1, 4):
            make.event(series_id=series.id, starts_at=NOW + timedelta(days=days), area=make.neighbourhood(f"{number} {days}"))
    db.session().commit()
    staff.get("/en/desk/series")
    with counted() as seen:
        assert staff.get("/en/desk/series").text.count("data-label") >= 3 * count
    assert len(seen) == 2
    series = db.session().scalars(select(Series)).first()
    with counted() as seen:
        staff.get(f"/en/desk/series/{series.id}")
    assert len(seen) == 7
