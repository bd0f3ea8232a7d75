"""Rounds are begun, edited, published and ended; what people applied by stays."""

from datetime import timedelta

import pytest

from engage.core import db, ledger
from engage.core.access import Role
from engage.core.refusal import NotAllowed, Refused
from engage.funding.actions import rounds as actions
from engage.funding.queries import rounds
from engage.funding.rules.reasons import Reason
from engage.funding.rules.rounds import Missing, RoundState
from tests import factories as make
from tests.conftest import NOW


@pytest.fixture
def staff(app):
    return make.actor(make.person("Sam"), Role.STAFF)


def _change(found, by, version=None, part="money", **values):
    with db.transaction():
        seen = rounds.one(found.id).version if version is None else version
        actions.change(round_id=found.id, version=seen, part=part, values=values, by=by, now=NOW)


def _refused(found, by, **values):
    with pytest.raises(Refused) as caught:
        _change(found, by, **values)
    return caught.value.reason


def test_a_new_round_is_staffs_alone_and_names_its_gaps(staff):
    with db.transaction():
        made = actions.make(name="Spring", locale="en", currency="EUR", by=staff, now=NOW)
        again = actions.make(name="Spring", locale="en", currency="EUR", by=staff, now=NOW)
    assert (rounds.one(made).slug, rounds.one(again).slug) == ("spring", "spring-2")
    assert rounds.one(made).state == RoundState.DRAFT
    assert Missing.CALL in actions.missing(rounds.one(made))
    with pytest.raises(Refused) as caught, db.transaction():
        actions.publish(round_id=made, by=staff, now=NOW)
    assert caught.value.reason == Reason.ROUND_NOT_COMPLETE


def test_a_change_grows_both_versions_and_is_written_down(staff):
    found = make.funding_round(needs_agreement=False)
    _change(found, staff, cap=20_000)
    kept = rounds.one(found.id)
    assert (kept.cap, kept.version, kept.page_version) == (20_000, 2, 2)
    assert [(entry.kind, entry.details["what"]) for entry in ledger.history(found.id)] == [("funding.RoundChanged", "money")]
    assert _refused(found, staff, version=1, cap=30_000) == Reason.CHANGED_MEANWHILE


@pytest.mark.parametrize("values, reason", [
    ({"currency": "EUR"}, Reason.FIXED_ONCE_PUBLISHED),
    ({"cap": 14_999}, Reason.FIXED_ONCE_PUBLISHED),
    ({"cap": 100_001}, Reason.CAP_ABOVE_BUDGET),
    ({"budget": 39_999}, Reason.BUDGET_BELOW_AWARDED),
    ({"closes_at": NOW - timedelta(days=2)}, Reason.CLOSES_BEFORE_OPENING),
    ({"programmes": frozenset()}, Reason.ROUND_NOT_COMPLETE),
])
def test_what_a_public_round_keeps(staff, values, reason):
    found = make.funding_round(needs_agreement=False, awarded=40_000)
    assert _refused(found, staff, **values) == reason
    assert rounds.one(found.id).version == 1


def test_questions_and_criteria_stay_once_somebody_applied(staff):
    free, used = make.funding_round(needs_agreement=False), make.funding_round(needs_agreement=False, last_number=1)
    fewer = free.criteria[:1]
    _change(free, staff, part="criteria", criteria=fewer)
    assert [item["key"] for item in rounds.one(free.id).criteria] == ["bridges"]
    assert _refused(used, staff, part="criteria", criteria=fewer) == Reason.FIXED_ONCE_PUBLISHED


def test_staff_run_rounds_only_where_they_work(app):
    here, there = make.neighbourhood(), make.neighbourhood()
    found, by = make.funding_round(areas=[here], needs_agreement=False), make.actor(make.person(), Role.STAFF, areas=[here])
    _change(found, by, cap=20_000)
    for stranger in (make.actor(make.person()), make.actor(make.person(), Role.STAFF, areas=[there])):
        with pytest.raises(NotAllowed):
            _change(found, stranger, cap=30_000)
    for areas in (frozenset(), frozenset({there.id})):
        with pytest.raises(NotAllowed):
            _change(found, by, part="who", areas=areas)


def test_it_is_published_and_ended_once(staff):
    found = make.funding_round(state=RoundState.DRAFT, published_at=None, needs_agreement=False)
    for _twice in range(2):
        with db.transaction():
            actions.publish(round_id=found.id, by=staff, now=NOW)
    assert (rounds.one(found.id).state, rounds.one(found.id).published_at) == (RoundState.PUBLISHED, NOW)
    for _twice in range(2):
        with db.transaction():
            actions.end(round_id=found.id, by=staff, now=NOW)
    assert (rounds.one(found.id).state, rounds.one(found.id).version) == (RoundState.ENDED, 3)
