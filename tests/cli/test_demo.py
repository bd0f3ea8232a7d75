"""Rivermouth is lively: every kind of meeting, every state, every queue; told twice it is the same."""

from collections import Counter

import pytest
import time_machine

from engage.cli import demo
from engage.cli.demo.city import PASSWORD
from engage.config import ConfigError
from engage.core import city, clock, db, pages
from engage.core.ledger import Entry
from engage.events.models import Event
from engage.events.rules import State
from engage.feedback.models import Result
from engage.programmes import adapters as kits
from engage.programmes import queries as programmes
from engage.registrations.models import Registration
from engage.registrations.rules import State as Place
from tests.conftest import NOW

pytestmark = pytest.mark.slow

OF_REVIEWERS = "Applications for funding to read"  # one's own: nobody has asked staff to read one


def _states(model):
    return Counter(db.session().scalars(db.session().query(model.state).statement))


def test_rivermouth(app, client):
    """One long test: the city takes seconds to tell."""
    demo.run(NOW)
    with time_machine.travel(NOW, tick=False):
        _is_lively()
        _is_kept_when_told_again()
        _shows_itself(client)
        _has_something_in_every_queue(client)
    assert clock.now() != NOW, "the clock goes as before"


def _is_lively():
    assert city.city().name == "Rivermouth"
    assert {programme.kit for programme in programmes.active()} == set(kits.kits())
    events = _states(Event)
    assert events[State.PUBLISHED] >= 14
    assert events[State.HELD] == 15
    assert events[State.SUBMITTED] == 3
    assert {State.CANCELLED, State.CHANGES_REQUESTED, State.DECLINED, State.DRAFT} <= events.keys()
    places = _states(Registration)
    assert {Place.CONFIRMED, Place.REQUESTED, Place.WAITING, Place.OFFERED} <= places.keys()
    assert {lang for event in db.session().query(Event) for lang in event.title.texts} == {"en", "fr", "es", "ar"}
    shown = [result.answers for result in db.session().query(Result)]
    assert max(shown) >= 10
    assert min(shown) == 0, "one with too few answers to show"


def _is_kept_when_told_again():
    before = db.session().query(Entry).count()
    demo.run(NOW)
    assert db.session().query(Entry).count() == before


def _shows_itself(client):
    for locale in city.city().locales:
        for path in ("", "events", "events/calendar", "neighbourhoods", "neighbourhoods/RM03", "ways/dialogue-dinners"):
            page = client.get(f"/{locale}/{path}")
            assert page.status_code == 200, path
            assert "safe at home" not in page.text, "behind closed doors"
            assert "Loom Street" not in page.text, "a home's address stays where it is"


def _has_something_in_every_queue(client):
    for email in ("resident", "host", "staff", "admin"):
        answer = client.post("/en/sign-in", data={"word-email": f"{email}@example.org", "word-password": PASSWORD})
        assert answer.status_code in (302, 303), email
        if email in ("staff", "admin"):
            page = client.get("/en/desk").text
            assert page.count("All done:") == page.count(f"All done: {OF_REVIEWERS}."), "something waits in every queue"
        client.post("/en/sign-out")


def test_rivermouth_is_not_told_in_production(app, monkeypatch):
    monkeypatch.setattr(type(pages.settings()), "is_production", True)
    with pytest.raises(ConfigError):
        demo.run(NOW)
