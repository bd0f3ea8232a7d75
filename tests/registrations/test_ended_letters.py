"""Who ended letters about their places: what still comes, and how they begin again."""

import pytest

from engage.core import db
from engage.core.access import Actor
from engage.events import actions as events
from engage.messages import actions as messages
from engage.messages import jobs, letters, queries
from engage.messages.models import Address, OutboxLetter
from engage.messages.rules import State, Topic
from engage.registrations import actions
from engage.registrations.rules import State as Place
from tests import factories as make
from tests.conftest import NOW
from tests.registrations.helpers import do, get, proven, sign_up, state

ELSEWHERE = "noor@example.org"


def end(address_id, topic=Topic.PLACES):
    holder = Actor(links=frozenset({("unsubscribe", address_id)}))
    with db.transaction():
        messages.end_topic(address_id=address_id, topic=topic, by=holder, now=NOW)


def delivered():
    """Deliver, and return the kinds that were sent and those that were not wanted."""
    jobs.deliver(NOW)
    db.session().rollback()
    rows = db.session().query(OutboxLetter).join(Address).filter(OutboxLetter.facts["registration_id"].as_string() != "")
    ended = [(row.kind, row.state) for row in rows]
    return ({kind for kind, how in ended if how == State.SENT}, {kind for kind, how in ended if how == State.CANCELLED})


@pytest.fixture
def waiting(app):
    """Somebody second in line, who has ended letters about places."""
    event = make.event(capacity=1)
    first = proven(event, "first@example.org")
    found = proven(event, ELSEWHERE)
    delivered()
    end(get(found).address_id)
    return event, first, found


def test_the_offer_is_not_sent_and_stands_on_the_page(waiting):
    _, first, found = waiting
    do(actions.cancel, first)
    assert state(found) == Place.OFFERED
    assert "place_offered" in delivered()[1]


def test_being_taken_off_the_list_and_a_cancelled_meeting_are_told_all_the_same(waiting):
    event, first, found = waiting
    staff = make.actor(make.person("Samira"), "staff")
    end(get(first).address_id)
    do(actions.remove, found, by=staff)
    assert "place_removed" in delivered()[0]
    with db.transaction():
        events.cancel(event_id=event.id, reason="The roof leaks.", locale="en", by=staff, now=NOW)
    assert "event_cancelled" in delivered()[0]


def test_asking_again_with_the_form_still_sends_the_way_in(waiting):
    event, _, found = waiting
    sign_up(event, ELSEWHERE)
    assert "place_known" in delivered()[0]
    assert queries.opted_out(get(found).address_id) == {Topic.PLACES}


def test_signing_up_for_another_meeting_begins_them_again(waiting):
    _, _, found = waiting
    address_id = get(found).address_id
    end(address_id, Topic.NEWS)
    other = sign_up(make.event(), ELSEWHERE)
    assert Topic.PLACES in queries.opted_out(address_id), "nobody has proven yet that it was them"
    do(actions.prove, other)
    assert queries.opted_out(address_id) == {Topic.NEWS}
    assert "place_confirmed" in delivered()[0]


def test_the_page_says_what_would_be_missed(waiting, client):
    address = db.session().get(Address, get(waiting[2]).address_id)
    url = letters.unsubscribe_url(address, Topic.PLACES, "en").removeprefix("https://engage.test")
    assert "when a place becomes free for you" in client.get(url).text
    assert "think twice" not in client.get(url.replace("/places/", "/reminders/")).text
