"""The same button pressed many times at once: one concern, one voice. The controls, without what makes the
presses stand in line, are seen to fail."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from engage.concerns.actions import consulting, raising, ranking, supporting
from engage.concerns.actions.consulting import Asked, Where
from engage.concerns.actions.ranking import Ranked
from engage.concerns.models import Concern, ConcernStep, Consultation, Ranking, Voice
from engage.concerns.queries import concerns, showing, voices
from engage.concerns.queries import consulting as queries
from engage.concerns.rules.reasons import Reason
from engage.core import db
from engage.core.access import NOBODY, Actor, Role
from engage.core.ledger import Entry
from engage.core.text import Localized
from engage.messages.models import OutboxLetter
from tests import factories as make
from tests.concerns.saying import given, holder
from tests.conftest import NOW
from tests.factories.consulting import consultation, theme
from tests.registrations.test_races import race

AT_ONCE = 8


def at_once(app, action, **values):
    """Do the same many times at once, each in a transaction of its own; return what each gave, or what broke it."""
    def job():
        try:
            with db.transaction():
                return action(now=NOW, **values)
        except IntegrityError:
            return IntegrityError

    found = race(app, [job] * AT_ONCE)
    db.session().rollback()  # what the racers wrote came after this session began to read
    return found


def rows(model):
    return db.session().scalar(select(func.count()).select_from(model))


def recorded(kind):
    return db.session().scalar(select(func.count()).select_from(Entry).where(Entry.kind == f"concerns.{kind}"))


# --- raising ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("email, letters", [("", 0), ("noor@example.org", 1)])
def test_one_form_sent_many_times_at_once_is_one_concern(app, email, letters):
    found = at_once(app, raising.raise_concern, given=given(email=email), by=make.actor())
    assert len(set(found)) == 1
    assert bool(found[0].code) == (not email)
    assert [rows(model) for model in (Concern, ConcernStep, Voice, OutboxLetter)] == [1, 1, 1, letters]
    assert recorded("ConcernRaised") == 1


def test_different_forms_at_once_are_each_their_own(app):
    def job(form):
        def send():
            with db.transaction():
                return raising.raise_concern(given=form, by=make.actor(), now=NOW).concern_id
        return send

    assert len(set(race(app, [job(given(email="noor@example.org")) for _ in range(AT_ONCE)]))) == AT_ONCE


@pytest.mark.postgresql
def test_the_control_without_standing_in_line_breaks(app, monkeypatch):
    """The unique key still forbids a second concern, but its sender meets an error instead of what they raised."""
    known = voices.first_of_form

    def slow(form_key):
        found = known(form_key)
        db.session().execute(text("SELECT pg_sleep(0.2)"))
        return found

    monkeypatch.setattr(raising, "grow_lists", lambda: None)
    monkeypatch.setattr(voices, "first_of_form", slow)
    found = at_once(app, raising.raise_concern, given=given(), by=make.actor())
    assert IntegrityError in found
    assert rows(Concern) == 1


# --- "this matters to me too" -----------------------------------------------------------------------------


@pytest.fixture
def concern_id(app):
    return make.concern().id


@pytest.fixture
def amina(app):
    person = make.person("Amina")
    contact = make.contact(person, "amina@example.org")
    return make.actor(person, addresses=frozenset({contact.address_id}))


def support(app, concern_id, by, email=""):
    return at_once(app, supporting.support, concern_id=concern_id, email=email, locale="en", by=by)


@pytest.mark.parametrize("email", ["", "amina@example.org"])
def test_an_account_in_many_tabs_at_once_counts_once(app, concern_id, amina, email):
    found = support(app, concern_id, amina, email)
    assert sorted(found, key=str) == [True, *[Reason.ALREADY_COUNTED] * (AT_ONCE - 1)]
    assert showing.one(concern_id)[1] == rows(Voice) == recorded("ConcernSupported") == 1


def test_an_address_at_once_is_one_voice_with_one_letter_and_counts_once_when_proven_at_once(app, concern_id):
    assert support(app, concern_id, make.actor(), "noor@example.org") == [False] * AT_ONCE
    voice_id = db.session().scalars(select(Voice.id)).one()
    assert (rows(OutboxLetter), showing.one(concern_id)[1]) == (1, 0)
    at_once(app, supporting.confirm, voice_id=voice_id, by=holder(voice_id))
    assert showing.one(concern_id)[1] == recorded("ConcernSupported") == 1


@pytest.mark.postgresql
def test_the_control_without_the_lock_breaks(app, concern_id, amina, monkeypatch):
    """The unique voice still forbids that somebody counts twice, but their second press meets an error."""
    known = voices.of_concern

    def slow(concern_id):
        found = known(concern_id)
        db.session().execute(text("SELECT pg_sleep(0.2)"))
        return found

    monkeypatch.setattr(concerns, "locked", concerns.one)
    monkeypatch.setattr(voices, "of_concern", slow)
    assert IntegrityError in support(app, concern_id, amina)
    assert rows(Voice) == 1


# --- consultations ------------------------------------------------------------------------------------


def test_one_page_sent_many_times_at_once_begins_one_consultation(app):
    of, staff = make.programme(), make.actor(make.person(), Role.STAFF)
    theme(of), theme(of, "Parks")
    asked = Asked(Localized.of("en", "What first?"), Localized({}, "en"))
    found = at_once(app, consulting.begin, form_key="one-and-the-same-page", asked=asked, where=Where(of.id), by=staff)
    assert len(set(found)) == 1
    assert rows(Consultation) == recorded("ConsultationBegun") == 1


def test_one_ranking_sent_and_confirmed_at_once_is_one(app):
    asked = consultation()
    chosen = tuple(one.id for one in queries.themes(asked)[:1])
    ranked = Ranked("one-and-the-same-form", chosen, "en", "noor@example.org")
    at_once(app, ranking.rank, consultation_id=asked.id, ranked=ranked, by=NOBODY)
    [row] = db.session().scalars(select(Ranking))
    link = Actor(links=frozenset({("ranking", row.id)}))

    def job(action, **values):
        def send():
            with db.transaction():
                return action(now=NOW, **values)
        return send

    again = job(ranking.rank, consultation_id=asked.id, ranked=replace(ranked, form_key="another-form-of-hers"), by=NOBODY)
    race(app, [job(ranking.confirm, ranking_id=row.id, by=link), again] * (AT_ONCE // 2))
    db.session().rollback()
    assert rows(Ranking) == 1
    assert queries.numbers(asked.id).online == 1
