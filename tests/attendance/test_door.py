"""The door's screens, as host, staff, staff elsewhere and strangers see and use them."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from engage.attendance import queries
from engage.core import pages
from engage.core.access import Role
from engage.events.rules import State as EventState
from engage.registrations.rules import State
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.conftest import NOW
from tests.factories import attendance as made
from tests.statements import counted

HOUR = timedelta(hours=1)


@pytest.fixture
def event(app):
    area = make.neighbourhood()
    event = make.event(starts_at=NOW - HOUR, area=area)
    event.area = area
    return event


@pytest.fixture
def host(event):
    person = make.person("Hanna")
    make.event_person(event, person)
    return person


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def door(event, rest=""):
    return f"/en/host/events/{event.id}/check-in{rest}"


def said(client, response):
    return client.get(response.headers["Location"]).text


def test_a_guest_is_found_and_checked_in(client, event, host):
    sign_in(client, host)
    noor = make.registration(event, called="Noor Haddad", party_size=3, code="K7QXPM", speaks=["ar"])
    make.registration(event, called="Zeynep")
    page = client.get(door(event, "?q=k7q-xpm")).text
    assert "Noor Haddad" in page
    assert "Zeynep" not in page
    assert '<option value="3" selected>3</option>' in page
    told = said(client, client.post(door(event, f"/{noor.id}"), data={"came": "2"}))
    assert "Noor Haddad\u2069 is checked in." in told
    assert "2 of 3 came" in told
    assert queries.came(event.id).total == 2


def test_twice_says_so(client, event, host):
    sign_in(client, host)
    party = make.registration(event, called="Noor")
    first, second = (client.post(door(event, f"/{party.id}"), data={"came": "1"}) for _ in range(2))
    assert first.status_code == second.status_code == 303
    assert "was checked in already. Nothing has changed." in said(client, second)


def test_undo(client, event, host):
    sign_in(client, host)
    party = make.registration(event)
    made.check_in(party)
    assert "Taken back." in said(client, client.post(door(event, f"/{party.id}/undo")))
    assert "taken back already" in said(client, client.post(door(event, f"/{party.id}/undo")))
    assert queries.came(event.id).total == 0


@pytest.mark.parametrize(("came", "status"), [("0", 422), ("", 422), ("five", 422), ("-1", 422), ("3", 409), ("٢", 303)])
def test_a_wrong_number_is_explained(client, event, host, came, status):
    sign_in(client, host)
    party = make.registration(event, party_size=2)
    response = client.post(door(event, f"/{party.id}"), data={"came": came})
    assert response.status_code == status
    if status == 409:
        assert "This party has 2 people." in response.text


def test_walk_ins_are_added_once_and_taken_back(client, event, host):
    sign_in(client, host)
    form = {"form_key": "k" * 43, "people": "2", "called": "Mbeki", "language": "so"}
    assert "2 people added." in said(client, client.post(door(event, "/walk-ins"), data=form))
    page = said(client, client.post(door(event, "/walk-ins"), data=form))
    assert "They were added already." in page
    assert "Mbeki" in page
    assert "Somali" in page
    walk_in = queries.walk_ins(event.id)[0]
    assert "Taken back." in said(client, client.post(door(event, f"/walk-ins/{walk_in.id}/remove")))
    assert queries.came(event.id).total == 0


@pytest.mark.parametrize("wrong", [
    {"people": "0"}, {"people": ""}, {"people": "9999"}, {"language": "klingon"}, {"called": "x" * 999},
])
def test_a_wrong_walk_in_comes_back_filled_in(client, event, host, wrong):
    sign_in(client, host)
    form = {"form_key": "k" * 43, "people": "2", "called": "Mbeki", "language": "so", **wrong}
    response = client.post(door(event, "/walk-ins"), data=form)
    assert response.status_code == 422
    assert '<option selected value="so">' in response.text or "language" in wrong
    assert queries.walk_ins(event.id) == []


def test_too_early_the_list_is_there_and_the_door_shut(client, host, event):
    sign_in(client, host)
    later = make.event(starts_at=NOW + 5 * HOUR)
    make.event_person(later, host)
    party = make.registration(later, called="Noor")
    page = client.get(door(later)).text
    assert "Check-in opens on" in page
    assert "Noor" in page
    assert f'/{party.id}"' not in page
    assert client.post(door(later, f"/{party.id}"), data={"came": "1"}).status_code == 409
    assert client.post(door(later, f"/{party.id}/undo")).status_code == 409
    assert client.post(door(later, "/walk-ins"), data={"form_key": "k" * 43, "people": "1"}).status_code == 409


def test_closing_shows_who_did_not_come(client, host, event):
    sign_in(client, host)
    over = make.event(starts_at=NOW - 5 * HOUR)
    make.event_person(over, host)
    made.check_in(make.registration(over, called="Noor"))
    make.registration(over, called="Zeynep", party_size=2)
    page = client.get(door(over, "/close")).text
    assert "Zeynep" in page
    assert "Noor" not in page
    closed = said(client, client.post(door(over, "/close")))
    assert "The meeting is closed." in closed
    assert "Did not come" in closed
    assert client.post(door(over, "/close")).status_code == 409


def test_a_running_event_is_not_closed(client, host, event):
    sign_in(client, host)
    assert client.post(door(event, "/close")).status_code == 409


def test_the_list_for_paper(client, host, event):
    sign_in(client, host)
    make.registration(event, called="Noor", code="K7QXPM", speaks=["ar", "fr"])
    make.registration(event, State.WAITING, called="Zeynep")
    page = client.get(door(event, "/list")).text
    assert "Noor" in page
    assert "K7QXPM" in page
    assert "Arabic and French" in page
    assert "Zeynep" not in page


SCREENS = ["", "/list", "/close"]


@pytest.mark.parametrize(("who", "status"), [
    ("host", 200), ("facilitator here", 200), ("staff", 200), ("administrator", 200), ("staff elsewhere", 403), ("guest", 403),
    ("stranger", 403),
])
def test_who_sees_the_door(client, event, host, who, status):
    person = host if who == "host" else make.person("Omar")
    if who == "facilitator here":
        make.event_person(event, person, role="facilitator")
    if who in ("staff", "staff elsewhere", "administrator"):
        area = {"staff": event.area, "staff elsewhere": make.neighbourhood("Stopsley")}.get(who)
        make.grant(person, Role.ADMINISTRATOR if who == "administrator" else Role.STAFF, area)
    if who == "guest":
        make.registration(event, to=make.address("omar@example.org"))
    sign_in(client, person)
    party = make.registration(event)
    assert [client.get(door(event, screen)).status_code for screen in SCREENS] == [status] * 3
    assert client.post(door(event, f"/{party.id}"), data={"came": "1"}).status_code == (303 if status == 200 else 403)


def test_nobody_is_led_to_sign_in(client, event):
    assert client.get(door(event)).status_code in (302, 303)
    assert client.get(f"/en/host/events/{uuid4()}/check-in").status_code in (302, 303)


def test_a_scanned_code_opens_the_check_in_and_acts_only_by_post(client, event, host):
    sign_in(client, host)
    party = make.registration(event, called="Noor", code="K7QXPM", party_size=2)
    page = client.get(f"/en/c/{event.id}/k7qxpm").text
    assert "Noor" in page
    assert door(event, f"/{party.id}") in page
    assert queries.came(event.id).total == 0
    made.check_in(party, came=1)
    assert "They were checked in already." in client.get(f"/en/c/{event.id}/K7QXPM").text
    assert "No guest has this code" in client.get(f"/en/c/{event.id}/K7QXPA").text


def test_a_code_leads_to_the_language_of_who_scans_it(client, event, host):
    make.registration(event, called="Noor", code="K7QXPM", locale="fr")
    sign_in(client, host)
    answer = client.get(f"/c/{event.id}/K7QXPM", headers={"Accept-Language": "fr"})
    assert answer.location == f"/{host.locale}/c/{event.id}/K7QXPM"


@pytest.mark.parametrize("who", ["nobody", "stranger", "staff elsewhere", "host of another"])
def test_a_scanned_code_tells_others_nothing(client, event, who):
    make.registration(event, called="Noor Haddad", code="K7QXPM")
    if who != "nobody":
        person = make.person("Omar")
        sign_in(client, person)
        if who == "staff elsewhere":
            make.grant(person, Role.STAFF, make.neighbourhood("Stopsley"))
        if who == "host of another":
            make.event_person(make.event(starts_at=NOW), person)
    real = client.get(f"/en/c/{event.id}/K7QXPM")
    made_up = client.get(f"/en/c/{event.id}/K7QXPA")
    nowhere = client.get(f"/en/c/{uuid4()}/K7QXPM")
    plain = {response.text.replace(str(response.request.path), "") for response in (real, made_up, nowhere)}
    assert len({page.replace(str(event.id), "").replace("K7QXPM", "").replace("K7QXPA", "") for page in plain}) <= 2
    for response in (real, made_up, nowhere):
        assert response.status_code == 200
        for secret in ("Noor", "Haddad", "Dinner in Dallow", "Dallow"):
            assert secret not in response.text


@pytest.mark.parametrize("typed", ["x" * 5000, "%00", "\u202e", "<svg onload=alert(1)>", "{{7*7}}", "'; DROP"])
def test_hostile_codes_and_searches_are_no_trouble(client, event, host, typed):
    make.registration(event)
    assert client.get(f"/en/c/{event.id}/{typed}").status_code in (200, 404)
    sign_in(client, host)
    assert client.get(f"/en/c/{event.id}/{typed}").status_code in (200, 404)
    page = client.get(door(event), query_string={"q": typed})
    assert page.status_code == 200
    assert "<svg onload" not in page.text


@pytest.mark.parametrize("guests", [1, 3])
def test_the_door_costs_the_same_for_any_number(client, event, host, guests):
    sign_in(client, host)
    for _ in range(guests):
        made.check_in(make.registration(event))
        make.registration(event)
        made.walk_in(event, called="Mbeki")
    with counted() as statements:
        assert client.get(door(event)).status_code == 200
    assert len(statements) == 10, statements


def test_a_cancelled_event_has_no_door(client, host, app):
    sign_in(client, host)
    cancelled = make.event(starts_at=NOW, state=EventState.CANCELLED)
    make.event_person(cancelled, host)
    party = make.registration(cancelled)
    assert client.post(door(cancelled, f"/{party.id}"), data={"came": "1"}).status_code == 409


def test_the_events_page_shows_numbers_and_the_way_to_the_door(client, host, event):
    sign_in(client, host)
    made.check_in(make.registration(event, party_size=2))
    page = client.get(pages.address("events.manage", event_id=event.id).removeprefix("https://engage.test")).text
    assert f'href="{door(event)}"' in page
    later = make.event(starts_at=NOW + 5 * HOUR)
    make.event_person(later, host)
    page = client.get(pages.address("events.manage", event_id=later.id).removeprefix("https://engage.test")).text
    assert f'href="{door(later)}"' not in page
    assert f'href="{door(later, "/list")}"' in page
