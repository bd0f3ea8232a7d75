"""Whether the site is well, as the machine that runs it asks."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from engage.api import queries
from engage.core import db
from engage.messages.models import OutboxLetter
from tests import factories as make
from tests.conftest import NOW
from tests.factories.base import keep


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def migrated(monkeypatch):
    monkeypatch.setattr(queries, "is_migrated", lambda: True)


def letter(due):
    return keep(OutboxLetter(
        about=f"test:{due}", kind="test", facts={}, address_id=make.address().id, not_before=due, next_try_at=due,
        expires_at=NOW + timedelta(days=1), message_id="<a@b>", created_at=due,
    ))


def test_alive(client):
    assert client.get("/healthz").status_code == 200


def test_ready(migrated, client):
    letter(NOW + timedelta(days=1))
    letter(NOW - timedelta(minutes=1))
    response = client.get("/readyz")
    assert (response.status_code, response.json) == (200, {"ready": True})


def test_letters_that_nobody_sends(migrated, client):
    letter(NOW - timedelta(hours=1))
    response = client.get("/readyz")
    assert (response.status_code, response.json) == (503, {"ready": False, "reason": "letters"})


def test_tables_of_another_build(client, monkeypatch):
    monkeypatch.setattr(queries, "_newest", lambda: frozenset({"of tomorrow"}))
    assert client.get("/readyz").json == {"ready": False, "reason": "migrations"}


def test_tables_of_this_build(app):
    newest = queries._newest()  # no row at all is a database nobody has migrated
    with db.transaction() as session:
        session.execute(text("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32))"))
        for head in newest:
            session.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": head})
    try:
        assert queries.is_migrated()
    finally:
        with db.transaction() as session:
            session.execute(text("DROP TABLE alembic_version"))


def test_no_database(client, monkeypatch):
    def gone():
        raise OperationalError("", {}, Exception())

    monkeypatch.setattr(db, "is_reachable", gone)
    response = client.get("/readyz")
    assert (response.status_code, response.json["reason"]) == (503, "database")
