"""What a host does on pages: propose in steps, leave and find again, send in, answer, change, cancel."""

import re

import pytest
import time_machine
from sqlalchemy import select

from engage.core import db
from engage.core.access import Role
from engage.events import actions, queries
from engage.events.models import AddressLook, Event
from engage.events.rules import PersonRole, State
from engage.programmes.models import Programme
from engage.programmes.rules import PlaceKind
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.conftest import NOW
from tests.events.test_proposing import do

CANARY = "17 Canary Close"


@pytest.fixture(autouse=True)
def still():
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def person(app):
    found = make.person("Amina")
    make.contact(found, "amina@example.org")
    return found


@pytest.fixture
def programme(app):
    return make.programme(least_guests=10, most_guests=12, place_kind=PlaceKind.PRIVATE)


@pytest.fixture
def host(client, person):
    sign_in(client, person)
    return client


@pytest.fixture
def stranger(app):
    found = app.test_client()
    sign_in(found, make.person("Eve"))
    return found


@pytest.fixture
def staff(app):
    found, person = app.test_client(), make.person("Sam")
    make.grant(person, Role.STAFF)
    sign_in(found, person)
    return found


def only_event():
    db.session().rollback()
    return db.session().scalars(select(Event)).one()


def path(event, rest=""):
    return f"/en/my/events/{event.id}{rest}"


def begun(host, programme, **data):
    answer = host.post("/en/my/events/new", data={
        "programme": str(programme.id), "written_in": "en", "title": "Dinner", "description": "One table.", **data,
    })
    assert answer.status_code == 303, answer.text
    return only_event()


WHEN = {"day": "2026-12-20", "start": "18:30", "end": "21:00", "address": CANARY, "reveal_hours": "24"}


def complete(host, programme):
    event, area = begun(host, programme), make.neighbourhood()
    assert host.post(path(event, "/draft/when"), data={**WHEN, "neighbourhood": str(area.id)}).status_code == 303
    details = {"spoken": ["en"], "capacity": "12", "minors": "no"}
    assert host.post(path(event, "/draft/details"), data=details).status_code == 303
    return only_event()


def test_every_step_is_kept_and_leads_to_the_next(host, programme):
    event = begun(host, programme)
    for step in ("what", "when", "details", "check"):
        assert host.get(path(event, f"/draft/{step}")).status_code == 200
    event = complete_from(host, event)
    page = host.get(path(event, "/draft/check"))
    assert "Dinner" in page.text
    assert CANARY not in page.text
    assert host.post(path(event, "/draft/check"), data={"note": "Hello"}).status_code == 303
    assert only_event().state == State.SUBMITTED
    assert "Hello" in host.get(path(event)).text


def complete_from(host, event):
    area = make.neighbourhood()
    host.post(path(event, "/draft/when"), data={**WHEN, "neighbourhood": str(area.id)})
    host.post(path(event, "/draft/details"), data={"spoken": ["en", "ur"], "capacity": "12", "minors": "no"})
    return only_event()


def test_a_draft_is_left_and_found_again(host, programme):
    event = begun(host, programme, leave="1")
    assert "Dinner" in host.get("/en/my").text
    page = host.get(path(event))
    assert page.status_code == 200
    assert "The day and the hours" in page.text


def test_a_draft_does_not_exist_for_others(host, programme, stranger, staff, app):
    event = begun(host, programme)
    for rest in ("", "/draft/what", "/people", "/words/fr", "/move", "/address", "/letter", "/cancel"):
        assert stranger.get(path(event, rest)).status_code == 404, rest
        assert staff.get(path(event, rest)).status_code == 404, rest
        assert app.test_client().get(path(event, rest)).status_code == 302
    for rest in ("/submit", "/publish", "/withdraw", "/pause", "/duplicate", "/answer", "/decline"):
        assert stranger.post(path(event, rest)).status_code == 404, rest
    assert only_event().state == State.DRAFT


def test_what_is_wrong_is_said_and_the_rest_kept(host, programme):
    answer = host.post("/en/my/events/new", data={
        "programme": str(programme.id), "written_in": "en", "title": "", "description": "Kept.",
    })
    assert answer.status_code == 422
    assert "Please give it a title." in answer.text
    assert "Kept." in answer.text


