"""Queries and policy agree on who sees which events."""

import itertools

import pytest
from sqlalchemy import select

from engage.core import db
from engage.core.access import Role
from engage.events import policy, queries
from engage.events.models import Event
from engage.events.rules import State
from tests import factories as make
from tests.conftest import NOW


@pytest.fixture
def world(app):
    areas = [make.neighbourhood("Dallow"), make.neighbourhood("Wigmore")]
    programme, host = make.programme(), make.person("Amina")
    for area, state, is_hosted in itertools.product(areas, State, (True, False)):
        event = make.event(f"{area.name} {state}", of=programme, area=area, state=state, submitted_at=NOW)
        if is_hosted:
            make.event_person(event, host)
    return areas




@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("scope", ["city", "here", "nowhere"])
def test_lists_hold_what_may_be_opened(world, role, scope):
    areas = {"city": None, "here": world[:1], "nowhere": []}[scope]
    actor = make.actor(make.person(), role, areas=areas)
    every = _all()
    listed = queries.for_staff(actor, is_past=False, now=NOW, state=None, programme_id=None, areas=None)
    assert {event.id for event in listed} == {event.id for event in every if policy.may_open(actor, event)}
    reviewed = {event.id for event in every if event.state == State.SUBMITTED and policy.may_review(actor, event)}
    assert {event.id for event in queries.to_review(actor)} == reviewed
    assert queries.count_to_review(actor) == len(reviewed)


def _all():
    return queries.events(set(db.session().scalars(select(Event.id))))
