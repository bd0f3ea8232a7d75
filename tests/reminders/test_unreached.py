"""Who was not reached, and what letters look like: staff, staff elsewhere, host, stranger."""

from datetime import timedelta

import pytest
from time_machine import travel

from engage.concerns.models import ActionItem
from engage.core import db, ledger
from engage.core.access import Role
from engage.events.models import Event
from engage.events.rules import Acceptance, PersonRole
from engage.events.rules import State as EventState
from engage.messages import jobs, letters
from engage.messages.actions import Outcome
from engage.messages.models import Address, OutboxLetter
from engage.messages.rules import Channel, Problem, State
from engage.registrations.models import Invitation, Registration
from engage.registrations.rules import State as Place
from engage.reminders import queries
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.conftest import NOW
from tests.reminders.support import confirmed, meeting
from tests.trust import closed, pages

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


def missed(event):
    return queries.missed(queries.matter(event.id), NOW + timedelta(days=13))


def page_of(event):
    return f"/en/desk/unreached/{event.id}"


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
        assert client.post(f"{page_of(event)}/{missed(event)[0].address_id}").status_code != 200
    assert answers["elsewhere"] == answers["host"] == 403
    assert answers["stranger"] in (302, 303)
    assert len(missed(event)) == 2


def test_staff_of_the_area_see_it(client, event, area):
    as_staff(client, area)
    assert client.get(page_of(event)).status_code == 200
    assert client.get("/en/desk/unreached").text.count("<li><div><h2>") == 2


def test_staff_tell_somebody_and_the_queue_gets_shorter(client, event):
    as_staff(client)
    address_id = next(one.address_id for one in missed(event) if one.called == "Peter")
    for _ in range(2):
        assert client.post(f"{page_of(event)}/{address_id}").status_code == 303
    db.session().rollback()
    assert [one.called for one in missed(event)] == ["Amina"]
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
        for row in db.session().query(Registration):
            row.state = Place.UNPROVEN
    assert missed(event) == []


def test_a_host_who_was_not_reached(app, event):
    host = make.person("Hana")
    with db.transaction():
        address_id = make.contact(host, "hana@example.org").address_id
        row = db.session().query(OutboxLetter).filter(OutboxLetter.state == State.REFUSED).first()
        row.address_id = address_id
    assert "Hana" in [one.called for one in missed(event)]


# --- whoever else should know ------------------------------------------------------------------------


def lost(kind, about, address, **values):
    """A letter that bounced."""
    return make.keep(OutboxLetter(**{
        "about": f"{kind}:{address.id}", "kind": kind, "facts": {}, "address_id": address.id, "subject_id": about.id,
        "topic": letters.KINDS[kind].topic, "state": State.REFUSED, "not_before": NOW, "expires_at": NOW, "next_try_at": NOW,
        "message_id": f"<{kind}.{address.id}@example.org>", "problem": Problem.BOUNCED, "created_at": NOW, **values,
    }))


@pytest.fixture
def invited(area):
    """Somebody invited to a closed meeting whose letter bounced."""
    event = make.event("Round table", area=area, of=make.programme(is_closed=True), starts_at=NOW + timedelta(days=20))
    address = make.address("lena@example.org")
    found = closed.invitation(event, address, called="Lena")
    lost("invited", event, address, facts={"invitation_id": str(found.id)})
    return found


@pytest.fixture
def promised(area):
    """Somebody without an account who doesn't know what they have to do."""
    address = make.address("roads@example.org")
    action = make.action_item(neighbourhood_id=area.id, who="Robin", address_id=address.id)
    lost("concerns.action_given", action, address, facts={
        "action_id": str(action.id), "revocation": 0, "due_on": action.due_on.isoformat(),
    })
    return action


def names(client):
    found = pages.read(client.get("/en/desk/unreached").text)
    rows = [row for lists in found.every("ul") if lists.get("id") == "waiting" for row in lists.every("h2")]
    return [row.text for row in rows]


def counted(client):
    desk = pages.read(client.get("/en/desk").text)
    line = [link for link in desk.every("a") if "/desk/unreached" in link.get("href", "")]
    return sum(int(number.text) for link in line for number in link.every("b"))


