"""Series made and changed at once on a real database. The controls, without the guard, are seen to go wrong."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from engage.core import db, secrets
from engage.core.access import Role
from engage.events import actions, queries
from engage.events.actions import Plan, WhenAndWhere, Where
from engage.events.models import Event, Series
from engage.events.rules.series import Pattern, Rule, SeriesReason
from engage.messages.models import OutboxLetter
from tests import factories as make
from tests.conftest import NOW
from tests.events import giving
from tests.events.test_series_public import following
from tests.registrations.test_races import race

AT_ONCE, DATES = 6, 3
KEY = "one-form-sent-many-times"


@pytest.fixture
def staff(app):
    return make.actor(make.person(), Role.STAFF)


@pytest.fixture
def dates(app):
    where = Where(venue_id=make.venue().id)
    return [WhenAndWhere(giving.when(giving.DAY + timedelta(weeks=number)), where) for number in range(DATES)]


@pytest.fixture
def scheduling(staff, dates):
    """Give a function that makes a job: the plan, published from a form."""
    what = giving.what(make.programme())

    def job_of(form_key):
        def job():
            plan = Plan(form_key, Rule(Pattern.DAYS), what, giving.details())
            with db.transaction():
                return actions.schedule_series(plan=plan, dates=dates, by=staff, now=NOW)
        return job

    return job_of


@pytest.fixture
def adding(staff, scheduling, dates):
    """Give a function that makes a job: two dates more of a series that somebody follows, from a form."""
    series_id = scheduling(KEY)()
    following(series_id)
    where = dates[0].where
    more = [WhenAndWhere(giving.when(giving.DAY + timedelta(days=40 + number)), where) for number in range(2)]

    def job_of(form_key):
        def job():
            with db.transaction():
                return actions.add_dates(series_id=series_id, form_key=form_key, dates=more, by=staff, now=NOW)
        return job

    return job_of


def count(rows):
    db.session().rollback()  # what the racers wrote came after this session began to read
    return db.session().scalar(select(func.count()).select_from(rows))


def new_dates():
    return db.session().scalars(select(OutboxLetter).where(OutboxLetter.kind == "events.new_dates")).all()


def test_a_page_sent_many_times_at_once_is_one_meeting(app, staff, dates):
    what = giving.what(make.programme())

    def job():
        with db.transaction():
            return actions.schedule(
                form_key=KEY, what=what, when_and_where=dates[0], details=giving.details(), by=staff, now=NOW,
            )

    assert len(set(race(app, [job] * AT_ONCE))) == 1
    assert count(Event) == 1


def test_a_form_sent_many_times_at_once_is_one_series(app, scheduling):
    assert len(set(race(app, [scheduling(KEY)] * AT_ONCE))) == 1
    assert (count(Series), count(Event)) == (1, DATES)


def test_the_control_that_looks_before_it_makes_is_many_series(app, scheduling):
    """Look whether the form has made a series, then make one: all look before the first has made it."""
    looked = threading.Barrier(AT_ONCE)
    make_one = scheduling

    def job():
        earlier = queries.series_of_form(KEY)
        db.session().rollback()
        looked.wait()
        return earlier or make_one(secrets.new_token())()

    assert len(set(race(app, [job] * AT_ONCE))) == AT_ONCE
    assert (count(Series), count(Event)) == (AT_ONCE, AT_ONCE * DATES)


def test_dates_sent_many_times_at_once_are_added_once(app, adding):
    assert sorted(race(app, [adding("form-of-two-dates")] * AT_ONCE)) == [0] * (AT_ONCE - 1) + [2]
    assert count(Event) == DATES + 2
    assert len(new_dates()) == 1


def test_the_same_dates_from_many_forms_at_once_are_added_once(app, adding):
    given = race(app, [adding(f"form-of-two-dates-{number}") for number in range(AT_ONCE)])
    assert given.count(2) == 1
    assert given.count(SeriesReason.ALREADY_A_DATE) == AT_ONCE - 1
    assert count(Event) == DATES + 2


@pytest.mark.postgresql
def test_the_control_without_the_lock_adds_dates_again_and_again(app, adding, monkeypatch):
    """SQLite lets one writer in at a time: there the transaction itself is the guard."""
    looked = threading.Barrier(AT_ONCE)
    all_dates = queries.dates

    def naive(series_id):
        found = all_dates(series_id)
        looked.wait()
        return found

    monkeypatch.setattr(queries, "locked_series", queries.one_series)
    monkeypatch.setattr(queries, "dates", naive)
    race(app, [adding(f"form-of-two-dates-{number}") for number in range(AT_ONCE)])
    assert count(Event) == DATES + 2 * AT_ONCE
