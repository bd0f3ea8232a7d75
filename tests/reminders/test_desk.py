"""Who was not reached, and what letters look like: staff, staff elsewhere, host, stranger."""

from datetime import timedelta

import pytest
from time_machine import travel

from engage.core import db, ledger
from engage.core.access import Role
from engage.messages import jobs, letters
from engage.messages.actions import Outcome
from engage.messages.models import OutboxLetter
from engage.messages.rules import Channel, Problem, State
from engage.registrations.models import Registration
from engage.registrations.rules import State as Place
from engage.reminders import queries
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.conftest import NOW
from tests.reminders.support import confirmed, meeting

PHONE = "+441582546000"


@pytest.fixture(autouse=True)
def time(app):
    with travel(NOW + timedelta(days=13, hours=1), tick=False):
        yield


@pytest.fixture
def area(app):
    return make.neighbourhood("Dallow")


@pytest.fixture
def event(area):
    """A meeting next week. One guest has a phone only, one mailbox is full, one was reached."""
    event = meeting(area=area)
    confirmed(event, called="Peter", to=make.address(PHONE, channel=Channel.PHONE))
    confirmed(event, called="Amina", to=make.address("amina@example.org"))
    confirmed(event, called="Noor", to=make.address("noor@example.org"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jobs, "_carried", lambda ready, *_: Outcome(*_result(ready.to)))
        jobs.deliver(NOW + timedelta(days=13))
    return event


def _result(to):
    return (State.REFUSED, Problem.BOUNCED) if to.startswith("amina") else (State.SENT,)


def as_staff(client, area=None):
    person = make.person("Samira")
    make.grant(person, Role.STAFF, area)
    sign_in(client, person)
    return person


def page_of(event):
    return f"/en/desk/events/{event.id}/unreached"


def test_staff_see_who_was_not_reached_and_why(client, event):
    as_staff(client)
    page = client.get(page_of(event)).text
    assert "Peter" in page
    assert f'href="tel:{PHONE}"' in page
    assert "Amina" in page
    assert "amina@example.org" in page
    assert "Reminder: " in page  # what they should know
    assert "Noor" not in page


def test_the_desk_counts_people(client, event):
    as_staff(client)
    assert "Letters that did not arrive" in client.get("/en/desk").text
    index = client.get("/en/desk/unreached").text
    assert index.count("<li><div><h2>") == 2
    assert page_of(event) in index


def test_staff_elsewhere_host_and_stranger_see_nothing(app, event):
    elsewhere = make.neighbourhood("High Town")
    host = make.person("Hana")
    make.event_person(event, host)
    answers = {}
    for who in ("elsewhere", "host", "stranger"):
        client = app.test_client()
        if who == "elsewhere":
            as_staff(client, elsewhere)
            assert "<li><div><h2>" not in client.get("/en/desk/unreached").text
        if who == "host":
            sign_in(client, host)
        answers[who] = client.get(page_of(event)).status_code
        assert client.post(f"{page_of(event)}/{queries.missed(event.id)[0].address_id}").status_code != 200
    assert answers["elsewhere"] == answers["host"] == 403
    assert answers["stranger"] in (302, 303)
    assert len(queries.missed(event.id)) == 2


def test_staff_of_the_area_see_it(client, event, area):
    as_staff(client, area)
    assert client.get(page_of(event)).status_code == 200
    assert client.get("/en/desk/unreached").text.count("<li><div><h2>") == 2


def test_staff_tell_somebody_and_the_queue_gets_shorter(client, event):
    as_staff(client)
    address_id = next(one.address_id for one in queries.missed(event.id) if one.called == "Peter")
    for _ in range(2):
        assert client.post(f"{page_of(event)}/{address_id}").status_code == 303
    db.session().rollback()
    assert [one.called for one in queries.missed(event.id)] == ["Amina"]
    assert [entry.kind for entry in ledger.history(address_id)] == ["reminders.ToldByHand"]


def test_what_still_may_get_through_is_shown_without_a_button(client, event):
    with db.transaction():
        for row in db.session().query(OutboxLetter).filter(OutboxLetter.state == State.REFUSED):
            row.state, row.problem = State.DUE, Problem.CONNECTION
    as_staff(client)
    page = client.get(page_of(event)).text
    assert "We keep trying" in page
    assert "I have told them" not in page


def test_nobody_has_to_be_reached_after_the_meeting(client, event):
    as_staff(client)
    with travel(NOW + timedelta(days=30), tick=False):
        assert "2 people" not in client.get("/en/desk/unreached").text


def test_an_address_nobody_has_proven_is_nobodys_to_reach(client, event):
    with db.transaction():
        for one in queries.missed(event.id):
            db.session().get(Registration, one.registration_id).state = Place.UNPROVEN
    assert queries.missed(event.id) == []


def test_a_host_who_was_not_reached(app, event):
    host = make.person("Hana")
    with db.transaction():
        address_id = make.contact(host, "hana@example.org").address_id
        row = db.session().query(OutboxLetter).filter(OutboxLetter.state == State.REFUSED).first()
        row.address_id = address_id
    assert "Hana" in [one.called for one in queries.missed(event.id)]


def test_hosts_and_staff_see_every_letter_in_every_language(app, client):
    sign_in(client, make.person())
    index = client.get("/en/desk/letters")
    assert index.status_code == 200
    for name, kind in letters.KINDS.items():
        assert (f"/en/desk/letters/{name}/ar" in index.text) == bool(kind.sample)


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_each_preview_opens_in_a_frame_of_its_own(app, client, language):
    sign_in(client, make.person())
    for name in (name for name, kind in letters.KINDS.items() if kind.sample):
        page = client.get(f"/en/desk/letters/{name}/{language}")
        frame = client.get(f"/en/desk/letters/{name}/{language}/page")
        assert (page.status_code, frame.status_code) == (200, 200)
        assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
        assert "sandbox" in frame.headers["Content-Security-Policy"]
        assert f'<html lang="{language}"' in frame.text


@pytest.mark.parametrize("path", ["reminders.reminder/sv", "nothing/en", "reminders.reminder/sv/page"])
def test_there_is_no_such_letter(app, client, path):
    sign_in(client, make.person())
    assert client.get(f"/en/desk/letters/{path}").status_code == 404


def test_strangers_are_led_to_sign_in(client):
    assert client.get("/en/desk/letters").status_code in (302, 303)
