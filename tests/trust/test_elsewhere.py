"""Staff of another neighbourhood: whatever desk page they open, nothing of here is on it."""

import pytest
import time_machine

from engage.core import db
from engage.core.access import mark_of
from engage.events.models import ReviewNote
from engage.events.rules import State as EventState
from engage.registrations.rules import State
from tests import factories as make
from tests.conftest import NOW
from tests.trust import world as worlds
from tests.trust.test_canaries import _text
from tests.trust.test_routes import GETS, _path

CANARIES = ("Guest accepted", "Guest asking", "Dinner in Dallow", "Canary dinner", "Canary proposal", "Canary note")


@pytest.fixture
def world(app):
    with time_machine.travel(NOW, tick=False):
        world = worlds.build(app)
        with db.transaction():
            _more(world)
        yield world


def _more(world):
    area = db.session().get(type(make.neighbourhood()), world.event.neighbourhood_id)
    make.registration(world.event, State.REQUESTED, called="Guest asking")
    proposal = make.event("Canary proposal", area=area, state=EventState.SUBMITTED, submitted_at=NOW, published_at=None)
    make.event_person(proposal, world.people["host"])
    make.keep(ReviewNote(event_id=world.event.id, author_id=world.people["host"].id, body="Canary note", at=NOW))


def _seen(app, world, role):
    """What of the canaries somebody reads on pages for people with an account, with where."""
    seen = {}
    for rule in GETS:
        if mark_of(app.view_functions[rule.endpoint]).kind == "signed_in":
            text = _text(world.clients[role].get(_path(app, rule, world), follow_redirects=True))
            for canary in (canary for canary in CANARIES if canary in text):
                seen.setdefault(canary, set()).add(rule.endpoint)
    return seen


@pytest.mark.slow
def test_staff_of_another_neighbourhood_read_nothing_of_this_one(app, world):
    assert _seen(app, world, "staff_elsewhere") == {}


@pytest.mark.slow
@pytest.mark.parametrize("role", ["staff", "administrator"])
def test_the_control_staff_of_this_one_do(app, world, role):
    assert set(_seen(app, world, role)) == set(CANARIES)
