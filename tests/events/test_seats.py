"""Seats under a race: many at once on a real database, and the same race without the guard."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, insert, select, update
from sqlalchemy.exc import IntegrityError

from engage.core import db, ledger
from engage.core.access import Role
from engage.core.refusal import Refused
from engage.events import actions, queries, rules
from engage.events.models import Event, ListingVersion
from engage.events.rules import SeatsLabel, State
from tests import factories as make
from tests.conftest import NOW

PLACES, PARTIES = 5, 12


def taken(event):
    return db.session().scalar(select(Event.seats_taken).where(Event.id == event.id))


def take(event, seats):
    with db.transaction():
        return actions.take_seats(event=queries.locked(event.id), seats=seats)


def test_a_party_is_seated_whole_or_not_at_all(app):
    event = make.event(capacity=5)
    assert take(event, 3)
    assert not take(event, 3)
    assert take(event, 2)
    assert taken(event) == 5


def test_without_a_limit_all_find_a_place(app):
    event = make.event(capacity=None)
    assert take(event, 400)


def test_more_than_was_taken_is_never_given_back(app):
    event = make.event()
    take(event, 2)
    with pytest.raises(ValueError, match="given back"), db.transaction():
        actions.release_seats(event=queries.locked(event.id), seats=3)
    assert taken(event) == 2


def test_pages_change_only_where_what_they_say_changes(app):
    event = make.event(capacity=40)
    versions = []
    for _ in range(3):
        take(event, 1)
        versions.append(db.session().scalar(select(Event.version).where(Event.id == event.id)))
    assert versions == [1, 1, 1]
    take(event, 37)
    after = queries.for_manage(event.id)
    assert rules.seats_label(after.capacity, after.seats_taken, False) == SeatsLabel.FULL
    assert (after.version, db.session().scalar(select(ListingVersion.number))) == (2, 1)


def at_once(app, act):
    """Run one function in many threads, each with a session of its own, starting together."""
    start = Barrier(PARTIES)

    def run(_number):
        with app.app_context():
            start.wait()
            try:
                return act()
            finally:
                db.db.session.remove()

    with ThreadPoolExecutor(PARTIES) as threads:
        return list(threads.map(run, range(PARTIES)))


def test_many_at_once_get_as_many_places_as_there_are(app):
    event_id = make.event(capacity=PLACES).id

    def act():
        with db.transaction():
            return actions.take_seats(event=queries.locked(event_id), seats=1)

    assert sum(at_once(app, act)) == PLACES
    db.session().rollback()  # what this thread has read before is old
    assert db.session().scalar(select(Event.seats_taken).where(Event.id == event_id)) == PLACES


def test_the_update_alone_is_enough_without_the_lock(app):
    event_id = make.event(capacity=PLACES).id

    def act():
        with db.transaction() as session:
            return actions.take_seats(event=session.get(Event, event_id), seats=1)

    assert sum(at_once(app, act)) == PLACES


unguarded = Table("unguarded_seats", MetaData(), Column("id", Integer, primary_key=True), Column("taken", Integer))


@pytest.fixture
def open_table(app):
    with db.db.engine.begin() as connection:
        unguarded.create(connection)
        connection.execute(insert(unguarded).values(id=1, taken=0))
    yield unguarded
    db.db.session.remove()
    with db.db.engine.begin() as connection:
        unguarded.drop(connection)


def test_control_reading_first_and_writing_then_sells_too_many(app, open_table):
    """The same race without lock, condition and CHECK must be seen to fail, or the tests above prove nothing."""
    read = Barrier(PARTIES)

    def act():
        with db.db.engine.connect() as connection:
            seen = connection.scalar(select(open_table.c.taken))
        read.wait()  # everybody has looked before anybody writes
        if seen >= PLACES:
            return False
        with db.db.engine.connect().execution_options(engage_writer=True) as connection:
            connection.execute(update(open_table).values(taken=seen + 1))
            connection.commit()
        return True

    assert sum(at_once(app, act)) > PLACES


def test_the_check_stops_even_wrong_code(app):
    event = make.event(capacity=2)
    with pytest.raises(IntegrityError), db.transaction() as session:
        session.execute(update(Event).where(Event.id == event.id).values(seats_taken=3))


def test_many_who_publish_at_once_publish_once(app):
    event = make.event(state=State.SUBMITTED, submitted_at=NOW)
    staff = make.actor(make.person("Sam"), Role.STAFF)
    event_id = event.id

    def act():
        try:
            with db.transaction():
                actions.publish(event_id=event_id, by=staff, now=NOW)
        except Refused:
            return False
        return True

    assert sum(at_once(app, act)) == 1
    db.session().rollback()
    assert [entry.kind for entry in ledger.history(event_id)] == ["events.EventPublished"]
