"""The same button pressed many times at once: one concern, one voice, one that stands. The controls, without what
makes the presses stand in line, are seen to fail."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from engage.concerns.actions import agendas, carrying, consulting, raising, ranking, supporting, tending
from engage.concerns.actions.consulting import Asked, Where
from engage.concerns.actions.ranking import Ranked
from engage.concerns.models import AgendaItem, Concern, ConcernStep, Consultation, Ranking, Voice
from engage.concerns.queries import concerns, showing, voices
from engage.concerns.queries import consulting as queries
from engage.concerns.rules.reasons import Reason
from engage.core import db
from engage.core.access import NOBODY, Actor, Role
from engage.core.ledger import Entry
from engage.core.text import Localized
from engage.events import actions as events
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

    monkeypatch.setattr(concerns, "stand_in", concerns.one)
    monkeypatch.setattr(voices, "of_concern", slow)
    assert IntegrityError in support(app, concern_id, amina)
    assert rows(Voice) == 1


# --- two become one -----------------------------------------------------------------------------------------

STAFF = make.actor(None, Role.STAFF)


def doing(action, **values):
    """A job that does something in a transaction of its own."""
    def job():
        with db.transaction():
            return action(by=STAFF, now=NOW, **values)
    return job


def merging(one, into):
    return doing(tending.merge, concern_id=one.id, into_id=into.id)


def standing():
    db.session().rollback()
    return list(db.session().scalars(select(Concern).where(Concern.merged_into_id.is_(None))))


def test_joined_both_ways_at_once_one_stands(app):
    one, two = make.concern(), make.concern()
    for concern in (one, two):
        make.voice(concern, to=make.address())
    found = race(app, [merging(one, two), merging(two, one)] * 4)
    assert found.count(None) == 1
    assert set(found) <= {None, Reason.IN_A_CIRCLE, Reason.IS_MERGED, Reason.INTO_MERGED}
    [left] = standing()
    assert len(voices.of_concern(left.id)) == 2


def test_joined_in_a_ring_at_once_nobody_follows_a_circle(app):
    ring = [make.concern() for _ in range(4)]
    for concern in ring:
        make.voice(concern, to=make.address())
    found = race(app, [merging(one, into) for one, into in zip(ring, [*ring[1:], ring[0]], strict=True)])
    left = {concern.id for concern in standing()}
    assert len(left) == len(ring) - found.count(None) >= 1
    leads = db.session().scalars(select(Concern.merged_into_id).where(Concern.merged_into_id.is_not(None)))
    assert set(leads) <= left
    assert rows(Voice) == sum(len(voices.of_concern(concern_id)) for concern_id in left)


@pytest.mark.postgresql
def test_the_control_without_the_lock_meets_an_error(app, monkeypatch):
    """The database itself breaks the circle, by an error for one of the two."""
    one, two = make.concern(), make.concern()

    def job(merge):
        def send():
            try:
                return merge()
            except OperationalError:
                return OperationalError
        return send

    def unlocked(concern_id, into_id):
        found = concerns.one(concern_id), concerns.one(into_id)
        db.session().execute(text("SELECT pg_sleep(0.2)"))
        return found

    monkeypatch.setattr(carrying, "both_locked", unlocked)
    assert OperationalError in race(app, [job(merging(one, two)), job(merging(two, one))])


def test_joined_while_its_meetings_are_planned_published_and_called_off(app):
    area = make.neighbourhood()
    one, two = make.concern(area=area), make.concern(area=area)
    meetings = [make.event(area=area) for _ in range(3)]
    for event, concern in zip(meetings, (one, two, one), strict=True):
        make.agenda_item(event, concern_id=concern.id)
        make.agenda(event)
    off = doing(events.cancel, event_id=meetings[2].id, reason="Storm", locale="en")
    found = race(app, [
        merging(one, two), off,
        *(doing(agendas.publish, event_id=event.id, version=1) for event in meetings),
        doing(agendas.add_concerns, event_id=meetings[1].id, version=1, concern_ids=[one.id]),
    ])
    assert set(found) <= {None, Reason.CHANGED_MEANWHILE, Reason.MEETING_IS_OFF, Reason.NOT_FOR_THIS_MEETING}
    db.session().rollback()
    if found[0] is None:
        assert set(db.session().scalars(select(AgendaItem.concern_id))) == {two.id, None}
    assert found[1] is None


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
