"""The ground of funding in the database: its checks, what is forgotten when, and who leaves."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from engage.accounts import queries as accounts
from engage.core import db
from engage.core.access import CLOCK
from engage.events import actions as events
from engage.funding import jobs
from engage.funding.actions import forgetting, training
from engage.funding.models import Application, CoachNote, FundingRound, Payment
from engage.funding.queries import applications, rounds
from engage.funding.rules.states import State
from tests import factories as make
from tests.conftest import NOW

YEAR = timedelta(days=365)


def _change(model, row_id, **values):
    with db.transaction():
        db.session().execute(update(model).where(model.id == row_id).values(**values))


@pytest.mark.parametrize("values", [{"awarded": 100_001}, {"awarded": -1}, {"cap": -1}, {"closes_at": NOW - YEAR}])
def test_a_round_can_not_be_like_that(app, values):
    round_ = make.funding_round()
    with pytest.raises(IntegrityError):
        _change(FundingRound, round_.id, **values)


def test_one_standing_application_for_a_dinner(app):
    dinner = make.event()
    make.application(at=dinner, state=State.DECLINED)
    make.application(at=dinner)
    with pytest.raises(IntegrityError):
        make.application(at=dinner)


@pytest.mark.parametrize("values", [{"amount": 0}, {"amount": -5}])
def test_a_payment_can_not_be_like_that(app, values):
    with pytest.raises(IntegrityError):
        make.payment(make.application(state=State.AWARDED), **values)


def _ids(model):
    db.session().rollback()
    return set(db.session().scalars(select(model.id)))


def test_what_got_no_money_goes_after_two_years_and_the_accounts_after_seven(app):
    round_ = make.funding_round(closes_at=NOW)
    refused, funded = make.application(round_, state=State.DECLINED), make.application(round_, state=State.SETTLED)
    make.payment(funded)
    refused_id, funded_id = refused.id, funded.id
    jobs.forget(NOW + 2 * YEAR - timedelta(days=1))
    assert _ids(Application) == {refused_id, funded_id}
    jobs.forget(NOW + 2 * YEAR + timedelta(days=1))
    assert _ids(Application) == {funded_id}
    jobs.forget(NOW + 7 * YEAR + timedelta(days=1))
    assert _ids(Application) == _ids(Payment) == set()


def test_a_coachs_notes_go_a_year_after_the_dinner(app):
    dinner = make.event()
    make.coach_note(make.application(at=dinner, state=State.SETTLED))
    ends_at = dinner.ends_at
    jobs.forget(ends_at + YEAR)
    assert _ids(CoachNote)
    jobs.forget(ends_at + YEAR + timedelta(days=1))
    assert not _ids(CoachNote)


def test_who_leaves_is_forgotten_and_what_waits_is_withdrawn(app):
    host = make.person("Marisol")
    round_ = make.funding_round()
    states = (State.DRAFT, State.SUBMITTED, State.SETTLED)
    draft, waiting, settled = (make.application(round_, host, state=state).id for state in states)
    with db.transaction():
        forgetting.forget_person(person_id=host.id, by=CLOCK, now=NOW)
    assert draft not in _ids(Application)
    assert applications.one(waiting).state == State.WITHDRAWN
    assert applications.one(settled).state == State.SETTLED
    for found in (waiting, settled):
        assert (applications.one(found).called, applications.one(found).host_id) == ("", None)


@pytest.mark.parametrize(("before", "after"), [
    (State.DRAFT, State.WITHDRAWN), (State.IN_REVIEW, State.WITHDRAWN), (State.AWARDED, State.WITHDRAWN),
    (State.PAID_IN_ADVANCE, State.LAPSED),
])
def test_a_dinner_called_off_ends_its_application_and_frees_what_was_not_paid(app, before, after):
    host = make.person("Marisol")
    award = 5_000 if before in (State.AWARDED, State.PAID_IN_ADVANCE) else None
    round_ = make.funding_round(awarded=award or 0)
    found = make.application(round_, host, state=before, award=award)
    with db.transaction():
        events.withdraw(event_id=found.event_id, by=make.actor(host), now=NOW)
    assert applications.one(found.id).state == after
    assert rounds.one(round_.id).awarded == (award or 0 if after == State.LAPSED else 0)


def test_a_training_makes_a_host_until_the_check_in_is_undone(app):
    host = make.person("Marisol")
    contact = make.contact(host)
    event = make.event(of=make.programme(kit="host_training"), starts_at=NOW, ends_at=NOW + timedelta(hours=2))
    place = make.registration(event, to=contact.address)
    for _ in range(2):
        with db.transaction():
            training.note_check_in(registration_id=place.id, by=CLOCK, now=NOW)
    person = accounts.person(host.id)
    assert (person.trained_on, person.trained_until) == (NOW.date(), NOW.date().replace(year=2028))
    with db.transaction():
        training.undo_check_in(registration_id=place.id, by=CLOCK, now=NOW)
    assert accounts.person(host.id).trained_on is None
