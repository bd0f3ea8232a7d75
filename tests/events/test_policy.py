"""Who may do what, as one table: owner, co-host, guest, staff here and elsewhere, stranger, nobody."""

from dataclasses import dataclass, field
from uuid import uuid4

import pytest

from engage.core.access import CLOCK, NOBODY, Actor, Role, Scope
from engage.events import policy
from engage.events.rules import Acceptance, PersonRole, State

HERE, ELSEWHERE = uuid4(), uuid4()
HOST, CO_HOST, ASKED, GUIDE, STRANGER, LETTER = (uuid4() for _ in range(6))


@dataclass
class Part:
    role: PersonRole
    person_id: object = None
    address_id: object = None
    acceptance: Acceptance = Acceptance.ACCEPTED
    id: object = field(default_factory=uuid4)


@dataclass
class Meeting:
    state: State
    neighbourhood_id: object = HERE
    people: tuple = ()


def scoped(role, *areas):
    return Actor(person_id=uuid4(), scopes=(Scope(role, frozenset(areas) if areas else None),))


ACTORS = {
    "host": Actor(person_id=HOST),
    "co_host": Actor(person_id=CO_HOST),
    "co_host_by_address": Actor(person_id=uuid4(), addresses=frozenset({LETTER})),
    "asked": Actor(person_id=ASKED),
    "guide": Actor(person_id=GUIDE),
    "staff_here": scoped(Role.STAFF, HERE),
    "staff_city": scoped(Role.STAFF),
    "staff_elsewhere": scoped(Role.STAFF, ELSEWHERE),
    "administrator": scoped(Role.ADMINISTRATOR),
    "reviewer": scoped(Role.REVIEWER, HERE),
    "facilitator": scoped(Role.FACILITATOR, HERE),
    "coach": scoped(Role.COACH),
    "stranger": Actor(person_id=STRANGER),
    "nobody": NOBODY,
    "clock": CLOCK,
}
PEOPLE = (
    Part(PersonRole.HOST, HOST), Part(PersonRole.CO_HOST, CO_HOST), Part(PersonRole.CO_HOST, address_id=LETTER),
    Part(PersonRole.CO_HOST, ASKED, acceptance=Acceptance.INVITED), Part(PersonRole.FACILITATOR, GUIDE),
    Part(PersonRole.OFFICIAL),
)
HOSTS = {"host", "co_host", "co_host_by_address"}
STAFF = {"staff_here", "staff_city", "administrator"}


def allowed(check, event, **more):
    return {name for name, actor in ACTORS.items() if check(actor, event, **more)}


def at(state, **values):
    return Meeting(state, **{"people": PEOPLE, **values})


@pytest.mark.parametrize("check, state, expected", [
    (policy.may_manage, State.DRAFT, HOSTS),
    (policy.may_manage, State.SUBMITTED, HOSTS | STAFF),
    (policy.may_manage, State.PUBLISHED, HOSTS | STAFF),
    (policy.may_edit, State.SUBMITTED, HOSTS | STAFF),
    (policy.may_open, State.DRAFT, HOSTS),
    (policy.may_open, State.SUBMITTED, HOSTS | STAFF | {"reviewer", "facilitator", "guide"}),
    (policy.may_review, State.DRAFT, set()),
    (policy.may_review, State.SUBMITTED, STAFF | {"reviewer"}),
    (policy.may_publish, State.SUBMITTED, STAFF | {"reviewer"}),
    (policy.may_answer, State.SUBMITTED, HOSTS | STAFF | {"reviewer"}),
    (policy.may_cancel, State.PUBLISHED, HOSTS | STAFF),
    (policy.may_withdraw, State.SUBMITTED, HOSTS),
    (policy.may_write_to_guests, State.PUBLISHED, HOSTS | STAFF),
    (policy.may_choose_facilitators, State.PUBLISHED, STAFF),
    (policy.may_check_in, State.PUBLISHED, HOSTS | STAFF | {"facilitator", "guide"}),
    (policy.may_close, State.PUBLISHED, HOSTS | STAFF | {"facilitator", "guide", "clock"}),
])
def test_who_may(check, state, expected):
    assert allowed(check, at(state)) == expected


def test_the_citys_own_draft_is_staffs():
    assert allowed(policy.may_manage, at(State.DRAFT, people=())) == STAFF


def test_a_meeting_of_the_whole_city_is_for_those_of_the_whole_city():
    assert allowed(policy.may_manage, at(State.PUBLISHED, neighbourhood_id=None)) == HOSTS | {"staff_city", "administrator"}


@pytest.mark.parametrize("is_reviewed, expected", [(True, STAFF), (False, STAFF | HOSTS)])
def test_words_staff_have_read_are_changed_by_staff(is_reviewed, expected):
    assert allowed(policy.may_change_texts, at(State.PUBLISHED), is_reviewed=is_reviewed) == expected


@pytest.mark.parametrize("state, is_guest, is_time, more", [
    (State.PUBLISHED, False, False, set()),
    (State.PUBLISHED, False, True, {"guide"}),
    (State.PUBLISHED, True, False, set()),
    (State.PUBLISHED, True, True, set(ACTORS)),
    (State.CANCELLED, True, True, set()),
])
def test_who_sees_an_address(state, is_guest, is_time, more):
    assert allowed(policy.may_see_address, at(state), is_guest=is_guest, is_time=is_time) == HOSTS | STAFF | more


@pytest.mark.parametrize("people, is_reviewed, is_held, expected", [
    (PEOPLE, True, False, set()), (PEOPLE, False, False, set(ACTORS)), (PEOPLE, False, True, set()),
    ((), True, False, STAFF), ((), True, True, set()),
])
def test_who_needs_no_review(people, is_reviewed, is_held, expected):
    found = allowed(policy.skips_review, at(State.DRAFT, people=people), is_reviewed=is_reviewed, is_held=is_held)
    assert found == expected


def test_an_invitation_is_answered_by_its_link_or_its_address():
    part = Part(PersonRole.CO_HOST, address_id=LETTER, acceptance=Acceptance.INVITED)
    holder = Actor(links=frozenset({("cohost", part.id)}))
    other = Actor(links=frozenset({("cohost", uuid4())}))
    assert policy.may_answer_invitation(holder, part)
    assert policy.may_answer_invitation(ACTORS["co_host_by_address"], part)
    assert not policy.may_answer_invitation(other, part)
    assert not policy.may_answer_invitation(ACTORS["host"], part)
    assert not policy.may_answer_invitation(holder, Part(PersonRole.FACILITATOR, address_id=LETTER, id=part.id))


@pytest.mark.parametrize("role, areas, may_schedule, may_open", [
    (Role.STAFF, None, True, True), (Role.ADMINISTRATOR, None, True, True), (Role.STAFF, frozenset({HERE}), True, True),
    (Role.STAFF, frozenset({ELSEWHERE}), True, False), (Role.FACILITATOR, None, False, False),
    (Role.REVIEWER, None, False, False),
])
def test_series_are_planned_by_staff_and_seen_where_they_work(role, areas, may_schedule, may_open):
    actor = Actor(person_id=STRANGER, scopes=(Scope(role, areas),))
    host = (Part(PersonRole.HOST, STRANGER),)
    assert policy.may_schedule_series(actor) is may_schedule
    assert policy.may_open_series(actor, [Meeting(State.PUBLISHED, HERE, host)]) is may_open
