"""Who may propose, look and edit."""

import pytest

from engage.core.access import CLOCK, NOBODY, Role
from engage.programmes import policy
from engage.programmes.rules import Proposers
from tests import factories as make


class Somebody:
    id = None
    called = "Rosa"

    def __init__(self, number):
        self.id = number


class Area:
    id = 7


class Programme:
    is_active, is_closed = True, False

    def __init__(self, who):
        self.who_may_propose = who


RESIDENT, TRAINED = make.actor(Somebody(1)), make.actor(Somebody(1), is_trained=True)
STAFF, LOCAL = make.actor(Somebody(1), Role.STAFF), make.actor(Somebody(1), Role.STAFF, areas=[Area])
ADMINISTRATOR = make.actor(Somebody(1), Role.ADMINISTRATOR)


@pytest.mark.parametrize("who, allowed", [
    (Proposers.ANYONE, {RESIDENT, TRAINED, STAFF, LOCAL}),
    (Proposers.TRAINED, {TRAINED, STAFF, LOCAL}),
    (Proposers.STAFF, {STAFF, LOCAL}),
])
def test_who_may_propose(who, allowed):
    everybody = (NOBODY, RESIDENT, TRAINED, STAFF, LOCAL)
    assert {actor for actor in everybody if policy.may_propose(actor, Programme(who))} == allowed


def test_only_staff_begin_meetings_behind_closed_doors():
    closed = Programme(Proposers.ANYONE)
    closed.is_closed = True
    everybody = (NOBODY, RESIDENT, TRAINED, STAFF, LOCAL)
    assert {actor for actor in everybody if policy.may_propose(actor, closed)} == {STAFF, LOCAL}


@pytest.mark.parametrize("actor, city, here", [
    (NOBODY, False, False), (RESIDENT, False, False), (LOCAL, False, True), (STAFF, True, True), (ADMINISTRATOR, True, True),
    (CLOCK, True, True),
])
def test_who_edits_themes(actor, city, here):
    assert (policy.may_edit_themes(actor), policy.may_edit_themes(actor, Area.id)) == (city, here)


def test_nobody_proposes_in_a_programme_that_has_ended():
    ended = Programme(Proposers.ANYONE)
    ended.is_active = False
    assert not policy.may_propose(ADMINISTRATOR, ended)


@pytest.mark.parametrize("actor, may_look, may_edit", [
    (NOBODY, False, False), (RESIDENT, False, False), (STAFF, True, False), (LOCAL, True, False), (ADMINISTRATOR, True, True),
    (make.actor(Somebody(1), Role.ADMINISTRATOR, areas=[Area]), True, False), (CLOCK, False, True),
])
def test_who_looks_and_who_edits(actor, may_look, may_edit):
    assert (policy.may_look(actor), policy.may_edit(actor)) == (may_look, may_edit)
