"""What the door does to rows: once, undone, refused, closed."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from engage.attendance import actions, jobs, queries
from engage.attendance.models import CheckIn, WalkIn
from engage.attendance.rules import Reason
from engage.core import db, ledger
from engage.core.access import CLOCK, Role
from engage.core.refusal import NotAllowed, NotFound, Refused
from engage.events.models import Event
from engage.events.rules import Acceptance, PersonRole
from engage.events.rules import State as EventState
from engage.places.models import Neighbourhood
from engage.registrations.rules import State
from tests import factories as make
from tests.conftest import NOW
from tests.factories import attendance as made

HOUR = timedelta(hours=1)
KEY = "a" * 43


@pytest.fixture
def host(app):
    return make.person("Hanna")


@pytest.fixture
def event(host):
    event = make.event(starts_at=NOW - HOUR)
    make.event_person(event, host)
    return event


@pytest.fixture
def by(host):
    return make.actor(host)


def do(action, **values):
    with db.transaction():
        return action(**values)


def mark(event, party, by, came=1, now=NOW):
    return do(actions.check_in, event_id=event.id, registration_id=party.id, came=came, by=by, now=now)


def kinds(subject):
    return [entry.kind for entry in ledger.history(subject.id) if entry.kind.startswith("attendance.")]


def refused(action, *args, **values):
    with pytest.raises(Refused) as caught:
        action(*args, **values)
    return caught.value.reason


def test_twice_changes_nothing_and_says_so(event, by):
    party = make.registration(event, party_size=4)
    assert mark(event, party, by, came=3) is True
    assert mark(event, party, by, came=4) is False
    assert queries.came(event.id).parties == {party.id: 3}
    assert kinds(party) == ["attendance.CheckedIn"]


def test_undone_and_checked_in_again_with_the_right_number(event, by):
    party = make.registration(event, party_size=4)
    mark(event, party, by, came=4)
    undo = {"event_id": event.id, "registration_id": party.id, "by": by, "now": NOW}
    assert do(actions.undo, **undo) is True
    assert do(actions.undo, **undo) is False
    assert queries.came(event.id).total == 0
    assert mark(event, party, by, came=2) is True
    assert kinds(party) == ["attendance.CheckedIn", "attendance.CheckInUndone", "attendance.CheckedIn"]


def test_more_than_the_party_are_refused_with_its_size(event, by):
    party = make.registration(event, party_size=2)
    with pytest.raises(Refused) as caught:
        mark(event, party, by, came=3)
    assert (caught.value.reason, caught.value.details) == (Reason.WRONG_COUNT, {"party_size": 2})


@pytest.mark.parametrize("state", [State.WAITING, State.REQUESTED, State.CANCELLED, State.HELD, State.OFFERED])
def test_who_has_no_place_is_not_checked_in(event, by, state):
    assert refused(mark, event, make.registration(event, state), by) is Reason.NO_PLACE


def test_the_door_is_shut_before_and_after(event, by):
    party = make.registration(event)
    assert refused(mark, event, party, by, now=NOW - 4 * HOUR) is Reason.TOO_EARLY
    do(actions.close, event_id=event.id, by=by, now=NOW + 5 * HOUR)
    assert refused(mark, event, party, by, now=NOW + 5 * HOUR) is Reason.CLOSED
    assert refused(do, actions.undo, event_id=event.id, registration_id=party.id, by=by, now=NOW + 5 * HOUR) is Reason.CLOSED


def test_a_guest_of_another_event_is_not_found(event, by):
    elsewhere = make.event(starts_at=NOW)
    party = make.registration(elsewhere)
    with pytest.raises(NotFound):
        mark(event, party, by)
    with pytest.raises(NotAllowed):
        mark(elsewhere, party, by)


@pytest.mark.parametrize(("who", "may"), [
    ("host", True), ("co_host", True), ("asked co_host", False), ("facilitator", True), ("official", False),
    ("staff", True), ("staff elsewhere", False), ("coach", False), ("stranger", False), ("nobody", False),
])
def test_who_may_keep_the_door(event, host, who, may):
    party, other = make.registration(event), make.person("Omar")
    area = db.session().get(Neighbourhood, event.neighbourhood_id)
    if who in ("co_host", "facilitator", "official"):
        make.event_person(event, other, role=PersonRole(who))
    if who == "asked co_host":
        make.event_person(event, other, role=PersonRole.CO_HOST, acceptance=Acceptance.INVITED)
    actor = {
        "host": make.actor(host), "staff": make.actor(other, Role.STAFF, areas=[area]), "nobody": make.actor(),
        "staff elsewhere": make.actor(other, Role.STAFF, areas=[make.neighbourhood("Stopsley")]),
        "coach": make.actor(other, Role.COACH),
    }.get(who, make.actor(other))
    if may:
        assert mark(event, party, actor) is True
        return
    with pytest.raises(NotAllowed):
        mark(event, party, actor)


def test_walk_ins_of_one_form_count_once(event, by):
    form = {"event_id": event.id, "form_key": KEY, "people": 3, "by": by, "now": NOW}
    assert do(actions.add_walk_in, **form) is True
    assert do(actions.add_walk_in, **form) is False
    assert queries.came(event.id).walk_ins == 3


def test_totals_are_of_people(event, by):
    whole, part = make.registration(event, party_size=2), make.registration(event, party_size=4)
    make.registration(event, party_size=3)
    make.registration(event, State.WAITING, party_size=4)
    mark(event, whole, by, came=2)
    mark(event, part, by, came=1)
    made.walk_in(event, people=5)
    made.walk_in(event, called="Zeynep", language="tr")
    turnout = queries.came(event.id)
    assert (turnout.registered, turnout.checked_in, turnout.walk_ins, turnout.total) == (9, 3, 6, 9)
    assert (turnout.expected_parties, turnout.parties_missing) == (3, 1)


def test_who_gave_the_place_back_after_all_did_not_come(event, by):
    party = make.registration(event)
    mark(event, party, by)
    with db.transaction() as session:
        session.get(type(party), party.id).state = State.CANCELLED
    assert queries.came(event.id).total == 0


def test_walk_ins_are_taken_back(event, by):
    walk_in = made.walk_in(event, people=50)
    gone = {"event_id": event.id, "walk_in_id": walk_in.id, "by": by, "now": NOW}
    assert do(actions.remove_walk_in, **gone) is True
    assert do(actions.remove_walk_in, **gone) is False
    assert queries.came(event.id).walk_ins == 0


def test_closed_without_check_in_is_a_no_show(event, by):
    came, missing = make.registration(event), make.registration(event)
    mark(event, came, by)
    do(actions.close, event_id=event.id, by=by, now=NOW + 3 * HOUR)
    assert queries.came(event.id).parties == {came.id: 1}
    assert [guest.id for guest in queries.expected(event.id) if not guest.has_come] == [missing.id]
    assert db.session().get(Event, event.id).state == EventState.HELD


def test_nothing_is_closed_before_it_ends(event, by):
    with pytest.raises(Refused):
        do(actions.close, event_id=event.id, by=by, now=NOW)


def test_the_clock_closes_what_nobody_did(event):
    fresh = make.event(starts_at=NOW + 6 * HOUR)
    half_a_day_later = event.ends_at + 12 * HOUR
    assert jobs.close_past(half_a_day_later - timedelta(seconds=1)) == 0
    assert jobs.close_past(half_a_day_later) == 1
    assert jobs.close_past(half_a_day_later) == 0
    states = {row.id: row.state for row in db.session().scalars(select(Event))}
    assert states == {event.id: EventState.HELD, fresh.id: EventState.PUBLISHED}
    assert ledger.history(event.id)[0].by_kind == "clock"


def test_a_code_is_found_however_it_is_written(event):
    party = make.registration(event, code="K7QXPM")
    make.registration(event, State.CANCELLED, code="K7QXPA")
    assert queries.guest_by_code(event.id, " k7q-xpm ").id == party.id
    assert queries.guest_by_code(event.id, "K7QXP") is None
    assert queries.guest_by_code(event.id, "K7QXPA") is None
    assert queries.guest_by_code(make.event().id, "K7QXPM") is None


def test_after_six_months_counts_stay_and_names_go(event, by, host):
    party = make.registration(event)
    mark(event, party, by)
    made.walk_in(event, people=2, called="Zeynep", language="tr", by_id=host.id)
    assert jobs.forget(event.ends_at + timedelta(days=181)) == 0
    assert jobs.forget(event.ends_at + timedelta(days=182)) == 1
    assert jobs.forget(event.ends_at + timedelta(days=182)) == 0
    walk_in, check_in = db.session().scalars(select(WalkIn)).one(), db.session().scalars(select(CheckIn)).one()
    assert (walk_in.called, walk_in.by_id, walk_in.people, check_in.by_id) == (None, None, 2, None)


def test_only_the_clock_forgets(event, by):
    with pytest.raises(NotAllowed):
        do(actions.forget_names, event_id=event.id, by=by)
    do(actions.forget_names, event_id=event.id, by=CLOCK)
