"""Letters about meetings: in the reader's language, gone when their cause is, without a home's address."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from engage.accounts import queries as accounts
from engage.core import db
from engage.core.access import CLOCK, Actor, Role
from engage.core.text import POP_ISOLATE
from engage.events import actions, queries
from engage.events.letters import LETTERS
from engage.events.rules import PersonRole, State
from engage.messages import actions as messages
from engage.messages import queries as message_queries
from engage.messages.letters import write
from engage.messages.models import OutboxLetter
from engage.messages.rules import Topic
from engage.programmes.rules import PlaceKind
from tests import factories as make
from tests.conftest import NOW
from tests.events import giving
from tests.events.test_proposing import do

CANARY = "17 Canary Close"


@pytest.fixture
def staff(app):
    return make.actor(make.person("Sam"), Role.STAFF)


@pytest.fixture
def event(app):
    person = make.person("Amina", locale="fr")
    make.contact(person, "amina@example.org")
    dinners = make.programme(place_kind=PlaceKind.PRIVATE)
    event = make.event(
        of=dinners, state=State.SUBMITTED, venue_id=None, submitted_at=NOW, least_guests=10, slug="proposal"
    )
    make.event_person(event, person)
    make.private_address(event, CANARY)
    return event


def letter(kind):
    return db.session().scalars(select(OutboxLetter).where(OutboxLetter.kind == kind)).one()


def written(kind, now=NOW):
    made = LETTERS[kind].render(letter(kind).facts, now)
    return write(made) if made else None


@pytest.mark.parametrize("kind", LETTERS)
@pytest.mark.parametrize("locale", ["en", "ar"])
def test_a_preview_of_each_in_each_language(app, kind, locale):
    made = write(LETTERS[kind].sample(locale))
    assert made.locale == locale
    assert made.subject
    assert "https://example.org/" in made.text
    assert "https://example.org/" in made.html


@pytest.mark.parametrize("act, more, kind", [
    (actions.publish, {}, "events.published"), (actions.request_changes, {"note": "Which dishes?"}, "events.changes"),
    (actions.decline, {"reason": "Which dishes?"}, "events.declined"),
    (actions.answer, {"body": "Which dishes?"}, "events.answered"),
])
def test_each_decision_is_a_letter_in_the_hosts_language(event, staff, act, more, kind):
    do(act, event_id=event.id, by=staff, **more)
    made = written(kind)
    assert made.locale == "fr"
    assert "https://engage.test/fr/my/events/" in made.text
    assert not more or "Which dishes?" in made.text
    assert CANARY not in made.text + made.html


def test_a_decision_taken_back_is_not_sent(event, staff):
    do(actions.request_changes, event_id=event.id, note="Which dishes?", by=staff)
    do(actions.decline, event_id=event.id, reason="No.", by=staff)
    assert written("events.changes") is None
    assert written("events.declined")


def test_the_question_to_go_ahead_is_only_sent_while_it_is_open(event, staff):
    do(actions.publish, event_id=event.id, by=staff)
    late = event.starts_at - timedelta(days=2)
    do(actions.ask_to_decide, event_id=event.id, by=CLOCK, now=late)
    assert "10" in written("events.below_least", late).text
    assert written("events.below_least", event.starts_at) is None
    do(actions.go_ahead, event_id=event.id, by=staff)
    assert written("events.below_least", late) is None


def test_a_co_host_is_asked_in_the_language_the_host_chose(event, staff):
    do(actions.publish, event_id=event.id, by=staff)
    do(actions.invite_co_host, event_id=event.id, called="دانا", email="dana@example.org", locale="ar", by=staff)
    made = written("events.cohost")
    assert made.locale == "ar"
    assert "Sam" in made.text
    assert "Sam" not in str(letter("events.cohost").facts), "the outbox holds no names"
    assert "https://engage.test/ar/link/cohost/" in made.text
    assert f"دانا{POP_ISOLATE}" in made.text
    assert CANARY not in made.text + made.html


def test_who_was_taken_off_is_not_asked(event, staff):
    part_id = do(actions.invite_co_host, event_id=event.id, called="Dana", email="dana@example.org", locale="en", by=staff)
    do(actions.take_off, event_person_id=part_id, by=staff)
    assert written("events.cohost") is None


@pytest.fixture
def welcoming(event, staff):
    """The event, public, with a facilitator beside its host."""
    facilitator = make.person("Fatima", locale="ar")
    make.contact(facilitator, "fatima@example.org")
    make.event_person(event, facilitator, PersonRole.FACILITATOR)
    do(actions.publish, event_id=event.id, by=staff)
    return event


def called_off(event, by):
    do(actions.cancel, event_id=event.id, reason="The kitchen is closed.", locale="en", by=by)
    return db.session().scalars(select(OutboxLetter).where(OutboxLetter.kind == "events.cancelled")).all()


def test_who_welcomes_the_guests_hears_that_nobody_comes(welcoming, staff):
    letters = [LETTERS[row.kind].render(row.facts, NOW) for row in called_off(welcoming, staff)]
    assert {letter.locale for letter in letters} == {"fr", "ar"}
    for made in map(write, letters):
        assert "The kitchen is closed." in made.text
        assert CANARY not in made.text + made.html


def test_who_calls_it_off_knows(welcoming):
    host = make.actor(accounts.person(queries.for_manage(welcoming.id).people[0].person_id))
    [row] = called_off(welcoming, host)
    assert accounts.holder(row.address_id).called == "Fatima"


def test_who_welcomes_the_guests_hears_of_the_latest_change(welcoming, staff):
    when_and_where = giving.at_venue(make.venue())
    do(actions.move, event_id=welcoming.id, to=when_and_where, by=staff)
    rows = db.session().scalars(select(OutboxLetter).where(OutboxLetter.kind == "events.moved")).all()
    assert len(rows) == 2
    assert all(LETTERS[row.kind].render(row.facts, NOW) for row in rows)
    do(actions.move, event_id=welcoming.id, to=giving.at_venue(make.venue()), by=staff)
    assert not any(LETTERS[row.kind].render(row.facts, NOW) for row in rows)


def test_a_title_is_no_html(app):
    title = queries.for_manage(make.event("<b>&amp;</b>", venue_id=None).id).title
    made = LETTERS["events.published"].sample("en")
    shown = write(type(made)(made.locale, made.template, {**made.context, "title": title}))
    assert "<b>&amp;</b>" not in shown.html
    assert "<b>&amp;</b>" in shown.subject


def test_who_sends_a_proposal_in_gets_the_answer_whatever_they_ended_before(event, staff):
    person_id = queries.for_manage(event.id).people[0].person_id
    address_id = accounts.main_address_id(person_id)
    for topic in (Topic.PROPOSALS, Topic.NEWS):
        do(messages.end_topic, address_id=address_id, topic=topic, by=Actor(addresses=frozenset({address_id})))
    do(actions.request_changes, event_id=event.id, note="Which dishes?", by=staff)
    do(actions.submit, event_id=event.id, by=make.actor(accounts.person(person_id)))
    assert message_queries.opted_out(address_id) == {Topic.NEWS}
