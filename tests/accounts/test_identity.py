"""Who is asking, and what it costs to find out."""

from datetime import timedelta

import pytest
import time_machine
from flask import session
from sqlalchemy import event

from engage.accounts import queries
from engage.accounts.views.identity import identify
from engage.core import access, db
from engage.core.access import Role
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.conftest import NOW

DAY = timedelta(days=1)


@pytest.fixture
def amina(app):
    with db.transaction():
        person = make.person("Amina", locale="fr")
        make.contact(person, "amina@example.org")
    return person


def who(app, client):
    """Return the actor of a request of this client, and the SQL it took."""
    statements = []
    listen = lambda *args: statements.append(args[2])  # noqa: E731
    with client.session_transaction() as kept:
        cookie = dict(kept)
    event.listen(db.db.engine, "before_cursor_execute", listen)
    try:
        with app.test_request_context("/en/"):
            session.update(cookie)
            access.begin(identify)
            return access.actor(), statements
    finally:
        event.remove(db.db.engine, "before_cursor_execute", listen)


def test_nobody(app, client):
    actor, statements = who(app, client)
    assert not actor.is_signed_in
    assert statements == []


def test_person_with_roles_in_two_statements(app, client, amina):
    area = make.neighbourhood()
    with db.transaction():
        amina.trained_on = NOW.date()
        make.grant(amina, Role.STAFF, area)
        make.grant(amina, Role.COACH)
        make.contact(amina, "+44 20 7946 0000")
    sign_in(client, amina)
    with time_machine.travel(NOW, tick=False):
        actor, statements = who(app, client)
    assert (actor.person_id, actor.called, actor.locale, actor.is_trained) == (amina.id, "Amina", "fr", True)
    assert actor.is_staff(area.id)
    assert not actor.is_staff()
    assert actor.has_role(Role.COACH)
    assert len(actor.addresses) == 2
    # Settings and the tree of neighbourhoods are kept in the process.
    kept = [statement for statement in statements if "FROM city" in statement or "FROM neighbourhoods" in statement]
    assert len(statements) - len(kept) <= 2 + statements.count("BEGIN")


@pytest.mark.parametrize(
    "dates, holds",
    [
        ({"starts_on": NOW.date()}, True),
        ({"starts_on": NOW.date() + DAY}, False),
        ({"starts_on": NOW.date() - 2 * DAY, "ends_on": NOW.date() - DAY}, False),
        ({"starts_on": NOW.date() - 2 * DAY, "ends_on": NOW.date()}, True),
        ({"ended_at": NOW - DAY}, False),
    ],
)
def test_roles_hold_within_their_dates(app, client, amina, dates, holds):
    make.grant(amina, Role.STAFF, **dates)
    sign_in(client, amina)
    with time_machine.travel(NOW, tick=False):
        assert who(app, client)[0].is_staff() is holds


def test_roles_reach_areas_below(app, client, amina, monkeypatch):
    borough, street = make.neighbourhood(), make.neighbourhood()
    monkeypatch.setattr(queries.AREAS, "expand", lambda ids: frozenset({*ids, street.id}))
    make.grant(amina, Role.STAFF, borough)
    sign_in(client, amina)
    with time_machine.travel(NOW, tick=False):
        assert who(app, client)[0].is_staff(street.id)


@pytest.mark.parametrize("over", [{"ended_at": NOW}, {"expires_at": NOW}])
def test_sessions_end(app, client, amina, over):
    sign_in(client, amina, **over)
    with time_machine.travel(NOW, tick=False):
        assert not who(app, client)[0].is_signed_in


def test_a_made_up_token_is_nobody(app, client):
    with client.session_transaction() as kept:
        kept["sign_in"] = "guess"
    assert not who(app, client)[0].is_signed_in


def test_deleted_people_are_nobody(app, client, amina):
    sign_in(client, amina)
    with db.transaction():
        db.session().merge(amina).deleted_at = NOW
    assert not who(app, client)[0].is_signed_in
