"""Two at once: the last administrator stays, a link works once, an address is one person's."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from engage.accounts import actions, queries
from engage.accounts.actions import roles
from engage.accounts.models import Contact, Grant, SignIn, Ticket
from engage.accounts.rules import TicketPurpose
from engage.core import db
from engage.core.access import Actor, Role
from engage.core.refusal import NotFound, Refused
from tests import factories as make
from tests.conftest import NOW


def at_once(app, *attempts):
    """Run each in a thread and transaction of its own, all released together; return who was refused."""
    gate, refused = threading.Barrier(len(attempts)), []

    def run(number, attempt):
        with app.app_context():
            gate.wait(10)
            try:
                with db.transaction():
                    attempt()
            except (Refused, NotFound):
                refused.append(number)
            db.db.session.remove()

    threads = [threading.Thread(target=run, args=found) for found in enumerate(attempts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return refused


def count(rows, *which):
    db.session().rollback()
    return db.session().scalar(select(func.count()).select_from(rows).where(*which))


@pytest.fixture
def two(app):
    """Two administrators, and what each does to end the other's role."""
    with db.transaction():
        people = [make.person("Ada"), make.person("Eve")]
        grants = [make.grant(person, Role.ADMINISTRATOR) for person in people]
    ids = [grant.id for grant in grants]
    actors = [make.actor(person, Role.ADMINISTRATOR) for person in people]
    return [
        lambda: actions.end_grant(grant_id=ids[1], by=actors[0], now=NOW),
        lambda: actions.end_grant(grant_id=ids[0], by=actors[1], now=NOW),
    ]


def test_two_administrators_who_end_each_other(app, two):
    assert len(at_once(app, *two)) == 1
    assert count(Grant, Grant.ended_at.is_(None)) == 1


@pytest.mark.postgresql  # SQLite lets one writer in at a time: there is nothing to unlock
def test_control_without_the_lock_none_would_be_left(app, two, monkeypatch):
    seen = threading.Barrier(2)

    def unlocked(*, without, on):
        assert len(queries.role_holders(Role.ADMINISTRATOR, on=on)) == 2
        seen.wait(10)

    monkeypatch.setattr(roles, "keep_an_administrator", unlocked)
    at_once(app, *two)
    assert count(Grant, Grant.ended_at.is_(None)) == 0


def test_a_link_pressed_twice_signs_in_once(app):
    contact = make.contact(make.person())
    with db.transaction():
        ticket = Ticket(purpose=TicketPurpose.SIGN_IN, contact_id=contact.id, expires_at=NOW + timedelta(minutes=10))
        db.session().add(ticket)
    ticket_id = ticket.id
    by = Actor(links=frozenset({("ticket", ticket_id)}))

    def enter():
        actions.enter_by_ticket(ticket_id=ticket_id, browser=actions.Browser(), by=by, now=NOW)

    assert len(at_once(app, enter, enter, enter)) == 2
    assert count(SignIn) == 1


def test_two_claims_to_one_address_proven_at_once(app):
    address = make.address()
    attempts = []
    for name in ("Amina", "Noor"):
        with db.transaction():
            person = make.person(name)
            contact = Contact(person_id=person.id, address_id=address.id, created_at=NOW)
            db.session().add(contact)
            db.session().flush()
            ticket = Ticket(purpose=TicketPurpose.PROVE, contact_id=contact.id, expires_at=NOW + timedelta(days=1))
            db.session().add(ticket)
        attempts.append(_proving(ticket.id))
    assert len(at_once(app, *attempts)) == 1
    assert count(Contact, Contact.proven_at.is_not(None)) == 1


def _proving(ticket_id):
    by = Actor(links=frozenset({("ticket", ticket_id)}))

    def prove():
        with_nothing = {"password": None, "locale": "en", "browser": actions.Browser()}
        actions.prove(ticket_id=ticket_id, by=by, now=NOW, **with_nothing)

    return prove
