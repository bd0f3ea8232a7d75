"""Another host: found by staff, told by letter; the one so far stays as co-host, one who left is gone."""

import pytest
import time_machine
from sqlalchemy import select

from engage.core import db
from engage.core.access import Role
from engage.core.refusal import NotAllowed, NotFound, Refused
from engage.events import actions, queries
from engage.events.letters import LETTERS
from engage.events.models import EventPerson
from engage.events.rules import Acceptance, PersonRole, Reason, State
from engage.messages.letters import write
from engage.messages.models import OutboxLetter
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.conftest import NOW
from tests.events.test_proposing import do


@pytest.fixture
def amina(app):
    return make.person("Amina")


@pytest.fixture
def lucia(app):
    person = make.person("Lucía", locale="es")
    make.contact(person, "lucia@example.org")
    return person


@pytest.fixture
def event(amina):
    event = make.event()
    make.event_person(event, amina)
    return event


def staff(*areas):
    return make.actor(make.person("Sam"), Role.STAFF, areas=areas or None)


def parts(event):
    db.session().rollback()
    return {part.called: PersonRole(part.role) for part in queries.for_manage(event.id).people}


def hand_over(event, person, by):
    do(actions.hand_over, event_id=event.id, person_id=person.id, by=by)


def test_staff_make_somebody_the_host(event, amina, lucia):
    hand_over(event, lucia, staff())
    assert parts(event) == {"Amina": PersonRole.CO_HOST, "Lucía": PersonRole.HOST}
    letter = db.session().scalars(select(OutboxLetter)).one()
    written = write(LETTERS[letter.kind].render(letter.facts, letter.created_at))
    assert (letter.kind, written.locale) == ("events.host", "es")
    assert f"/es/my/events/{event.id}" in written.text
    hand_over(event, amina, staff())
    assert parts(event) == {"Amina": PersonRole.HOST, "Lucía": PersonRole.CO_HOST}
    assert LETTERS[letter.kind].render(letter.facts, letter.created_at) is None


def test_the_citys_own_meeting_gets_a_host(app, lucia):
    event = make.event()
    hand_over(event, lucia, staff())
    assert parts(event) == {"Lucía": PersonRole.HOST}
    do(actions.pause, event_id=event.id, is_paused=True, by=make.actor(lucia))


def test_a_co_host_becomes_the_host_and_is_listed_once(event, lucia):
    address_id = make.contact(lucia, "second@example.org").address_id
    for part in ({"person": lucia}, {"called": "Lucía F.", "address_id": address_id}):
        make.event_person(event, role=PersonRole.CO_HOST, acceptance=Acceptance.ACCEPTED, **part)
    hand_over(event, lucia, staff())
    assert parts(event) == {"Amina": PersonRole.CO_HOST, "Lucía": PersonRole.HOST}


def test_a_host_who_has_left_is_followed_by_another(event, amina, lucia):
    by = staff()
    do(actions.forget_person, person_id=amina.id, address_id=None, by=make.actor(amina))
    assert [found.id for found in queries.unhosted(by)] == [event.id]
    hand_over(event, lucia, by)
    assert parts(event) == {"Lucía": PersonRole.HOST}
    assert queries.unhosted(by) == []


def test_only_staff_of_the_area_and_nobody_for_a_draft(event, amina, lucia):
    for by in (make.actor(amina), staff(make.neighbourhood("Wigmore")), make.actor(make.person("Eve"))):
        with pytest.raises(NotAllowed):
            hand_over(event, lucia, by)
    with pytest.raises(NotAllowed):
        hand_over(make.event(state=State.DRAFT), lucia, staff())
    with pytest.raises(Refused) as refused:
        hand_over(make.event(state=State.CANCELLED), lucia, staff())
    assert refused.value.reason == Reason.NOT_IN_THIS_STATE


def test_the_host_there_is_and_nobody_at_all(event, amina):
    with pytest.raises(Refused) as refused:
        hand_over(event, amina, staff())
    assert refused.value.reason == Reason.ALREADY_THERE
    with pytest.raises(NotFound):
        do(actions.hand_over, event_id=event.id, person_id=event.id, by=staff())


@time_machine.travel(NOW, tick=False)
def test_on_the_page_of_people(app, client, event, lucia):
    member = make.person("Sam")
    make.grant(member, Role.STAFF)
    sign_in(client, member)
    path = f"/en/my/events/{event.id}/people"
    assert f'action="{path}/host?text=luc' in client.get(f"{path}?text=luc").text
    assert client.post(f"{path}/host", data={"person": "nobody"}).status_code == 404
    page = client.post(f"{path}/host", data={"person": str(lucia.id)}, follow_redirects=True)
    assert "They host it now" in page.text
    assert client.post(f"{path}/host", data={"person": str(lucia.id)}).status_code == 409
    assert len(db.session().scalars(select(EventPerson)).all()) == 2
