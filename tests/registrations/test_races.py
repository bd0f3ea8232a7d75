"""Many at once on a real database: no seat is sold twice. The control, the same race without the
guard, is seen to oversell."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, text, update

from engage.core import db
from engage.core.access import Actor
from engage.core.refusal import Refused
from engage.events import actions as events
from engage.events.models import Event
from engage.registrations import actions, queries
from engage.registrations.rules import State
from tests import factories as make
from tests.conftest import NOW
from tests.registrations.helpers import form, link, proven, rows, seats, sign_up, state

AT_ONCE = 12


def race(app, jobs):
    """Run jobs at once, each in its own thread with its own session; return what they gave."""
    start = threading.Barrier(len(jobs))

    def run(job):
        with app.app_context():
            start.wait()
            try:
                return job()
            except Refused as refused:
                return refused.reason
            finally:
                db.db.session.remove()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def signing_up(event_id, number, size=1):
    contact = make.address(f"racer{number}@example.org")
    by = Actor(addresses=frozenset({contact.id}))
    sent = form(contact.value, size)

    def job():
        with db.transaction():
            return actions.sign_up(event_id=event_id, form=sent, by=by, now=NOW).state

    return job


def test_a_crowd_gets_the_seats_there_are(app):
    event = make.event(capacity=5)
    states = race(app, [signing_up(event.id, number) for number in range(AT_ONCE)])
    assert sorted(states) == [State.CONFIRMED] * 5 + [State.WAITING] * (AT_ONCE - 5)
    assert seats(event) == 5
    assert [row.turn for row in rows(event)] == list(range(1, AT_ONCE + 1))


def test_parties_are_seated_together_in_a_crowd(app):
    event = make.event(capacity=7)
    race(app, [signing_up(event.id, number, 1 + number % 4) for number in range(AT_ONCE)])
    assert seats(event) <= 7
    assert all(row.seats_held in (0, row.party_size) for row in rows(event))


def test_the_same_form_at_once_is_one_registration(app):
    event, same = make.event(), form()

    def job():
        with db.transaction():
            return actions.sign_up(event_id=event_id, form=same, by=Actor(), now=NOW).id

    event_id = event.id
    assert len(set(race(app, [job] * 8))) == 1
    assert (len(rows(event)), seats(event)) == (1, 1)


def test_one_address_in_many_tabs_at_once_is_one_registration(app):
    event_id = make.event().id

    def tab(sent):
        def job():
            with db.transaction():
                return actions.sign_up(event_id=event_id, form=sent, by=Actor(), now=NOW).id
        return job

    assert len(set(race(app, [tab(form()) for _ in range(8)]))) == 1


def test_cancelling_at_once_frees_once(app):
    event = make.event(capacity=1)
    seated, first, second = (proven(event, f"{name}@example.org") for name in "abc")

    def job():
        with db.transaction():
            actions.cancel(registration_id=seated, by=link(seated), now=NOW)

    race(app, [job] * 6)
    assert [state(found) for found in (seated, first, second)] == [State.CANCELLED, State.OFFERED, State.WAITING]
    assert seats(event) == 1


def test_accepting_while_it_lapses_ends_in_one_of_both(app):
    event = make.event(capacity=1)
    seated, found, following = (proven(event, f"{name}@example.org") for name in "abc")
    with db.transaction():
        actions.cancel(registration_id=seated, by=link(seated), now=NOW)
    until = queries.find(found).offered_until
    db.session().rollback()

    def accept():
        with db.transaction():
            actions.accept_offer(registration_id=found, by=link(found), now=NOW)

    def lapse():
        with db.transaction():
            actions.lapse(registration_id=found, by=Actor(is_clock=True), now=until)

    race(app, [accept, lapse, accept, lapse])
    assert (state(found), state(following)) in [(State.CONFIRMED, State.WAITING), (State.LAPSED, State.OFFERED)]
    assert seats(event) == 1


def test_proving_at_once_seats_once(app):
    event = make.event(capacity=3)
    found = sign_up(event, party_size=2)

    def job():
        with db.transaction():
            return actions.prove(registration_id=found, by=link(found), now=NOW).state

    assert set(race(app, [job] * 6)) == {State.CONFIRMED}
    assert seats(event) == 2


# --- the control --------------------------------------------------------------------------------------


@pytest.fixture
def unguarded(app):
    """A table like `events` without its CHECK, to sell from as wrong code would."""
    with db.transaction() as session:
        session.execute(text("CREATE TABLE unguarded_seats (id INTEGER PRIMARY KEY, capacity INTEGER, taken INTEGER)"))
        session.execute(text("INSERT INTO unguarded_seats VALUES (1, 5, 0)"))
    yield
    with db.transaction() as session:
        session.execute(text("DROP TABLE unguarded_seats"))


def test_without_lock_condition_and_check_the_same_race_oversells(app, unguarded):
    looked = threading.Barrier(AT_ONCE)

    def job():
        left = db.session().scalar(text("SELECT capacity - taken FROM unguarded_seats"))
        db.session().rollback()
        looked.wait()
        if left <= 0:
            return False
        with db.transaction() as session:
            session.execute(text("UPDATE unguarded_seats SET taken = taken + 1"))
        return True

    sold = race(app, [job] * AT_ONCE)
    assert sum(sold) > 5, "check, then act: everybody saw a free seat"
    db.session().rollback()
    assert db.session().scalar(text("SELECT taken FROM unguarded_seats")) > 5
    db.session().rollback()


def test_without_the_lock_the_condition_alone_still_holds(app, monkeypatch):
    """The event's row lock makes the waiting list fair; the conditional UPDATE alone forbids overselling."""
    event = make.event(capacity=5)
    event_id = event.id

    def job():
        with db.transaction():
            return events.take_seats(event=db.session().get(Event, event_id), seats=1)

    assert sum(race(app, [job] * AT_ONCE)) == 5


def test_even_wrong_code_can_not_oversell(app):
    event_id = make.event(capacity=1).id
    with pytest.raises(Exception, match="seats_within_capacity"), db.transaction() as session:
        session.execute(update(Event).where(Event.id == event_id).values(seats_taken=2))
    db.session().rollback()
    assert db.session().scalar(select(Event.seats_taken).where(Event.id == event_id)) == 0
