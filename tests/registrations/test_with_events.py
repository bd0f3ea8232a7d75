"""What hosts do with an event, and people with their account, as guests feel it: the whole way through."""

from datetime import timedelta

import pytest
import time_machine

from engage.accounts import actions as accounts
from engage.core import db
from engage.core.access import Actor
from engage.events import actions as events
from engage.messages import jobs as delivery
from engage.messages.models import OutboxLetter
from engage.registrations import actions
from engage.registrations.rules import State
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.conftest import NOW
from tests.events.giving import to_guests
from tests.registrations.helpers import do, get, letters, proven, seats, state


@pytest.fixture(autouse=True)
def _stand_still():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def city_staff(app):
    return make.actor(make.person("Sam"), "staff")


def test_an_event_is_called_off(city_staff):
    event = make.event(capacity=1)
    seated, waits = proven(event, "seated@example.org"), proven(event, "waits@example.org")
    with db.transaction():
        events.cancel(event_id=event.id, reason="The roof leaks.", locale="en", by=city_staff, now=NOW)
    assert letters("seated@example.org")[-1] == letters("waits@example.org")[-1] == "event_cancelled"
    assert (state(seated), state(waits)) == (State.CONFIRMED, State.WAITING)


def test_more_places_are_offered_and_none_while_paused(city_staff):
    event = make.event(capacity=1)
    proven(event, "seated@example.org")
    first, second = proven(event, "first@example.org"), proven(event, "second@example.org")
    with db.transaction():
        events.pause(event_id=event.id, is_paused=True, by=city_staff, now=NOW)
    with db.transaction():
        events.raise_capacity(event_id=event.id, capacity=2, by=city_staff, now=NOW)
    assert (state(first), state(second)) == (State.WAITING, State.WAITING)
    with db.transaction():
        events.pause(event_id=event.id, is_paused=False, by=city_staff, now=NOW)
    assert (state(first), state(second)) == (State.OFFERED, State.WAITING)
    assert seats(event) == 2


def test_the_host_writes_to_all_guests(city_staff):
    event = make.event()
    proven(event)
    with db.transaction():
        events.write_to_guests(event_id=event.id, letter=to_guests("The door", "It is the green one."), by=city_staff, now=NOW)
    assert letters()[-1] == "host_wrote"


def test_who_deletes_the_account_frees_their_seat(app):
    event, person = make.event(capacity=1), make.person()
    make.contact(person, "noor@example.org")
    found = proven(event)
    waits = proven(event, "waits@example.org")
    with db.transaction():
        accounts.delete_account(person_id=person.id, by=Actor(person_id=person.id), now=NOW)
    assert (state(found), state(waits)) == (State.CANCELLED, State.OFFERED)
    assert (get(found).called, get(found).address_id) == ("", None)


def test_letters_leave_with_what_is_true_by_then(app):
    event = make.event()
    found = proven(event)
    do(actions.cancel, found)
    delivery.deliver(NOW + timedelta(minutes=1))
    sent = {letter.kind: letter.state for letter in _outbox()}
    assert sent == {"place_asked": "cancelled", "place_confirmed": "cancelled", "place_cancelled": "sent"}


def _outbox():
    db.session().rollback()
    return [letter for letter in db.session().query(OutboxLetter) if letter.kind.startswith("place_")]


def test_the_hosts_page_of_an_event_shows_the_numbers(client):
    event, host = make.event(capacity=6), make.person("Peter")
    make.event_person(event, host)
    proven(event, party_size=2)
    sign_in(client, host)
    page = client.get(f"/en/my/events/{event.id}").text
    assert "2 of 6 people" in page
    assert f"/en/host/events/{event.id}/guests" in page


def test_the_desk_counts_requests(client):
    make.registration(make.event(), State.REQUESTED)
    staff = make.person("Sam")
    make.grant(staff)
    sign_in(client, staff)
    assert "Guests waiting for an answer" in client.get("/en/desk").text
