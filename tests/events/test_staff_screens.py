"""What staff do on pages: schedule, go through events, see only their areas."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from engage.core import db
from engage.core.access import Role
from engage.events.models import Event
from engage.events.rules import State
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.conftest import NOW
from tests.events.planning import hidden_and_dates
from tests.statements import counted


@pytest.fixture(autouse=True)
def still():
    with time_machine.travel(NOW, tick=False):
        yield


def member(app, role=Role.STAFF, area=None):
    client, person = app.test_client(), make.person("Sam")
    make.grant(person, role, area)
    sign_in(client, person)
    return client


def whole(programme, venue, **values):
    return {
        "programme": str(programme.id), "written_in": "en", "title": "Town hall", "description": "Ask the mayor.",
        "day": "2026-12-20", "start": "18:30", "end": "21:00", "venue": str(venue.id), "spoken": ["en"],
        "minors": "yes", **values,
    }


def test_one_page_schedules(app):
    staff, programme, venue = member(app), make.programme(), make.venue()
    assert staff.get("/en/desk/events/new").status_code == 200
    answer = staff.post("/en/desk/events/new", data=whole(programme, venue))
    assert answer.status_code == 303
    event = db.session().scalars(select(Event)).one()
    assert (event.state, event.neighbourhood_id, event.capacity) == (State.PUBLISHED, venue.neighbourhood_id, None)
    assert staff.get(f"/en/my/events/{event.id}").status_code == 200


def test_a_page_sent_twice_is_one_meeting(app):
    staff = member(app)
    form_key = hidden_and_dates(staff.get("/en/desk/events/new").text)["form_key"]
    sent = whole(make.programme(), make.venue(), form_key=form_key)
    assert staff.post("/en/desk/events/new", data={**sent, "title": ""}).status_code == 422
    first, second = (staff.post("/en/desk/events/new", data=sent).headers["Location"] for _ in range(2))
    assert first == second
    assert "This page was sent before" in staff.get(second).text
    assert len(db.session().scalars(select(Event)).all()) == 1


@pytest.mark.parametrize("wrong, status, said", [
    ({"title": ""}, 422, "Please give it a title."), ({"start": "25:00"}, 422, "18:30"),
    ({"day": "2026-02-31"}, 422, "not a day"),
    ({"day": "2026-11-30"}, 409, "in the past"), ({"spoken": []}, 409, "Please choose one."),
    ({"end": "18:00"}, 409, "Please check the start and the end"), ({"capacity": "0"}, 422, "whole number"),
])
def test_what_is_wrong_stands_beside_its_field_and_the_rest_is_kept(app, wrong, status, said):
    staff = member(app)
    answer = staff.post("/en/desk/events/new", data=whole(make.programme(), make.venue(), food="Tea and cake", **wrong))
    assert answer.status_code == status
    assert said in answer.text
    assert "Tea and cake" in answer.text
    assert db.session().scalars(select(Event)).all() == []


def test_staff_schedule_where_they_work(app):
    here, elsewhere = make.neighbourhood("Dallow"), make.neighbourhood("Wigmore")
    staff, programme = member(app, area=here), make.programme()
    assert "Wigmore" not in staff.get("/en/desk/events/new").text
    answer = staff.post("/en/desk/events/new", data=whole(programme, make.venue(elsewhere)))
    assert answer.status_code == 422
    assert db.session().scalars(select(Event)).all() == []


def test_the_queue_is_filtered_by_scope(app):
    here, elsewhere = make.neighbourhood("Dallow"), make.neighbourhood("Wigmore")
    make.event("In Dallow", area=here, state=State.SUBMITTED, submitted_at=NOW)
    make.event("In Wigmore", area=elsewhere, state=State.SUBMITTED, submitted_at=NOW)
    page = member(app, area=here).get("/en/desk/proposals").text
    assert ["In Dallow" in page, "In Wigmore" in page] == [True, False]
    assert "In Wigmore" in member(app).get("/en/desk/proposals").text


def test_staff_decide_about_the_citys_own_meetings_with_few_guests(app):
    """Three days before, as hosts do; those that somebody hosts are the host's to decide."""
    here = make.neighbourhood("Dallow")
    few = {"least_guests": 6, "area": here}
    soon = make.event("Ours, soon", NOW + timedelta(days=3), **few)
    make.event("Ours, later", NOW + timedelta(days=4), **few)
    make.event("Enough", NOW + timedelta(days=2), seats_taken=6, **few)
    make.event_person(make.event("Amina's", NOW + timedelta(days=2), **few), make.person("Amina"))
    staff = member(app, area=here)
    page = staff.get("/en/desk/proposals").text
    titles = ("Ours, soon", "Ours, later", "Enough", "Amina&#39;s")
    assert [title in page for title in titles] == [True, False, False, False]
    assert "Meetings with too few guests" in staff.get("/en/desk").text
    assert "Ours, soon" not in member(app, area=make.neighbourhood("Wigmore")).get("/en/desk/proposals").text
    staff.post(f"/en/my/events/{soon.id}/go-ahead")
    assert "Ours, soon" not in staff.get("/en/desk/proposals").text


