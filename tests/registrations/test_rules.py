from datetime import timedelta
from uuid import UUID

import pytest

from engage.events.rules import State as EventState
from engage.programmes.rules import SignUpMode
from engage.registrations import rules
from engage.registrations.rules import Party, Reason, State
from tests.conftest import NOW

HOUR = timedelta(hours=1)
STARTED, TO_COME = NOW - HOUR, NOW + HOUR
OPEN, APPROVES = SignUpMode.OPEN, SignUpMode.HOST_APPROVES


@pytest.mark.parametrize(("mode", "is_proven", "is_fitting", "others_wait", "becomes"), [
    (OPEN, False, True, False, State.HELD),
    (OPEN, True, True, False, State.CONFIRMED),
    (OPEN, False, True, True, State.UNPROVEN),
    (OPEN, True, True, True, State.WAITING),
    (OPEN, False, False, False, State.UNPROVEN),
    (OPEN, True, False, False, State.WAITING),
    (APPROVES, False, True, False, State.UNPROVEN),
    (APPROVES, True, True, False, State.REQUESTED),
    (APPROVES, True, False, True, State.REQUESTED),
])
def test_first_state(mode, is_proven, is_fitting, others_wait, becomes):
    assert rules.first_state(mode, is_proven=is_proven, is_fitting=is_fitting, others_wait=others_wait) is becomes


@pytest.mark.parametrize(("capacity", "taken", "party", "is_fitting"), [
    (None, 5000, 4, True), (12, 11, 1, True), (12, 11, 2, False), (12, 12, 1, False), (2, 0, 2, True),
])
def test_fits(capacity, taken, party, is_fitting):
    assert rules.fits(capacity, taken, party) is is_fitting


@pytest.mark.parametrize(("state", "starts_at", "refusal"), [
    (State.CONFIRMED, TO_COME, None),
    (State.WAITING, TO_COME, None),
    (State.HELD, TO_COME, None),
    (State.CONFIRMED, STARTED, Reason.EVENT_STARTED),
    (State.CONFIRMED, NOW, Reason.EVENT_STARTED),
    (State.CANCELLED, TO_COME, Reason.NOT_LIVE),
    (State.LAPSED, TO_COME, Reason.NOT_LIVE),
    (State.REMOVED, STARTED, Reason.NOT_LIVE),
])
def test_cancel_refusal(state, starts_at, refusal):
    assert rules.cancel_refusal(state, starts_at, NOW) == refusal


@pytest.mark.parametrize(("event_state", "is_paused", "starts_at", "refusal"), [
    (EventState.PUBLISHED, False, TO_COME, None),
    (EventState.PUBLISHED, True, TO_COME, Reason.SIGN_UP_PAUSED),
    (EventState.PUBLISHED, False, NOW, Reason.EVENT_STARTED),
    (EventState.PUBLISHED, True, STARTED, Reason.EVENT_STARTED),
    (EventState.CANCELLED, False, TO_COME, Reason.EVENT_CANCELLED),
    (EventState.HELD, False, STARTED, Reason.EVENT_STARTED),
    (EventState.DRAFT, False, TO_COME, Reason.EVENT_STARTED),
])
def test_sign_up_refusal(event_state, is_paused, starts_at, refusal):
    assert rules.sign_up_refusal(event_state, is_paused, starts_at, NOW) == refusal


@pytest.mark.parametrize(("minutes", "starts_at", "end"), [
    (30, TO_COME, NOW + timedelta(minutes=30)),
    (24 * 60, TO_COME, TO_COME),
])
def test_a_hold_never_outlives_the_start(minutes, starts_at, end):
    assert rules.hold_end(NOW, minutes, starts_at) == end


@pytest.mark.parametrize(("state", "held_until", "keeps"), [
    (State.UNPROVEN, TO_COME, True),
    (State.UNPROVEN, NOW, True),
    (State.UNPROVEN, NOW - timedelta(minutes=1), False),
    (State.UNPROVEN, None, False),
    (State.LAPSED, TO_COME, False),
])
def test_keeps_turn(state, held_until, keeps):
    assert rules.keeps_turn(state, held_until, NOW) is keeps


@pytest.mark.parametrize(("state", "offered_until", "refusal"), [
    (State.OFFERED, TO_COME, None),
    (State.OFFERED, NOW, Reason.OFFER_LAPSED),
    (State.OFFERED, STARTED, Reason.OFFER_LAPSED),
    (State.LAPSED, TO_COME, Reason.OFFER_LAPSED),
    (State.WAITING, None, Reason.NOT_OFFERED),
    (State.CONFIRMED, TO_COME, Reason.NOT_OFFERED),
])
def test_offer_refusal(state, offered_until, refusal):
    assert rules.offer_refusal(state, offered_until, NOW) == refusal


