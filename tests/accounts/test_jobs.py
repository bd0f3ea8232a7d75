"""What is forgotten, and when."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from engage.accounts import actions, jobs
from engage.accounts.models import Contact, Person, SignIn, Ticket
from engage.accounts.rules import TicketPurpose
from engage.core import db
from engage.core.access import CLOCK
from tests import factories as make
from tests.conftest import NOW

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def left(rows):
    db.session().rollback()
    return len(db.session().scalars(select(rows)).all())


@pytest.mark.parametrize("after, kept", [(timedelta(minutes=9), 1), (timedelta(minutes=10), 0)])
def test_tickets_end(app, after, kept):
    contact = make.contact(make.person())
    with db.transaction():
        ends = NOW + timedelta(minutes=10)
        db.session().add(Ticket(purpose=TicketPurpose.SIGN_IN, contact_id=contact.id, carried="x", expires_at=ends))
    jobs.forget(NOW + after)
    assert left(Ticket) == kept


@pytest.mark.parametrize("values, after, kept", [
    ({"ended_at": NOW}, 30 * DAY - HOUR, 1),
    ({"ended_at": NOW}, 30 * DAY, 0),
    ({"expires_at": NOW}, 30 * DAY, 0),
    ({"expires_at": NOW + 100 * DAY}, 60 * DAY, 1),
])
def test_ended_sessions_are_kept_for_thirty_days(app, values, after, kept):
    person = make.person()
    make.contact(person)
    with db.transaction():
        db.session().add(SignIn(**{
            "person_id": person.id, "token_hash": "a", "browser": "Firefox", "created_at": NOW, "seen_at": NOW,
            "expires_at": NOW + 100 * DAY, **values,
        }))
    jobs.forget(NOW + after)
    assert left(SignIn) == kept


@pytest.mark.parametrize("after, kept", [(7 * DAY - HOUR, 1), (7 * DAY, 0)])
def test_accounts_nobody_proved(app, after, kept):
    with db.transaction():
        actions.register(called="Noor", email="noor@example.org", locale="en", by=CLOCK, now=NOW)
    jobs.forget(NOW + after)
    assert (left(Person), left(Contact)) == (kept, kept)


def test_a_claim_to_a_new_address_goes_and_the_account_stays(app):
    person = make.person()
    make.contact(person)
    make.contact(person, "new@example.org", proven_at=None, is_main=False)
    jobs.forget(NOW + 8 * DAY)
    assert (left(Person), left(Contact)) == (1, 1)


@pytest.mark.parametrize("after, kept", [(30 * DAY - HOUR, 1), (30 * DAY, 0)])
def test_empty_rows_of_people_who_left(app, after, kept):
    make.person(deleted_at=NOW)
    jobs.forget(NOW + after)
    assert left(Person) == kept


def test_what_is_still_referred_to_waits_and_holds_up_nothing(app):
    host = make.person(deleted_at=NOW)
    make.person(deleted_at=NOW)
    make.event_person(make.event(), host)
    assert jobs.forget(NOW + 30 * DAY) == 1
    assert left(Person) == 1
    assert jobs.forget(NOW + 30 * DAY) == 0, "twice is harmless"
