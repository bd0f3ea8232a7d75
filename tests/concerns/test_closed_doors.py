"""A programme is closed after its meetings: what was said there stays there, also of a concern everybody can read."""

from datetime import timedelta

import pytest
import time_machine

from engage.concerns.actions import acting, agendas, minutes, tending
from engage.concerns.actions.acting import Promise, Task
from engage.concerns.models import Concern
from engage.concerns.queries import agendas as queries
from engage.concerns.queries import tending as lists
from engage.concerns.rules.reasons import Reason
from engage.concerns.rules.steps import Step
from engage.core import city, db, secrets
from engage.core.access import Role
from engage.core.refusal import Refused
from engage.core.text import Localized
from engage.programmes.models import Programme
from tests import factories as make
from tests.concerns.saying import do, letters
from tests.conftest import NOW

STAFF, DAY = make.actor(None, Role.STAFF), timedelta(days=1)
SECRET, TITLE, NONE = Localized.of("en", "Canary decision"), "Canary circle", Localized({}, "en")


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOW, tick=False):
        yield


class Room:
    """A meeting of yesterday that talked about a concern of its neighbourhood, which everybody can read."""

    def __init__(self, app):
        self.client = app.test_client()
        self.area = make.neighbourhood("Dallow")
        self.programme = make.programme()
        self.event = make.event(TITLE, of=self.programme, area=self.area, starts_at=NOW - DAY)
        self.concern = make.concern(area=self.area)
        self.voice = make.voice(self.concern, to=make.address("noor@example.org"), is_author=True)
        make.agenda(self.event, items=(), is_published=True)
        self.item = make.agenda_item(self.event, concern_id=self.concern.id)

    def decide(self):
        make.minutes_item(self.item, decision=SECRET)
        do(minutes.publish, event_id=self.event.id, correction=NONE, by=STAFF)

    def close(self):
        with db.transaction() as session:
            session.get(Programme, self.programme.id).is_closed = True
            city.change()

    def seen(self):
        """All that somebody outside reads: its page, the list, their own page, their letters."""
        db.session().rollback()
        with self.client.session_transaction() as session:
            session["links"] = {f"voice:{self.voice.id}": 0}
        paths = (f"concerns/{self.concern.id}", f"concerns?area={self.area.code}", f"my/concerns/{self.voice.id}")
        pages = [self.client.get(f"/en/{path}") for path in paths]
        assert [page.status_code for page in pages] == [200] * 3
        return "".join(page.text for page in pages) + "".join(letter.text + letter.subject for letter in letters())

    def step(self):
        db.session().rollback()
        return db.session().get(Concern, self.concern.id).step


@pytest.fixture
def room(app):
    return Room(app)


def leaks(room):
    seen = room.seen()
    return [word for word in ("Canary", room.event.slug) if word in seen]


def test_open_it_is_told(room):
    room.decide()
    assert len(leaks(room)) == 2
    assert room.step() == Step.ANSWERED


def test_closed_later_nothing_of_it_is_read_and_no_letter_leaves(room):
    room.decide()
    room.close()
    assert leaks(room) == []


def test_minutes_of_a_closed_meeting_are_no_news_outside(room):
    room.close()
    room.decide()
    assert (leaks(room), letters(), room.step()) == ([], [], Step.RAISED)


def test_what_is_promised_there_and_done_is_no_news_outside(room):
    room.close()
    room.decide()
    given = Promise(Task(SECRET, "Odile", "Highways", ""), NOW.date() + DAY, secrets.new_token(), "en")
    action = do(acting.promise_at_meeting, event_id=room.event.id, item_id=room.item.id, promise=given, by=STAFF)
    assert (leaks(room), room.step()) == ([], Step.RAISED)
    do(acting.finish, action_id=action, outcome=SECRET, by=STAFF)
    assert (leaks(room), letters(), room.step()) == ([], [], Step.RAISED)


def test_an_agenda_of_a_closed_meeting_is_no_news_outside(app):
    room = Room(app)
    event = make.event(TITLE, of=room.programme, area=room.area)
    make.agenda_item(event, concern_id=room.concern.id)
    make.agenda(event, items=())
    room.close()
    do(agendas.publish, event_id=event.id, version=queries.of(event.id).version, by=STAFF)
    assert (leaks(room), letters(), room.step()) == ([], [], Step.RAISED)


def test_inside_it_goes_its_way(room):
    with db.transaction() as session:
        session.get(Concern, room.concern.id).programme_id = room.programme.id
    room.close()
    room.decide()
    assert room.step() == Step.ANSWERED
    assert len(letters("step")) == 1


@pytest.mark.parametrize("order", [1, -1])
def test_no_concern_is_joined_through_a_closed_door(room, order):
    inside = make.concern("Canary", area=room.area, programme_id=room.programme.id)
    room.close()
    one, into = (inside, room.concern)[::order]
    with pytest.raises(Refused) as refused:
        do(tending.merge, concern_id=one.id, into_id=into.id, by=STAFF)
    assert refused.value.reason == Reason.BEHIND_CLOSED_DOORS
    assert lists.to_join(db.session().get(Concern, one.id), STAFF) == []


def test_two_of_one_closed_programme_are_joined(room):
    one, into = (make.concern(area=room.area, programme_id=room.programme.id) for _ in range(2))
    room.close()
    assert [each.id for each in lists.to_join(db.session().get(Concern, one.id), STAFF)] == [into.id]
    do(tending.merge, concern_id=one.id, into_id=into.id, by=STAFF)
    assert db.session().get(Concern, one.id).merged_into_id == into.id
