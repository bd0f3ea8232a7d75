from dataclasses import dataclass, field
from uuid import uuid4

import pytest

from engage.core.access import CLOCK, NOBODY, Actor, Role, Scope
from engage.events.rules import Acceptance, PersonRole
from engage.events.rules import State as EventState
from engage.funding import policy
from engage.funding.rules.deciding import ReviewState
from engage.funding.rules.states import State

DALLOW, SAINTS = uuid4(), uuid4()


def _actor(role=None, area=None, **values):
    scopes = (Scope(role, None if area is None else frozenset({area})),) if role else ()
    return Actor(person_id=uuid4(), scopes=scopes, **values)


HOST, CO_HOST, ASKED, STRANGER = (_actor() for _ in range(4))
STAFF, ELSEWHERE, CITYWIDE = _actor(Role.STAFF, DALLOW), _actor(Role.STAFF, SAINTS), _actor(Role.ADMINISTRATOR)
REVIEWER, CONFLICTED, COACH = _actor(Role.REVIEWER), _actor(Role.STAFF, DALLOW), _actor(Role.COACH)


@dataclass
class Part:
    person_id: object
    role: PersonRole
    acceptance: Acceptance = Acceptance.ACCEPTED
    address_id: object = None
    id: object = field(default_factory=uuid4)


@dataclass
class Meeting:
    people: list
    state: EventState = EventState.DRAFT
    neighbourhood_id: object = DALLOW


@dataclass
class Judged:
    reviewer_id: object
    state: ReviewState


@dataclass
class Request:
    state: State = State.IN_REVIEW
    was_sent: bool = True
    host_id: object = HOST.person_id
    coach_id: object = COACH.person_id
    neighbourhood_id: object = DALLOW
    event: Meeting = field(default_factory=lambda: Meeting([
        Part(HOST.person_id, PersonRole.HOST), Part(CO_HOST.person_id, PersonRole.CO_HOST),
        Part(ASKED.person_id, PersonRole.CO_HOST, Acceptance.INVITED),
    ]))
    reviews: list = field(default_factory=lambda: [
        Judged(REVIEWER.person_id, ReviewState.ASKED), Judged(CONFLICTED.person_id, ReviewState.CONFLICT),
    ])


EVERYBODY = {
    "host": HOST, "co-host": CO_HOST, "asked": ASKED, "stranger": STRANGER, "staff": STAFF, "staff elsewhere": ELSEWHERE,
    "administrator": CITYWIDE, "reviewer": REVIEWER, "conflicted": CONFLICTED, "coach": COACH, "nobody": NOBODY, "clock": CLOCK,
}


@pytest.mark.parametrize("check, allowed", [
    (policy.may_open, {"host", "co-host", "staff", "administrator", "conflicted", "coach"}),
    (policy.may_write, {"host", "co-host"}),
    (policy.may_withdraw, {"host", "co-host"}),
    (policy.may_accept_agreement, {"host"}),
    (policy.may_decide, {"staff", "administrator"}),
    (policy.may_assign, {"staff", "administrator"}),
    (policy.may_review, {"reviewer"}),
    (policy.may_coach, {"coach"}),
    (policy.may_read_coach_notes, {"coach", "staff", "administrator", "conflicted"}),
    (policy.may_report, {"host", "co-host"}),
    (policy.may_see_files, {"host", "co-host", "staff", "administrator", "conflicted"}),
    (policy.may_pay, {"staff", "administrator"}),
])
def test_who_may(check, allowed):
    assert {name for name, actor in EVERYBODY.items() if check(actor, Request())} == allowed


def test_a_draft_is_nobodys_but_its_hosts():
    draft = Request(state=State.DRAFT, was_sent=False)
    assert {name for name, actor in EVERYBODY.items() if policy.may_open(actor, draft)} == {"host", "co-host"}
    assert not policy.may_see_files(STAFF, draft)
    assert not policy.may_decide(STAFF, draft)


def test_nobody_decides_about_their_own_money():
    for actor in (STAFF, CITYWIDE):
        own = Request(host_id=actor.person_id, reviews=[Judged(actor.person_id, ReviewState.ASKED)])
        assert not policy.may_decide(actor, own)
        assert not policy.may_review(actor, own)
        assert not policy.may_pay(actor, own)


@pytest.mark.parametrize("actor, areas, may", [
    (STAFF, {DALLOW}, True), (STAFF, {DALLOW, SAINTS}, False), (STAFF, set(), False), (CITYWIDE, set(), True),
    (CITYWIDE, {SAINTS}, True), (REVIEWER, {DALLOW}, False), (STRANGER, {DALLOW}, False),
])
def test_a_round_is_run_by_whoever_works_for_all_of_it(actor, areas, may):
    assert policy.may_run(actor, frozenset(areas)) == may


def test_whoever_has_an_account_applies():
    assert policy.may_apply(STRANGER)
    assert not policy.may_apply(NOBODY)
