"""My place: what its page says and lets one do; owner, staff, neighbour, stranger."""

from datetime import timedelta

import pytest
import time_machine
from icalendar import Calendar

from engage.core import db, tokens
from engage.core.access import CLOCK
from engage.core.text import Localized
from engage.events.models import AddressLook, Event
from engage.events.rules import State as EventState
from engage.registrations import actions
from engage.registrations.rules import Need, State
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.conftest import NOW
from tests.registrations.helpers import do, get, letters, proven, seats, sign_up, state

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def _stand_still():
    with time_machine.travel(NOW, tick=False):
        yield


def place(registration_id, step=""):
    return f"/en/my/places/{registration_id}" + (f"/{step}" if step else "")


def link(registration_id):
    signature = tokens.sign("place", registration_id, get(registration_id).revocation)
    return f"/en/link/place/{registration_id}/{signature}"


def opened(client, registration_id):
    """The page behind a letter's link."""
    return client.get(link(registration_id), follow_redirects=True)


def test_the_letters_button_confirms(client):
    event = make.event()
    found = sign_up(event)
    page = opened(client, found)
    assert "Was it you? Please confirm." in page.text
    assert state(found) == State.HELD, "opening a link does nothing"
    answer = client.post(place(found, "confirm"), follow_redirects=True)
    assert "You have a place" in answer.text
    assert get(found).code in answer.text
    assert "<svg" in answer.text
    assert state(found) == State.CONFIRMED


def test_an_old_letter_leads_to_the_new_sign_up(client):
    event = make.event()
    old = sign_up(event)
    with db.transaction():
        actions.lapse(registration_id=old, by=CLOCK, now=NOW + HOUR)
    new = sign_up(event)
    opened(client, old)
    page = client.post(place(old, "confirm"))
    assert f"/link/place/{new}/" in page.location
    assert "You have a place" in client.get(page.location.removeprefix("https://engage.test"), follow_redirects=True).text


@pytest.mark.parametrize("step", ["", "change", "cancel", "meeting.ics"])
def test_neighbours_and_strangers_see_nothing(client, step):
    event, area = make.event(), make.neighbourhood()
    found, neighbour = proven(event), proven(event, "neighbour@example.org")
    assert client.get(place(found, step)).status_code == 404
    opened(client, neighbour)
    assert client.get(place(found, step)).status_code == 404
    staff_elsewhere = make.person()
    make.grant(staff_elsewhere, area=area)
    sign_in(client, staff_elsewhere)
    assert client.get(place(found, step)).status_code == 403


@pytest.mark.parametrize("step", ["confirm", "accept", "refuse", "cancel", "party", "needs"])
def test_neighbours_and_strangers_do_nothing(client, step):
    event = make.event()
    found, neighbour = proven(event), proven(event, "neighbour@example.org")
    data = {"party_size": "2", "words": "x", "may_keep": "y"}
    assert client.post(place(found, step), data=data).status_code == 404
    opened(client, neighbour)
    assert client.post(place(found, step), data=data).status_code == 404
    sign_in(client, make.person())
    assert client.post(place(found, step), data=data).status_code == 403
    assert (state(found), seats(event)) == (State.CONFIRMED, 2)


def test_a_host_does_not_open_a_guests_page(client):
    event, host = make.event(), make.person()
    make.event_person(event, host)
    sign_in(client, host)
    assert client.get(place(proven(event))).status_code == 403


def test_the_owner_signed_in_and_staff_open_it(client):
    event, person = make.event(), make.person()
    make.contact(person, "noor@example.org")
    found = proven(event)
    sign_in(client, person)
    assert "You have a place" in client.get(place(found)).text
    staff = make.person()
    make.grant(staff)
    sign_in(client, staff)
    assert "as staff" in client.get(place(found)).text


def test_a_forged_or_ended_link_opens_nothing(client):
    found = proven(make.event())
    good = link(found)
    assert client.get(good[:-1] + ("A" if good[-1] != "A" else "B")).status_code == 404
    with db.transaction():
        actions.anonymise(registration_id=found, by=CLOCK)
    assert client.get(good).status_code == 404


def test_the_waiting_list_says_where_one_stands(client):
    event = make.event(capacity=2)
    proven(event, "seated@example.org", 2)
    proven(event, "first@example.org", 2)
    found = proven(event)
    page = opened(client, found).text
    assert "You are number 2 on the waiting list." in page
    assert "2 people are waiting before you." in page


def test_an_offer_is_answered_by_its_buttons(client):
    event = make.event(capacity=1)
    seated = proven(event, "seated@example.org")
    first, second = proven(event, "first@example.org"), proven(event)
    do(actions.cancel, seated)
    assert "We keep this for you until" in opened(client, first).text
    client.post(place(first, "refuse"))
    opened(client, second)
    assert "The place is yours" in client.post(place(second, "accept"), follow_redirects=True).text
    assert (state(first), state(second)) == (State.CANCELLED, State.CONFIRMED)


