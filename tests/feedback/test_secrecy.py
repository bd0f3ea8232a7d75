"""Nothing links an answer to a person: no key, no time, no fact; and of two at once one answers."""

import threading
import uuid

import pytest
from sqlalchemy import DateTime, select

from engage.core import db, ledger
from engage.core.access import CLOCK, Actor
from engage.core.db import Base, Instant
from engage.core.refusal import Refused
from engage.events.rules import State as EventState
from engage.feedback import actions, jobs, queries
from engage.feedback.models import Answer, Ticket
from tests import factories as make
from tests.conftest import NOW
from tests.factories import feedback as made
from tests.feedback.test_actions import HOUR


@pytest.fixture
def event(app):
    of = make.programme(questions=made.QUESTIONS)
    return make.event(starts_at=NOW - 3 * HOUR, ends_at=NOW - HOUR, of=of, state=EventState.HELD, closed_at=NOW)


def holder(ticket_id):
    return Actor(links=frozenset({("feedback", ticket_id)}))


def test_answers_have_no_time_and_no_way_to_a_person():
    columns = Base.metadata.tables["feedback_answers"].columns
    assert set(columns.keys()) == {"id", "event_id", "answers", "is_shuffled"}
    assert not [column for column in columns if isinstance(column.type, (DateTime, Instant))]
    assert [key.column.table.name for column in columns for key in column.foreign_keys] == ["events"]


def _values(table, except_for=()):
    """Every value of a table but the event's id, as text, and what stands inside JSON."""
    for row in db.session().execute(select(table)).mappings():
        for name, value in row.items():
            if name not in ("event_id", *except_for) and not isinstance(value, bool):
                yield from map(str, value.values() if isinstance(value, dict) else [value])


def test_no_value_of_an_answer_stands_anywhere_else(event):
    """Keys, codes and texts of answers are looked for in every other table, tickets and letters included."""
    parties = [make.registration(event) for _ in range(7)]
    with db.transaction():
        actions.issue_tickets(event_id=event.id, by=CLOCK, now=NOW)
    ids = {ticket.registration_id: ticket.id for ticket in db.session().scalars(select(Ticket))}
    for number, party in enumerate(parties):
        with db.transaction():
            said = {"words": {"text": f"Words of number {number}", "lang": "en"}}
            actions.answer(ticket_id=ids[party.id], said=said, by=holder(ids[party.id]), now=NOW)
    jobs.shuffle(NOW)
    of_answers = set(_values(Base.metadata.tables["feedback_answers"]))
    for table in Base.metadata.sorted_tables:
        if table.name not in ("feedback_answers", "feedback_results"):
            assert not of_answers & set(_values(table)), table.name
    shown = str(queries.result(event.id).summary)
    assert not [spent for spent in ids.values() if str(spent) in shown or spent.hex in shown]


def test_the_ledger_does_not_know_who_answered(event):
    ticket = made.ticket(event, make.registration(event))
    with db.transaction():
        actions.answer(ticket_id=ticket.id, said={"heard": 1}, by=holder(ticket.id), now=NOW)
    assert list(db.session().scalars(select(ledger.Entry))) == []


def race(app, spend, ticket_id):
    """Have two spend one ticket at the same moment; return how many were told it worked."""
    both, worked = threading.Barrier(2), []

    def one():
        with app.app_context():
            try:
                spend(ticket_id, both)
                worked.append(True)
            except Refused:
                pass
            finally:
                db.db.session.remove()

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(worked)


def guarded(ticket_id, both):
    both.wait()
    with db.transaction():
        actions.answer(ticket_id=ticket_id, said={"heard": 3}, by=holder(ticket_id), now=NOW)


def unguarded(ticket_id, both):
    """What many do: look whether it is there, then write, then delete."""
    ticket = db.session().get(Ticket, ticket_id)
    assert ticket is not None
    event_id = ticket.event_id
    both.wait()
    with db.transaction() as session:
        session.add(Answer(id=uuid.uuid4(), event_id=event_id, answers={"heard": 3}))
        session.execute(Ticket.__table__.delete().where(Ticket.id == ticket_id))


def _answers(event_id):
    db.session().rollback()  # see what the others wrote
    return queries.answer_count(event_id)


@pytest.mark.parametrize(("spend", "answers"), [(guarded, 1), (unguarded, 2)], ids=["guarded", "control"])
def test_two_at_once_answer_once(app, event, spend, answers):
    ticket = made.ticket(event)
    ticket_id, event_id = ticket.id, event.id
    db.session().rollback()
    assert race(app, spend, ticket_id) == answers
    assert _answers(event_id) == answers


@pytest.mark.slow
def test_ten_at_once_show_ten(app, event):
    """Answers of one event wait for each other, so that no step of five is missed."""
    tickets = [made.ticket(event).id for _ in range(10)]
    event_id, start = event.id, threading.Barrier(10)
    db.session().rollback()
    threads = [threading.Thread(target=_in_app, args=(app, ticket, start)) for ticket in tickets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert _answers(event_id) == 10
    assert queries.result(event_id).answers == 10


def _in_app(app, ticket_id, start):
    with app.app_context():
        guarded(ticket_id, start)
        db.db.session.remove()
