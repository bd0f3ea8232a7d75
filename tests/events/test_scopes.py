"""Queries and policy agree on who sees which events."""

import itertools

import pytest
from sqlalchemy import select

from engage.core import db
from engage.core.access import Role
from engage.core.refusal import Refused
from engage.events import actions, policy, queries
from engage.events.models import Event
from engage.events.rules import Change, Reason, State
from tests import factories as make
from tests.conftest import NOW
from tests.events import giving
from tests.events.test_proposing import do


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


def test_staff_move_a_meeting_within_their_areas_and_hosts_anywhere(app):
    here, elsewhere = make.neighbourhood("Dallow"), make.neighbourhood("Saints")
    event, host = make.event(area=here), make.person("Amina")
    make.event_person(event, host)
    staff = make.actor(make.person("Rosa"), Role.STAFF, areas=[here])
    there, near = giving.at_venue(make.venue(elsewhere)), giving.at_venue(make.venue(here))
    with pytest.raises(Refused) as refused:
        do(actions.move, event_id=event.id, to=there, by=staff)
    assert refused.value.reason == Reason.ELSEWHERE
    assert do(actions.move, event_id=event.id, to=near, by=staff) == Change.MOVED
    assert do(actions.move, event_id=event.id, to=there, by=make.actor(host)) == Change.MOVED