@pytest.mark.parametrize(("state", "mode", "is_fitting", "others_wait", "refusal"), [
    (State.CONFIRMED, OPEN, True, False, None),
    (State.CONFIRMED, OPEN, False, False, Reason.FULL),
    (State.CONFIRMED, OPEN, True, True, Reason.OTHERS_WAIT),
    (State.OFFERED, OPEN, True, False, None),
    (State.OFFERED, OPEN, True, True, Reason.OTHERS_WAIT),
    (State.WAITING, OPEN, False, True, None),
    (State.REQUESTED, APPROVES, True, False, None),
    (State.CONFIRMED, APPROVES, True, False, Reason.HOST_DECIDES),
])
def test_growth_refusal(state, mode, is_fitting, others_wait, refusal):
    assert rules.growth_refusal(state, mode, is_fitting=is_fitting, others_wait=others_wait) == refusal


@pytest.mark.parametrize(("state", "refusal"), [
    (State.CONFIRMED, None), (State.WAITING, None), (State.OFFERED, None), (State.REQUESTED, None),
    (State.HELD, Reason.NOT_PROVEN), (State.UNPROVEN, Reason.NOT_PROVEN),
    (State.CANCELLED, Reason.NOT_LIVE), (State.LAPSED, Reason.NOT_LIVE), (State.REMOVED, Reason.NOT_LIVE),
])
def test_change_refusal(state, refusal):
    assert rules.change_refusal(state) == refusal


@pytest.mark.parametrize(("limit", "capacity", "largest"), [(4, None, 4), (4, 12, 4), (4, 2, 2), (4, 0, 1)])
def test_party_limit(limit, capacity, largest):
    assert rules.party_limit(limit, capacity) == largest


@pytest.mark.parametrize(("state", "held_until", "offered_until", "is_lapsed"), [
    (State.HELD, NOW, None, True),
    (State.HELD, TO_COME, None, False),
    (State.OFFERED, STARTED, NOW, True),
    (State.OFFERED, STARTED, TO_COME, False),
    (State.UNPROVEN, STARTED, None, False),
    (State.CONFIRMED, STARTED, STARTED, False),
])
def test_is_lapsed(state, held_until, offered_until, is_lapsed):
    assert rules.is_lapsed(state, held_until, offered_until, NOW) is is_lapsed


@pytest.mark.parametrize(("mode", "event_state", "is_paused", "starts_at", "may"), [
    (OPEN, EventState.PUBLISHED, False, TO_COME, True),
    (OPEN, EventState.PUBLISHED, True, TO_COME, False),
    (OPEN, EventState.PUBLISHED, False, STARTED, False),
    (OPEN, EventState.CANCELLED, False, TO_COME, False),
    (APPROVES, EventState.PUBLISHED, False, TO_COME, False),
])
def test_may_offer_seats(mode, event_state, is_paused, starts_at, may):
    assert rules.may_offer_seats(mode, event_state, is_paused, starts_at, NOW) is may


def line(*sizes):
    return [Party(UUID(int=number), size) for number, size in enumerate(sizes)]


@pytest.mark.parametrize(("free", "sizes", "offered"), [
    (0, (1, 1), []),
    (1, (1, 1), [0]),
    (1, (2, 1), [1]),  # the pair is passed this time, and stays first
    (2, (2, 1), [0]),
    (3, (2, 2, 1), [0, 2]),
    (None, (2, 4), [0, 1]),
    (5, (), []),
])
def test_next_offers(free, sizes, offered):
    assert [identity.int for identity in rules.next_offers(free, line(*sizes))] == offered


def test_states_that_take_seats_are_live_and_ended_ones_lead_nowhere():
    assert rules.TAKES_SEATS <= rules.LIVE
    assert all(not rules.MOVES[state] for state in (State.CANCELLED, State.DECLINED, State.REMOVED))
    assert set(rules.MOVES) == set(State)


@pytest.mark.parametrize(("state", "to", "may"), [
    (State.HELD, State.CONFIRMED, True), (State.HELD, State.WAITING, False), (State.WAITING, State.CONFIRMED, False),
    (State.WAITING, State.OFFERED, True), (State.OFFERED, State.LAPSED, True), (State.LAPSED, State.WAITING, True),
    (State.CANCELLED, State.CONFIRMED, False), (State.REQUESTED, State.DECLINED, True),
    (State.CONFIRMED, State.DECLINED, False),
])
def test_may_move(state, to, may):
    assert rules.may_move(state, to) is may


def test_needs_are_asked_in_two_groups_and_in_words():
    asked = {*rules.ACCESS_NEEDS, *rules.DISHES, rules.Need.OTHER}
    assert asked == set(rules.Need)
