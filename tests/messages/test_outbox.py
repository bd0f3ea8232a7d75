from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from engage.core import access, db
from engage.core.refusal import NotAllowed, Refused
from engage.messages import actions, jobs, queries
from engage.messages.models import Address, OptOut, OutboxLetter
from engage.messages.rules import Channel, State, Topic
from tests import factories as make
from tests.conftest import NOW
from tests.messages.support import only, post

pytestmark = pytest.mark.usefixtures("kinds")
HOUR = timedelta(hours=1)


def count(model):
    return db.session().scalar(select(func.count()).select_from(model))


def test_posting_twice_is_one_letter(app):
    to = make.address().id
    first = post(to=to, facts={"registration": uuid4(), "at": NOW})
    again = post(to=to, facts={"name": "somebody else"})
    assert (count(OutboxLetter), again.id, again.facts) == (1, first.id, first.facts)


def test_facts_are_plain(app):
    some = uuid4()
    assert post(facts={"id": some, "at": NOW, "n": 2}).facts == {"id": str(some), "at": NOW.isoformat(), "n": 2}


def test_an_unknown_kind_is_a_mistake(app):
    with pytest.raises(KeyError):
        post(kind="test.unheard_of")


def test_a_letter_exists_exactly_when_its_cause_does(app):
    with pytest.raises(RuntimeError), db.transaction():  # noqa: PT012 - the letter first, then what goes wrong
        actions.post(about="b", kind="test.greeting", to=make.address().id, facts={}, now=NOW, expires_at=NOW + HOUR)
        raise RuntimeError
    assert count(OutboxLetter) == 0


def test_the_topic_is_the_kinds(app):
    assert post(kind="test.reminder").topic == Topic.REMINDERS


@pytest.mark.parametrize("dropped, states", [
    (None, {"a": State.CANCELLED, "b": State.CANCELLED, "c": State.DUE}),
    ({"test.reminder"}, {"a": State.DUE, "b": State.CANCELLED, "c": State.DUE}),
])
def test_dropping_a_thread(app, dropped, states):
    to = make.address().id
    post("a", to=to, thread="registration:1")
    post("b", to=to, thread="registration:1", kind="test.reminder")
    post("c", to=to, thread="registration:2")
    with db.transaction():
        actions.drop(thread="registration:1", kinds=dropped, now=NOW)
    assert {about: only(about).state for about in "abc"} == states


def test_dropping_what_is_about_an_event(app):
    event_id, to = uuid4(), make.address().id
    post("a", to=to, subject_id=event_id)
    post("b", to=to)
    with db.transaction():
        actions.drop_subject(subject_id=event_id, now=NOW)
    assert (only("a").state, only("a").ended_at, only("b").state) == (State.CANCELLED, NOW, State.DUE)


def test_what_has_left_is_not_dropped(app):
    post(thread="t")
    jobs.deliver(NOW)
    with db.transaction():
        actions.drop(thread="t", now=NOW)
    assert only().state == State.SENT


def test_a_letter_in_a_workers_hands_is_not_dropped_from_under_it(app):
    letter = post(thread="t")
    with db.transaction():
        actions.claim(lease=uuid4(), now=NOW, limit=10)
    with db.transaction():
        actions.drop(thread="t", now=NOW)
    assert only().state == State.CLAIMED
    with db.transaction():
        actions.drop(thread="t", now=letter.next_try_at + HOUR)  # that worker is dead
    assert only().state == State.CANCELLED


@pytest.mark.parametrize("again", ["amina@example.org", "AMINA@Example.ORG", " amina@example.org"])
def test_one_address_however_it_is_spelled(app, again):
    with db.transaction():
        first = actions.address_for_mail(value="Amina@example.org", now=NOW).id
        second = actions.address_for_mail(value=again, now=NOW).id
    assert (first, count(Address), queries.find_address(again).id) == (second, 1, first)


def test_phone_and_email_are_two(app):
    with db.transaction():
        phone = actions.address_for_mail(value="01582 546000", channel=Channel.PHONE, now=NOW)
        assert phone.value == "+441582546000"
    assert queries.find_address("+44 1582 546000") is None
    assert queries.find_address("+44 1582 546000", Channel.PHONE).id == phone.id


def test_what_is_no_address_is_refused(app):
    with pytest.raises(Refused), db.transaction():
        actions.address_for_mail(value="amina", now=NOW)


def test_only_its_holder_ends_a_topic(app):
    address = make.address()
    with pytest.raises(NotAllowed), db.transaction():
        actions.end_topic(address_id=address.id, topic=Topic.NEWS, by=access.NOBODY, now=NOW)
    holder = make.actor(addresses=frozenset({address.id}))
    for _ in range(2):
        with db.transaction():
            actions.end_topic(address_id=address.id, topic=Topic.NEWS, by=holder, now=NOW)
    assert queries.opted_out(address.id) == {Topic.NEWS}


def test_choosing_topics(app):
    address = make.address()
    holder = make.actor(links=frozenset({("unsubscribe", address.id)}))
    for wanted in (frozenset({Topic.NEWS}), frozenset(Topic), frozenset({Topic.FEEDBACK, Topic.NEWS})):
        with db.transaction():
            actions.choose_topics(address_id=address.id, wanted=wanted, by=holder, now=NOW)
        assert queries.opted_out(address.id) == frozenset(Topic) - wanted


def test_addresses_that_nothing_refers_to_are_erased(app):
    long_ago = NOW - timedelta(days=2)
    with db.transaction():
        unused, new = make.address(created_at=long_ago).id, make.address().id
        db.session().add(OptOut(address_id=unused, topic="news", at=NOW))
        used = [
            make.contact(make.person(), "contact@example.org").address_id,
            make.registration(make.event(), to=make.address(created_at=long_ago)).address_id,
        ]
        for address_id in used:
            db.session().get(Address, address_id).created_at = long_ago
    with_letter = post(to=make.address(created_at=long_ago).id).address_id
    assert jobs.forget(NOW) == 1
    assert queries.address(unused) is None
    assert all(queries.address(kept) for kept in (new, *used, with_letter))


def test_a_consent_is_erased_with_its_address(app):
    from engage.accounts.models import Consent  # noqa: PLC0415 - a table above, as any feature may add one
    with db.transaction():
        address = make.address(created_at=NOW - timedelta(days=2))
        db.session().add(Consent(address_id=address.id, purpose="conduct", version=1, locale="en", at=NOW))
    assert (jobs.forget(NOW), count(Consent)) == (1, 0)


def test_letters_are_erased_ninety_days_after_their_end(app):
    post()
    jobs.deliver(NOW)
    assert (jobs.forget(NOW + timedelta(days=89)), count(OutboxLetter)) == (0, 1)
    assert (jobs.forget(NOW + timedelta(days=91)), count(OutboxLetter), count(Address)) == (2, 0, 0)