def test_half_a_time_is_asked_for_whole(host, programme):
    event = begun(host, programme)
    answer = host.post(path(event, "/draft/when"), data={"day": "2026-12-20"})
    assert answer.status_code == 422
    assert 'value="2026-12-20"' in answer.text


def test_the_night_the_clocks_change(host, programme):
    event = begun(host, programme)
    gap = host.post(path(event, "/draft/when"), data={**WHEN, "day": "2027-03-28", "start": "01:30", "end": "05:00"})
    assert gap.status_code == 409
    assert "does not exist" in gap.text
    fold = {**WHEN, "day": "2027-10-31", "start": "01:30", "end": "05:00"}
    asked = host.post(path(event, "/draft/when"), data=fold)
    assert asked.status_code == 409
    assert 'name="start_hour"' in asked.text
    assert 'name="end_hour"' not in asked.text
    assert host.post(path(event, "/draft/when"), data={**fold, "start_hour": "second"}).status_code == 303
    assert only_event().starts_at.hour == 1
    assert re.search(r'name="start_hour" value="second" checked', host.get(path(event, "/draft/when")).text)


def test_an_address_is_never_shown_in_the_form_again(host, programme):
    event = complete(host, programme)
    assert CANARY not in host.get(path(event, "/draft/when")).text
    assert CANARY not in host.get(path(event)).text
    assert CANARY in host.get(path(event, "/address")).text
    db.session().rollback()
    assert len(db.session().scalars(select(AddressLook)).all()) == 1


def test_the_hour_a_host_chose_for_the_address_stays(host, programme):
    event = complete(host, programme)
    area = str(event.neighbourhood_id)
    host.post(path(event, "/draft/when"), data={**WHEN, "neighbourhood": area, "reveal_hours": "48"})
    page = host.get(path(event, "/draft/when")).text
    assert re.search(r'name="reveal_hours"[^>]* value="48"', page)


def test_proposal_given_back_answered_and_published(host, staff, programme):
    event = complete(host, programme)
    host.post(path(event, "/draft/check"), data={})
    assert "Dinner" in staff.get("/en/desk/proposals").text
    assert staff.post(path(event, "/changes"), data={"note": ""}).status_code == 422
    assert staff.post(path(event, "/changes"), data={"note": "Which dishes?"}).status_code == 303
    assert "Which dishes?" in host.get(path(event)).text
    assert host.post(path(event, "/answer"), data={"note": "Lentils."}).status_code == 303
    assert "Dinner" in staff.get("/en/desk/proposals").text
    assert host.post(path(event, "/submit")).status_code == 303
    assert host.post(path(event, "/publish")).status_code == 403
    assert staff.post(path(event, "/publish")).status_code == 303
    assert only_event().state == State.PUBLISHED
    again = staff.post(path(event, "/publish"))
    assert again.status_code == 409
    assert "This meeting is public already." in again.text
    assert "What happened so far" in host.get(path(event)).text


def test_staff_decline_with_a_reason(host, staff, programme):
    event = complete(host, programme)
    host.post(path(event, "/draft/check"), data={})
    assert staff.post(path(event, "/decline"), data={"note": "Not this month."}).status_code == 303
    assert "Not this month." in host.get(path(event)).text


@pytest.fixture
def public(person):
    event = make.event(of=make.programme(least_guests=2, most_guests=20, is_reviewed=False), least_guests=2)
    make.event_person(event, person)
    return event


def test_the_host_changes_a_public_meeting(host, public):
    venue = make.venue()
    for rest in ("/move", "/details", "/places", "/letter", "/people", "/words/en", "/words/fr", "/cancel", ""):
        assert host.get(path(public, rest)).status_code == 200, rest
    move = {**WHEN, "start": "19:00", "venue": str(venue.id), "address": ""}
    assert host.post(path(public, "/move"), data=move).status_code == 303
    assert host.post(path(public, "/places"), data={"capacity": "15"}).status_code == 303
    assert host.post(path(public, "/places"), data={"capacity": "99"}).status_code == 409
    assert host.post(path(public, "/details"), data={"spoken": ["ar"], "minors": "yes"}).status_code == 303
    assert host.post(path(public, "/words/fr"), data={"title": "Dîner", "description": "Une table."}).status_code == 303
    assert host.post(path(public, "/pause")).status_code == 303
    assert host.post(path(public, "/resume")).status_code == 303
    assert host.post(path(public, "/go-ahead")).status_code == 303
    event = only_event()
    assert (event.sequence, event.capacity, event.is_going_ahead, event.title.shown("fr").text) == (1, 15, True, "Dîner")


