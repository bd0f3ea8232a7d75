""""Tell me of new meetings": asked for, proven, at most weekly, ended by one click; and what is forgotten."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from engage.core import db
from engage.core.access import CLOCK, Role
from engage.core.refusal import NotAllowed, Refused
from engage.events import actions, jobs, queries
from engage.events.actions import Wish
from engage.events.letters import LETTERS
from engage.events.models import AddressLook, Event, EventPerson, PrivateAddress, ReviewNote, Subscription
from engage.events.rules import Acceptance, PersonRole, State
from engage.messages import actions as messages
from engage.messages.letters import write
from engage.messages.models import OutboxLetter
from engage.messages.queries import opted_out
from engage.messages.rules import Topic
from tests import factories as make
from tests.conftest import NOW
from tests.events.test_proposing import do, kinds, state_of

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def subscribed(email="noor@example.org", **wish):
    do(actions.subscribe, email=email, wish=Wish(**wish), locale="en", by=make.actor())
    row = db.session().scalars(select(Subscription).where(Subscription.proven_at.is_(None))).one()
    do(actions.confirm_subscription, subscription_id=row.id, by=holder(row.id))
    return row.id


def holder(subscription_id):
    return make.actor(links=frozenset({("subscription", subscription_id)}))


def published(title, at, **values):
    return make.event(title, published_at=at, **values)


def news():
    rows = db.session().scalars(select(OutboxLetter).where(OutboxLetter.kind == "events.new_events"))
    return [write(made).text if (made := LETTERS["events.new_events"].render(row.facts, NOW)) else None for row in rows]


def test_known_and_unknown_addresses_get_a_letter_and_nothing_more(app):
    for _ in range(2):
        do(actions.subscribe, email="noor@example.org", wish=Wish(), locale="en", by=make.actor())
    assert kinds() == ["events.subscription"]
    assert db.session().scalar(select(func.count()).select_from(Subscription)) == 1
    assert queries.due_subscribers(NOW + DAY) == []


def test_only_the_letters_holder_confirms(app):
    do(actions.subscribe, email="noor@example.org", wish=Wish(), locale="en", by=make.actor())
    row = db.session().scalars(select(Subscription)).one()
    with pytest.raises(NotAllowed):
        do(actions.confirm_subscription, subscription_id=row.id, by=make.actor(make.person("Eve")))


def test_what_is_no_address_is_refused(app):
    with pytest.raises(Refused):
        do(actions.subscribe, email="noor", wish=Wish(), locale="en", by=make.actor())


def test_news_is_told_once_a_week_and_only_if_there_is_some(app):
    published("Old news", NOW - DAY)
    subscribed()
    assert jobs.tell_subscribers(NOW + HOUR) == 0
    published("Town hall", NOW + 2 * HOUR)
    assert jobs.tell_subscribers(NOW + 3 * HOUR) == 1
    published("Supper", NOW + 2 * DAY)
    assert jobs.tell_subscribers(NOW + 3 * DAY) == 0
    assert jobs.tell_subscribers(NOW + 3 * HOUR + 7 * DAY) == 1
    assert jobs.tell_subscribers(NOW + 3 * HOUR + 7 * DAY) == 0
    first, second = news()
    assert [title in first for title in ("Town hall", "Old news", "Supper")] == [True, False, False]
    assert [title in second for title in ("Town hall", "Old news", "Supper")] == [False, False, True]


def test_news_fits_the_wish(app):
    borough = make.neighbourhood("South")
    dallow = make.neighbourhood("Dallow", parent_id=borough.id)
    programme = make.programme()
    subscribed("a@example.org", neighbourhood_id=borough.id)
    subscribed("b@example.org", programme_id=programme.id)
    subscribed("c@example.org", language="ur")
    published("In Dallow", NOW + HOUR, area=dallow)
    published("Of the programme", NOW + HOUR, of=programme)
    published("In Urdu", NOW + HOUR, languages=("ur",))
    published("Cancelled", NOW + HOUR, state=State.CANCELLED, area=dallow)
    assert jobs.tell_subscribers(NOW + 2 * HOUR) == 3
    told = news()
    titles = ("In Dallow", "Of the programme", "In Urdu", "Cancelled")
    assert [sum(title in text for text in told) for title in titles] == [1, 1, 1, 0]


def test_two_wishes_are_one_letter_a_week(app):
    area = make.neighbourhood()
    first, second = subscribed(neighbourhood_id=area.id), subscribed(language="ur")
    published("In both", NOW + HOUR, area=area, languages=("ur",))
    assert jobs.tell_subscribers(NOW + 2 * HOUR) == 1
    published("In Urdu", NOW + 3 * HOUR, languages=("ur",))
    assert jobs.tell_subscribers(NOW + 4 * HOUR) == 0
    [letter] = news()
    assert letter.count("In both") == 1
    assert all(f"/subscription/{wish}/" in letter for wish in (first, second))
    assert jobs.tell_subscribers(NOW + 2 * HOUR + 7 * DAY) == 1


def test_news_that_is_over_by_then_is_not_sent(app):
    subscribed()
    event = published("Supper", NOW + HOUR)
    jobs.tell_subscribers(NOW + 2 * HOUR)
    with db.transaction():
        db.session().get(Event, event.id).state = State.CANCELLED
    assert news() == [None]


def test_ended_is_ended(app):
    row = subscribed()
    do(actions.end_subscription, subscription_id=row, by=holder(row))
    published("Supper", NOW + HOUR)
    assert jobs.tell_subscribers(NOW + 2 * HOUR) == 0


# --- pages ----------------------------------------------------------------------------------------


def test_asking_and_confirming_on_pages(client):
    area = make.neighbourhood()
    with time_machine.travel(NOW, tick=False):
        assert client.get(f"/en/news?neighbourhood={area.id}").status_code == 200
        answers = [
            client.post("/en/news", data={"email": email, "neighbourhood": str(area.id)}, follow_redirects=True)
            for email in ("noor@example.org", "noor@example.org")
        ]
        assert answers[0].status_code == 200
        row = db.session().scalars(select(Subscription)).one()
        assert client.get(f"/en/news/{row.id}").status_code == 404
        made = LETTERS["events.subscription"].render({"subscription_id": str(row.id)}, NOW)
        page = client.get(made.context["url"].removeprefix("https://engage.test"), follow_redirects=True)
        assert "Dallow" in page.text
        client.post(f"/en/news/{row.id}/start")
        db.session().rollback()
        assert db.session().scalars(select(Subscription.proven_at)).one() == NOW
        client.post(f"/en/news/{row.id}/end")
        db.session().rollback()
        assert db.session().scalars(select(Subscription.ended_at)).one() == NOW


def test_asking_again_after_the_mail_readers_own_button(client):
    """That button ends the topic, not the wish: the page of the wish begins it anew."""
    row = subscribed()
    address_id = db.session().get(Subscription, row).address_id
    ended = make.actor(links=frozenset({("unsubscribe", address_id)}))
    do(messages.end_topic, address_id=address_id, topic=Topic.NEWS, by=ended)
    do(actions.subscribe, email="noor@example.org", wish=Wish(), locale="en", by=make.actor(), now=NOW + HOUR)
    made = LETTERS["events.subscription"].render({"subscription_id": str(row)}, NOW)
    assert not made.context["is_proven"]
    page = client.get(made.context["url"].removeprefix("https://engage.test"), follow_redirects=True)
    assert f"/en/news/{row}/start" in page.text
    client.post(f"/en/news/{row}/start")
    assert opted_out(address_id) == frozenset()


def test_a_wrong_address_is_said_beside_the_field(client):
    answer = client.post("/en/news", data={"email": "noor"})
    assert answer.status_code == 409
    assert 'value="noor"' in answer.text
    assert client.post("/en/news", data={"email": ""}).status_code == 422


# --- forgetting ------------------------------------------------------------------------------------


def count(model):
    return db.session().scalar(select(func.count()).select_from(model))


def test_promises_are_kept_on_time(app):
    person = make.person()
    event = make.event(venue_id=None)
    make.private_address(event)
    make.event_person(event, person)
    make.event_person(event, role=PersonRole.CO_HOST, acceptance=Acceptance.DECLINED)
    with db.transaction() as session:
        session.add(AddressLook(event_id=event.id, by_kind="person", by_id=person.id, at=NOW))
        session.add(ReviewNote(event_id=event.id, author_id=person.id, body="x", at=NOW))
    tables = (PrivateAddress, AddressLook, EventPerson, ReviewNote)
    end = event.ends_at
    for later, left in (
        (6 * DAY, (1, 1, 2, 1)), (8 * DAY, (0, 1, 1, 1)), (364 * DAY, (0, 1, 1, 1)), (366 * DAY, (0, 0, 1, 1)),
        (1094 * DAY, (0, 0, 1, 1)), (1096 * DAY, (0, 0, 0, 0)),
    ):
        jobs.forget(end + later)
        assert tuple(map(count, tables)) == left, later


def test_subscriptions_never_proven_or_ended_are_erased(app):
    row = subscribed()
    do(actions.end_subscription, subscription_id=row, by=holder(row))
    do(actions.subscribe, email="eve@example.org", wish=Wish(), locale="en", by=make.actor())
    jobs.forget(NOW + 6 * DAY)
    assert count(Subscription) == 2
    jobs.forget(NOW + 8 * DAY)
    assert count(Subscription) == 1
    jobs.forget(NOW + 31 * DAY)
    assert count(Subscription) == 0


def test_who_has_left_is_nowhere(app):
    person, staff = make.person("Amina"), make.actor(make.person(), Role.STAFF)
    contact = make.contact(person, "amina@example.org")
    draft, public = make.event(state=State.DRAFT, venue_id=None), make.event()
    make.private_address(draft)
    for event in (draft, public):
        make.event_person(event, person)
    subscription = subscribed("amina@example.org")
    do(actions.forget_person, person_id=person.id, address_id=contact.address_id, by=CLOCK)
    assert state_of(draft.id) == State.WITHDRAWN
    assert [(part.called, part.person_id) for part in queries.for_manage(public.id).people] == [("", None)]
    assert count(PrivateAddress) == 0
    assert queries.subscription(subscription).ended_at == NOW
    assert [event.id for event in queries.unhosted(staff)] == [public.id]


def test_wishes_and_invitations_follow_somebody_to_a_new_address(app):
    old, new, event = make.address("amina@example.org"), make.address("new@example.org"), make.event()
    asked = make.event_person(event, role=PersonRole.CO_HOST, address_id=old.id, acceptance=Acceptance.INVITED)
    subscription = subscribed("amina@example.org")
    with db.transaction():
        actions.follow_person(old_id=old.id, new_id=new.id, by=CLOCK)
    assert queries.subscription(subscription).address_id == new.id
    assert queries.part(asked.id).address_id == new.id
