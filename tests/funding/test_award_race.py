"""Twenty awards at once over the last money: no more than there is. The control, without the guard, overspends."""

import pytest
from sqlalchemy import select, text

from engage.core import db
from engage.core.access import Role
from engage.funding.actions import budget, deciding
from engage.funding.actions.deciding import Award
from engage.funding.models import Application, FundingRound
from engage.funding.rules.reasons import Reason
from engage.funding.rules.states import State
from tests import factories as make
from tests.conftest import NOW
from tests.registrations.test_races import race

AT_ONCE, FUNDABLE, EACH = 20, 3, 10_000


@pytest.fixture
def applications(app):
    round_ = make.funding_round(budget=FUNDABLE * EACH + EACH // 2)
    readers = [make.person(name) for name in ("Ada", "Ben")]
    found = [make.application(round_, state=State.IN_REVIEW) for _ in range(AT_ONCE)]
    for application in found:
        for reader in readers:
            make.review(application, reader, state="done", scores={"bridges": 4, "plan": 4})
    return found


def _award(application, by):
    found = application.id

    def job():
        with db.transaction():
            deciding.decide(application_id=found, decision=Award(EACH), by=by, now=NOW)
        return State.AWARDED

    return job


def _spent(round_id):
    db.session().rollback()  # what the racers wrote came after this session began to read
    awards = select(Application.award).where(Application.round_id == round_id, Application.state == State.AWARDED)
    return sum(db.session().scalars(awards))


def test_twenty_awards_at_once_spend_no_more_than_there_is(app, applications):
    by = make.actor(make.person("Sam"), Role.STAFF)
    round_id = applications[0].round_id
    given = race(app, [_award(application, by) for application in applications])
    assert sorted(given) == sorted([State.AWARDED] * FUNDABLE + [Reason.OVER_BUDGET] * (AT_ONCE - FUNDABLE))
    assert _spent(round_id) == FUNDABLE * EACH
    assert db.session().get(FundingRound, round_id, populate_existing=True).awarded == FUNDABLE * EACH


@pytest.mark.postgresql
def test_the_control_without_the_conditional_update_overspends(app, applications, monkeypatch):
    by = make.actor(make.person("Sam"), Role.STAFF)
    round_id = applications[0].round_id

    def naive(round_id, amount):
        """Read what is left, look, write it back: what the guard is there against."""
        kept = db.session().execute(text("SELECT awarded, budget FROM funding_rounds WHERE id = :id"), {"id": round_id}).one()
        db.session().execute(text("SELECT pg_sleep(0.2)"))
        if kept.awarded + amount <= kept.budget:
            changed = {"id": round_id, "awarded": kept.awarded + amount}
            db.session().execute(text("UPDATE funding_rounds SET awarded = :awarded WHERE id = :id"), changed)

    monkeypatch.setattr(budget, "take", naive)
    race(app, [_award(application, by) for application in applications])
    assert _spent(round_id) > FUNDABLE * EACH