def test_cancelling_needs_the_word_and_a_reason(host, public):
    cancelled = {"reason": "The kitchen burnt.", "written_in": "en", "typed": "yes"}
    answer = host.post(path(public, "/cancel"), data=cancelled)
    assert answer.status_code == 422
    assert "The kitchen burnt." in answer.text
    assert only_event().state == State.PUBLISHED
    assert host.post(path(public, "/cancel"), data={**cancelled, "typed": "Cancel"}).status_code == 303
    assert only_event().state == State.CANCELLED
    assert "The kitchen burnt." in host.get(path(public)).text
    assert host.get(path(public, "/cancel")).status_code == 409


def test_another_like_this(host, public):
    answer = host.post(path(public, "/duplicate"))
    assert answer.status_code == 303
    assert "/draft/when" in answer.location


def test_no_other_is_offered_where_none_may_be_proposed(host, public):
    assert "/duplicate" in host.get(path(public)).text
    with db.transaction():
        db.session().get(Programme, public.programme_id).is_active = False
    assert "/duplicate" not in host.get(path(public)).text


def test_few_guests_offer_the_two_choices(host, public):
    page = host.get(path(public)).text
    assert "You decide: meet with those who come, or cancel." in page
    host.post(path(public, "/go-ahead"))
    assert "You decide" not in host.get(path(public)).text


def test_people_are_asked_named_found_and_taken_off(host, staff, public):
    guide = make.person("Mariam")
    make.contact(guide, "mariam@example.org")
    asked = {"called": "Peter", "email": "peter@example.org", "letter_in": "fr"}
    assert host.post(path(public, "/people/co-host"), data={**asked, "email": "peter"}).status_code == 409
    assert host.post(path(public, "/people/co-host"), data=asked).status_code == 303
    assert host.post(path(public, "/people/co-host"), data=asked).status_code == 409
    official = {"official-called": "Cllr Khan", "official-title": "Mayor"}
    assert host.post(path(public, "/people/official"), data=official).status_code == 303
    assert host.post(path(public, "/people/partner"), data={"partner-called": "Food Bank"}).status_code == 303
    assert "Mariam" not in host.get(path(public, "/people?text=mariam")).text
    assert "Mariam" in staff.get(path(public, "/people?text=mariam")).text
    assert host.post(path(public, "/people/facilitator"), data={"person": str(guide.id)}).status_code == 403
    assert staff.post(path(public, "/people/facilitator"), data={"person": str(guide.id)}).status_code == 303
    people = queries.for_manage(public.id).people
    assert {part.role for part in people} == set(PersonRole)
    for part in people:
        status = 409 if part.role == PersonRole.HOST else 303
        assert staff.post(path(public, f"/people/{part.id}/take-off")).status_code == status


def test_a_co_host_answers_from_the_letter(app, host, public):
    by = make.actor(make.person(), Role.STAFF)
    part_id = do(actions.invite_co_host, event_id=public.id, called="Peter", email="p@example.org", locale="en", by=by)
    guest, here = app.test_client(), f"/en/invitation/{part_id}"
    assert guest.get(here).status_code == 404
    assert host.get(here).status_code == 404
    with guest.session_transaction() as session:
        session["links"] = {f"cohost:{part_id}": 0}
    assert "Will you host with us?" in guest.get(here).text
    assert guest.post(here, data={"called": "Pete", "answer": "yes"}, follow_redirects=True).status_code == 200
    db.session().rollback()
    assert queries.part(part_id).called == "Pete"
    assert "You are a co-host" in guest.get(here).text
