"""One transaction, whole or not at all, with its facts."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from engage.core import db, ledger
from engage.core.access import CLOCK, Actor
from engage.messages.models import Address
from tests import factories as make


@dataclass(frozen=True)
class Knocked:
    door_id: UUID


@dataclass(frozen=True)
class Opened:
    door_id: UUID


@pytest.fixture
def reactions():
    before = dict(ledger._reactions)
    yield ledger._reactions
    ledger._reactions.clear()
    ledger._reactions.update(before)


def test_a_transaction_does_not_nest(app):
    with db.transaction(), pytest.raises(RuntimeError), db.transaction():
        pass


def test_what_fails_leaves_nothing_behind(app):
    def fail_midway():
        with db.transaction():
            address = make.address("lost@example.org")
            ledger.record(Knocked(address.id), by=CLOCK)
            raise LookupError

    with pytest.raises(LookupError):
        fail_midway()
    assert db.session().query(Address).count() == 0
    assert db.session().query(ledger.Entry).count() == 0
    assert not db.is_open()


def test_a_fact_is_kept_with_who_and_about_whom(app):
    door, person = uuid4(), uuid4()
    with db.transaction():
        ledger.record(Knocked(door), by=Actor(person_id=person))
    [entry] = ledger.history(door)
    assert (entry.by_kind, entry.by_id, entry.details) == ("person", person, {"door_id": str(door)})


def test_a_shared_computer_acts_by_the_link_the_fact_is_about(app):
    door, others = uuid4(), [uuid4() for _ in range(5)]
    with db.transaction():
        ledger.record(Knocked(door), by=Actor(links=frozenset(("place", link) for link in (door, *others))))
    [entry] = ledger.history(door)
    assert (entry.by_kind, entry.by_id) == ("link", door)


def test_what_follows_from_a_fact_happens_in_the_same_transaction(app, reactions):
    reactions[Knocked] = (lambda fact, by: ledger.record(Opened(fact.door_id), by=by),)
    door = uuid4()
    with db.transaction():
        ledger.record(Knocked(door), by=CLOCK)
    assert [entry.kind.split(".")[1] for entry in ledger.history(door)] == ["Opened", "Knocked"]


def test_a_fact_outside_of_a_transaction_is_a_mistake(app):
    with pytest.raises(RuntimeError):
        ledger.record(Knocked(uuid4()), by=CLOCK)


def test_instants_come_back_aware_and_in_utc(app):
    paris = datetime(2027, 7, 1, 20, tzinfo=timezone(timedelta(hours=2)))
    row = make.address(created_at=paris)
    db.session().expire_all()
    assert row.created_at == datetime(2027, 7, 1, 18, tzinfo=UTC)
    assert row.created_at.utcoffset() == timedelta(0)


def test_what_is_personal_is_ciphertext_in_the_database(app):
    make.address("amina@example.org")
    stored = db.session().execute(text("SELECT value FROM addresses")).scalar_one()
    assert "amina" not in stored
    assert db.session().query(Address.value).scalar() == "amina@example.org"