def test_an_offer_answered_too_late_says_so(client):
    event = make.event(capacity=1)
    seated, found = proven(event, "seated@example.org"), proven(event)
    do(actions.cancel, seated)
    opened(client, found)
    with time_machine.travel(NOW + DAY, tick=False):
        page = client.post(place(found, "accept"))
    assert page.status_code == 409
    assert "The time to answer is over" in page.text


def test_giving_the_place_back_is_asked_once_and_done_once(client):
    event = make.event()
    found = proven(event)
    opened(client, found)
    assert "take me off the list" in client.get(place(found, "cancel")).text
    assert state(found) == State.CONFIRMED
    for _ in range(2):
        assert client.post(place(found, "cancel")).location == place(found)
    assert (state(found), seats(event)) == (State.CANCELLED, 0)
    assert letters().count("place_cancelled") == 1
    assert "You are no longer signed up" in client.get(place(found)).text


def test_party_and_needs_are_changed(client):
    event = make.event(capacity=3, food=Localized.of("en", "Soup."))
    found = proven(event)
    opened(client, found)
    assert client.get(place(found, "change")).status_code == 200
    client.post(place(found, "party"), data={"party_size": "3"})
    client.post(place(found, "needs"), data={"dishes": ["halal"], "access": ["step_free"], "words": "", "may_keep": "y"})
    page = client.get(place(found)).text
    assert "3 people" in page
    assert "Halal" in page
    assert "Way in without steps" in page
    assert seats(event) == 3


def test_a_change_that_can_not_be_is_said_at_the_field(client):
    event = make.event(capacity=2)
    found = proven(event)
    proven(event, "other@example.org")
    opened(client, found)
    page = client.post(place(found, "party"), data={"party_size": "2"})
    assert page.status_code == 409
    assert "All places are taken." in page.text
    assert client.post(place(found, "party"), data={"party_size": "many"}).status_code == 422
    assert client.post(place(found, "needs"), data={"words": "A quiet seat"}).status_code == 422


def test_the_calendar_entry_names_the_guest_and_no_home(client):
    event = make.event(venue_id=None)
    make.private_address(event)
    found = proven(event)
    opened(client, found)
    file = client.get(place(found, "meeting.ics"))
    assert file.content_type.startswith("text/calendar; method=REQUEST")
    [entry] = Calendar.from_ical(file.text).walk("VEVENT")
    assert entry["UID"] == f"{event.id}@engage.test"
    assert str(entry["ATTENDEE"]) == "mailto:noor@example.org"
    assert "Canary" not in file.text
    do(actions.cancel, found)
    assert client.get(place(found, "meeting.ics")).status_code == 404


def test_the_address_is_shown_when_it_is_time_and_the_look_written_down(client):
    event = make.event(venue_id=None, starts_at=NOW + 3 * DAY)
    make.private_address(event, "17 Canary Close", directions="Ring twice", reveal_hours=24)
    found = proven(event)
    page = opened(client, found)
    assert "Canary" not in page.text
    assert "You see the address here from" in page.text
    assert _looks() == 0
    with time_machine.travel(NOW + 2 * DAY, tick=False):
        page = client.get(place(found))
    assert "17 Canary Close" in page.text
    assert "Ring twice" in page.text
    assert _looks() == 1
    with time_machine.travel(NOW + 4 * DAY, tick=False):
        assert "Canary" not in client.get(place(found)).text


@pytest.mark.parametrize("kept", [State.WAITING, State.OFFERED, State.REQUESTED, State.CANCELLED, State.REMOVED, State.HELD])
def test_nobody_without_a_place_sees_the_address(client, kept):
    event = make.event(venue_id=None, starts_at=NOW + HOUR)
    make.private_address(event)
    row = make.registration(event, kept, held_until=NOW + HOUR, offered_until=NOW + HOUR)
    assert "Canary" not in opened(client, row.id).text
    assert _looks() == 0


def _looks():
    db.session().rollback()
    return db.session().query(AddressLook).count()


def test_a_cancelled_event_says_why_and_lets_nothing_change(client):
    event = make.event()
    found = proven(event)
    with db.transaction():
        row = db.session().get(Event, event.id)
        row.state, row.cancel_reason = EventState.CANCELLED, Localized.of("en", "The roof leaks.")
    page = opened(client, found).text
    assert "This meeting is cancelled." in page
    assert "The roof leaks." in page
    assert place(found, "cancel") not in page
    assert client.post(place(found, "cancel")).status_code == 409


@pytest.mark.parametrize("kept", list(State))
@pytest.mark.parametrize("locale", ["en", "ar"])
def test_every_state_has_a_page(client, kept, locale):
    event = make.event(capacity=3)
    row = make.registration(event, kept, held_until=NOW + HOUR, offered_until=NOW + HOUR)
    opened(client, row.id)
    assert client.get(place(row.id).replace("/en/", f"/{locale}/")).status_code == 200


def test_names_are_shown_as_text(client):
    found = proven(make.event(), called="<svg onload=alert(1)>", needs={Need.OTHER: "<b>x</b>{{7*7}}"})
    page = opened(client, found).text
    assert "<svg onload" not in page
    assert "&lt;b&gt;x&lt;/b&gt;{{7*7}}" in page