def test_the_list_has_filters_and_hides_drafts_of_residents(app):
    staff, host = member(app), make.person()
    make.event("Public one")
    hidden = make.event("Hidden draft", state=State.DRAFT)
    make.event_person(hidden, host)
    make.event("City draft", state=State.DRAFT, starts_at=NOW)
    page = staff.get("/en/desk/events").text
    assert [title in page for title in ("Public one", "City draft", "Hidden draft")] == [True, True, False]
    page = staff.get("/en/desk/events?state=draft").text
    assert [title in page for title in ("Public one", "City draft")] == [False, True]
    assert staff.get("/en/desk/events?state=nonsense&programme=x&area=y&after=z").status_code == 200


def test_what_is_to_come_stands_nearest_first_and_what_is_past_newest_first(app):
    staff = member(app)
    for title, days in (("Far", 9), ("Near", 2), ("Yesterday", -1), ("Long ago", -9)):
        make.event(title, starts_at=NOW + timedelta(days=days))
    coming, past = staff.get("/en/desk/events").text, staff.get("/en/desk/events?which=past").text
    assert coming.index("Near") < coming.index("Far")
    assert past.index("Yesterday") < past.index("Long ago")
    assert "Yesterday" not in coming
    assert "Near" not in past


def test_a_meeting_under_way_is_still_to_come(app):
    staff = member(app)
    make.event("Right now", starts_at=NOW - timedelta(minutes=30))
    assert "Right now" in staff.get("/en/desk/events").text


@pytest.mark.parametrize(("which", "days"), [("coming", 3), ("past", -3)])
def test_the_list_goes_on(app, which, days):
    staff, programme = member(app), make.programme()
    area = make.neighbourhood()
    for number in range(51):
        make.event(f"Meeting {number}", of=programme, area=area, starts_at=NOW + timedelta(days=days))
    first = staff.get(f"/en/desk/events?which={which}").text
    following = first.split('class="pages"')[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
    second = staff.get(following)
    assert second.status_code == 200
    assert 'class="pages"' not in second.text
    assert first.count("/en/my/events/") + second.text.count("/en/my/events/") == 51


@pytest.mark.parametrize("role, statuses", [
    (Role.STAFF, (200, 200, 200)), (Role.ADMINISTRATOR, (200, 200, 200)), (Role.REVIEWER, (200, 200, 403)),
    (Role.FACILITATOR, (403, 200, 403)), (Role.COACH, (403, 403, 403)),
])
def test_roles_and_their_pages(app, role, statuses):
    client = member(app, role)
    pages = ("/en/desk/proposals", "/en/desk/events", "/en/desk/events/new")
    assert tuple(client.get(page).status_code for page in pages) == statuses


@pytest.mark.parametrize("page", ["/en/desk/proposals", "/en/desk/events", "/en/desk/events/new"])
def test_residents_have_no_desk(app, page):
    client = app.test_client()
    assert client.get(page).status_code == 302
    sign_in(client, make.person())
    assert client.get(page).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("page, state, statements", [
    ("/en/desk/events", State.PUBLISHED, 5), ("/en/desk/proposals", State.SUBMITTED, 7),
    ("/en/my", State.DRAFT, 12),  # with the panels of all features
])
def test_lists_ask_the_database_as_often_for_three_as_for_one(app, number, page, state, statements):
    person = make.person("Sam")
    make.contact(person)
    make.grant(person, Role.STAFF)
    client = app.test_client()
    sign_in(client, person)
    for _ in range(number):
        event = make.event("Listed here", state=state, submitted_at=NOW)
        make.event_person(event, person)
    client.get(page)
    with counted() as asked:
        answer = client.get(page)
    assert answer.text.count("Listed here") == number
    assert len(asked) == statements, asked