def test_an_invitation_that_did_not_arrive_until_it_is_taken_back_or_used(client, area, invited):
    as_staff(client, area)
    assert (names(client), counted(client)) == (["Lena"], 1)
    page = client.get(f"/en/desk/unreached/{invited.event_id}").text
    assert "lena@example.org" in page
    assert "Round table" in page
    with db.transaction():
        db.session().get(Invitation, invited.id).revoked_at = NOW
    assert (names(client), counted(client)) == ([], 0)


def test_its_hosts_see_it_beside_the_invitation(client, invited):
    host = make.person("Hana")
    make.event_person(db.session().get(Event, invited.event_id), host)
    sign_in(client, host)
    assert "The letter did not arrive" in client.get(f"/en/host/events/{invited.event_id}/invitations").text


def test_somebody_asked_to_host_together(client, area, event):
    with db.transaction():
        db.session().query(OutboxLetter).delete()
    address = make.address("cora@example.org")
    make.event_person(event, role=PersonRole.CO_HOST, called="Cora", acceptance=Acceptance.INVITED, address_id=address.id)
    lost("events.cohost", event, address)
    as_staff(client, area)
    assert (names(client), counted(client)) == (["Cora"], 1)


@pytest.mark.parametrize("state, is_to_know", [
    (Place.REMOVED, True), (Place.DECLINED, True), (Place.LAPSED, True), (Place.CANCELLED, False),
])
def test_who_has_no_place_any_more_must_know(client, area, event, state, is_to_know):
    with db.transaction():
        db.session().query(OutboxLetter).delete()
        address = make.address("gone@example.org")
        make.registration(event, state, called="Gustav", to=address)
    lost("place_removed", event, address)
    as_staff(client, area)
    assert names(client) == ["Gustav"] * is_to_know


@pytest.mark.parametrize("state, is_to_know", [
    (EventState.CHANGES_REQUESTED, True), (EventState.DECLINED, True), (EventState.DRAFT, False), (EventState.WITHDRAWN, False),
])
def test_a_proposals_host_must_know_what_the_city_decided(client, area, state, is_to_know):
    host = make.person("Hana")
    address = db.session().get(Address, make.contact(host, "hana@example.org").address_id)
    event = make.event("A supper", area=area, state=state, published_at=None)
    part = make.event_person(event, host)
    with db.transaction():  # not every proposal has a time yet
        db.session().get(Event, event.id).starts_at = None
    lost("events.changes", event, address, facts={"event_id": str(event.id), "part_id": str(part.id)})
    as_staff(client, area)
    assert (names(client), counted(client)) == (["Hana"] * is_to_know, int(is_to_know))
    assert client.get(f"/en/desk/unreached/{event.id}").status_code == (200 if is_to_know else 404)
    if is_to_know:
        assert "1 person has not been reached" in client.get(f"/en/my/events/{event.id}").text


def test_what_somebody_is_to_do_and_does_not_know(client, area, promised):
    as_staff(client, area)
    assert (names(client), counted(client)) == (["Robin"], 1)
    page = f"/en/desk/unreached/{promised.id}"
    assert f"/en/desk/actions/{promised.id}" in client.get(page).text
    assert client.post(f"{page}/{promised.address_id}").status_code == 303
    assert (names(client), counted(client)) == ([], 0)
    assert [entry.kind for entry in ledger.history(promised.id)] == ["reminders.ToldByHand"]


def test_what_others_do_now_or_is_done(client, area, promised):
    as_staff(client, area)
    with db.transaction():
        db.session().get(ActionItem, promised.id).address_id = make.address("new.owner@example.org").id
    assert names(client) == []
    with db.transaction():
        row = db.session().get(ActionItem, promised.id)
        row.address_id, row.state = promised.address_id, "done"
    assert names(client) == []


def test_staff_elsewhere_see_neither(client, promised, invited):
    as_staff(client, make.neighbourhood("High Town"))
    assert (names(client), counted(client)) == ([], 0)
    for subject_id in (promised.id, invited.event_id):
        assert client.get(f"/en/desk/unreached/{subject_id}").status_code == 403


def test_nobody_calls_about_what_nobody_waits_for(client, area, event):
    """Who was referred to us by a partner, and who follows a series, asked for nothing that they would miss."""
    with db.transaction():
        db.session().query(OutboxLetter).delete()
    for kind in ("referred", "events.new_dates", "feedback.ask"):
        holder = make.person(kind)
        lost(kind, event, db.session().get(Address, make.contact(holder, f"{kind}@example.org").address_id))
    as_staff(client, area)
    assert (names(client), counted(client)) == ([], 0)
