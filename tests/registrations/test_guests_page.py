"""The guests page of hosts and staff: host, staff of the area, staff elsewhere, guest, stranger."""

import pytest
import time_machine

from engage.programmes.rules import SignUpMode
from engage.registrations.rules import Need, State
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.conftest import NOW
from tests.registrations.helpers import Statements, get, letters, proven, rows, seats, sign_up, state

EDNA = {
    "form_key": "k" * 20, "called": "Edna", "phone": "01582 400123", "letters_in": "en", "party_size": "1", "conduct": "y",
}


@pytest.fixture(autouse=True)
def _stand_still():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def dinner(app):
    """A dinner where the host approves: (event, host)."""
    event = make.event(of=make.programme(sign_up_mode=SignUpMode.HOST_APPROVES), capacity=3)
    host = make.person("Peter")
    make.event_person(event, host)
    return event, host


def staff(area=None):
    person = make.person("Sam")
    make.grant(person, area=area)
    return person


def page_of(event, *steps):
    return "/".join((f"/en/host/events/{event.id}/guests", *map(str, steps)))


def test_the_host_sees_names_and_counts_and_no_addresses(client, dinner):
    event, host = dinner
    proven(event, "noor@example.org", 2, speaks=("ar",), needs={Need.VEGAN: "", Need.OTHER: "A quiet seat"})
    proven(event, "ada@example.org", called="Ada", needs={Need.VEGAN: ""})
    sign_up(event, "unproven@example.org", called="Unproven name")
    sign_in(client, host)
    page = client.get(page_of(event)).text
    for shown in ("Noor", "Ada", "Arabic", "Place asked for", "Vegan", "A quiet seat"):
        assert shown in page
    assert '<td class="number">2</td>' in page
    assert "@example.org" not in page
    assert "Unproven name" not in page


def test_strangers_guests_other_hosts_and_staff_elsewhere_see_nothing(client, dinner):
    event, _ = dinner
    assert client.get(page_of(event)).status_code == 302
    guest, other_host = make.person(), make.person()
    make.contact(guest, "noor@example.org")
    proven(event)
    make.event_person(make.event(), other_host)
    for person in (guest, other_host, staff(make.neighbourhood())):
        sign_in(client, person)
        assert client.get(page_of(event)).status_code == 403
        for step in ("approve", "decline", "remove"):
            assert client.post(page_of(event, rows(event)[0].id, step)).status_code == 403
        assert client.get(page_of(event, "new")).status_code == 403
    assert state(rows(event)[0].id) == State.REQUESTED


def test_the_host_says_yes_and_no_with_one_click_each(client, dinner):
    event, host = dinner
    yes, no = proven(event, "yes@example.org", 2), proven(event, "no@example.org", called="Ada")
    sign_in(client, host)
    assert "has a place now" in client.post(page_of(event, yes, "approve"), follow_redirects=True).text
    assert "kindly" in client.post(page_of(event, no, "decline"), follow_redirects=True).text
    client.post(page_of(event, yes, "approve"))
    assert (state(yes), state(no), seats(event)) == (State.CONFIRMED, State.DECLINED, 2)


def test_yes_to_more_than_fit_is_refused_on_the_same_page(client, dinner):
    event, host = dinner
    first, second = proven(event, "one@example.org", 2), proven(event, "two@example.org", 2)
    sign_in(client, host)
    client.post(page_of(event, first, "approve"))
    page = client.post(page_of(event, second, "approve"))
    assert page.status_code == 409
    assert "Only 1 place is left." in page.text
    assert (state(second), seats(event)) == (State.REQUESTED, 2)


def test_removing_is_asked_once(client, dinner):
    event, host = dinner
    found = proven(event)
    sign_in(client, host)
    assert "Remove" in client.get(page_of(event, found, "remove")).text
    assert state(found) == State.REQUESTED
    client.post(page_of(event, found, "remove"))
    assert state(found) == State.REMOVED
    assert letters()[-1] == "place_removed"


def test_a_guest_of_another_event_is_not_found_here(client, dinner):
    event, host = dinner
    elsewhere = proven(make.event())
    sign_in(client, host)
    assert client.get(page_of(event, elsewhere, "remove")).status_code == 404
    assert client.post(page_of(event, elsewhere, "remove")).status_code == 404
    assert state(elsewhere) == State.CONFIRMED


def test_staff_sign_somebody_up_by_phone(client):
    event = make.event(capacity=1)
    sign_in(client, staff())
    page = client.post(page_of(event, "new"), data=EDNA, follow_redirects=True)
    assert "Edna" in page.text
    assert "Place confirmed" in page.text
    assert "+441582400123" in page.text
    client.post(page_of(event, "new"), data=EDNA)
    [row] = rows(event)
    assert (row.state, get(row.id).address.channel, seats(event)) == (State.CONFIRMED, "phone", 1)
    page = client.get(f"/en/my/places/{row.id}").text
    assert "as staff" in page


@pytest.mark.parametrize("missing, said", [
    ({"phone": ""}, "Please give an email address or a phone number."),
    ({"phone": "12"}, "does not look like a phone number"),
    ({"conduct": ""}, "Please tell them what the code of conduct says"),
    ({"called": ""}, "Please tell us a name."),
])
def test_what_staff_forgot_is_said(client, missing, said):
    event = make.event()
    sign_in(client, staff())
    page = client.post(page_of(event, "new"), data={**EDNA, **missing})
    assert page.status_code == 422
    assert said in page.text
    assert rows(event) == []


def test_a_host_does_not_see_the_phone_of_a_guest(client):
    event, host = make.event(), make.person()
    make.event_person(event, host)
    make.registration(event, to=make.address("+441582400123", channel="phone"))
    sign_in(client, host)
    assert "400123" not in client.get(page_of(event)).text
    assert client.get(page_of(event, "new")).status_code == 403


def test_requests_wait_on_the_desk_of_their_area_and_on_the_hosts_page(client, dinner):
    event, host = dinner
    proven(event)
    for person, sees in ((staff(), True), (staff(make.neighbourhood()), False), (host, True)):
        sign_in(client, person)
        assert (f"/en/host/events/{event.id}/guests" in client.get("/en/desk/requests").text) is sees
    assert "Guests waiting for your answer" in client.get("/en/my").text


def test_statements_of_the_guests_page(client):
    event = make.event()
    url = page_of(event)
    sign_in(client, staff())
    make.registration(event)
    client.get(url)
    with Statements() as one:
        client.get(url)
    make.registration(event)
    make.registration(event, State.WAITING)
    with Statements() as three:
        client.get(url)
    assert len(one) == len(three) == 7, three
