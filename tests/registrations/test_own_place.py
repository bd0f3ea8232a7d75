"""What a party does with its place: offers, changes, cancelling; and what follows for those who wait."""

from datetime import timedelta

import pytest

from engage.core import db
from engage.core.access import CLOCK, Actor
from engage.core.refusal import NotAllowed, Refused
from engage.events.models import Event
from engage.events.rules import State as EventState
from engage.programmes.rules import SignUpMode
from engage.registrations import actions, jobs, queries
from engage.registrations.rules import Need, Reason, State
from tests import factories as make
from tests.conftest import NOW
from tests.registrations.helpers import do, get, letters, link, proven, seats, sign_up, state

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def full(capacity=1, waiting=("noor@example.org",), **values):
    """An event whose seats are one party's, with others in line: (event, seated, [waiting])."""
    event = make.event(capacity=capacity, **values)
    seated = proven(event, "seated@example.org", capacity)
    return event, seated, [proven(event, contact) for contact in waiting]


def refusal(action, registration_id, **values):
    with pytest.raises(Refused) as refused:
        do(action, registration_id, **values)
    return refused.value.reason


def test_a_cancelled_place_is_offered_to_the_first_in_line(app):
    event, seated, [first, second] = full(waiting=("first@example.org", "second@example.org"))
    do(actions.cancel, seated)
    assert [state(found) for found in (seated, first, second)] == [State.CANCELLED, State.OFFERED, State.WAITING]
    assert get(first).offered_until == NOW + DAY
    assert seats(event) == 1, "the offer keeps the seat"
    assert letters("first@example.org") == ["place_asked", "place_waiting", "place_offered"]
    assert letters("seated@example.org")[-1] == "place_cancelled"


def test_an_offer_is_taken(app):
    event, seated, [first] = full()
    do(actions.cancel, seated)
    do(actions.accept_offer, first, now=NOW + HOUR)
    do(actions.accept_offer, first, now=NOW + HOUR)
    assert (state(first), seats(event)) == (State.CONFIRMED, 1)
    assert letters("noor@example.org")[-1] == "place_confirmed"


def test_an_offer_is_declined_and_passed_on(app):
    event, seated, [first, second] = full(waiting=("first@example.org", "second@example.org"))
    do(actions.cancel, seated)
    do(actions.decline_offer, first)
    assert [state(found) for found in (first, second)] == [State.CANCELLED, State.OFFERED]
    assert seats(event) == 1


def test_an_offer_lapses_and_is_passed_on(app):
    event, seated, [first, second] = full(waiting=("first@example.org", "second@example.org"))
    do(actions.cancel, seated)
    assert jobs.lapse(NOW + DAY - HOUR) == 0
    assert jobs.lapse(NOW + DAY) == 1
    assert [state(found) for found in (first, second)] == [State.LAPSED, State.OFFERED]
    assert get(second).offered_until == NOW + 2 * DAY
    assert letters("first@example.org")[-1] == "place_lapsed"
    assert refusal(actions.accept_offer, first, now=NOW + DAY) == Reason.OFFER_LAPSED
    assert seats(event) == 1


def test_an_offer_is_over_on_time_though_the_clock_has_not_ticked(app):
    _, seated, [first] = full()
    do(actions.cancel, seated)
    assert refusal(actions.accept_offer, first, now=NOW + DAY) == Reason.OFFER_LAPSED


def test_whose_offer_lapsed_may_come_back_to_the_end_of_the_line(app):
    event, seated, [first, _second, third] = full(waiting=("a@example.org", "b@example.org", "c@example.org"))
    do(actions.cancel, seated)
    jobs.lapse(NOW + DAY)
    do(actions.prove, first, now=NOW + DAY)
    assert state(first) == State.WAITING
    assert [party.id for party in queries.waiting(event.id)] == [third, first]
    assert letters("a@example.org")[-1] == "place_waiting"


def test_an_offer_never_outlives_the_start(app):
    _event, seated, [first] = full(starts_at=NOW + 5 * HOUR)
    do(actions.cancel, seated)
    assert get(first).offered_until == NOW + 5 * HOUR


def test_nothing_is_offered_once_the_event_has_begun(app):
    _event, seated, [first, second] = full(waiting=("a@example.org", "b@example.org"), starts_at=NOW + HOUR)
    do(actions.cancel, seated)
    jobs.lapse(NOW + HOUR)
    assert [state(found) for found in (first, second)] == [State.LAPSED, State.WAITING]


def test_a_moved_start_shortens_offers(app):
    event, seated, [first] = full(starts_at=NOW + 3 * DAY)
    do(actions.cancel, seated)
    with db.transaction():
        actions.shorten_offers(event_id=event.id, starts_at=NOW + HOUR, by=CLOCK)
    assert get(first).offered_until == NOW + HOUR


def test_the_first_party_that_fits_is_offered_and_who_is_too_large_keeps_its_place(app):
    event = make.event(capacity=3)
    two, one = proven(event, "two@example.org", 2), proven(event, "one@example.org", 1)
    pair, single = proven(event, "pair@example.org", 2), proven(event, "single@example.org", 1)
    do(actions.cancel, one)
    assert [state(found) for found in (pair, single)] == [State.WAITING, State.OFFERED]
    assert queries.line(get(pair)).position == 1
    do(actions.cancel, two)
    assert state(pair) == State.OFFERED
    assert seats(event) == 3


def test_who_was_too_large_leaves_and_the_next_are_offered_what_was_free(app):
    event = make.event(capacity=3)
    proven(event, "two@example.org", 2)
    pair, single = proven(event, "pair@example.org", 2), proven(event, "single@example.org", 1)
    do(actions.cancel, pair)
    assert (state(single), seats(event)) == (State.OFFERED, 3)


def test_where_the_host_approves_nothing_is_offered_by_itself(app):
    event = make.event(of=make.programme(sign_up_mode=SignUpMode.HOST_APPROVES), capacity=1)
    host = make.actor(make.person(), "staff")
    one, two = proven(event, "one@example.org"), proven(event, "two@example.org")
    do(actions.approve, one, by=host)
    assert refusal(actions.approve, two, by=host) == Reason.FULL
    do(actions.cancel, one)
    assert (state(two), seats(event)) == (State.REQUESTED, 0)


def test_while_sign_up_is_paused_nothing_is_offered(app):
    event, seated, [first] = full()
    with db.transaction():
        db.session().get(Event, event.id).is_sign_up_paused = True
    do(actions.cancel, seated)
    assert state(first) == State.WAITING
    with db.transaction():
        db.session().get(Event, event.id).is_sign_up_paused = False
        actions.offer_freed_seats(event_id=event.id, by=CLOCK, now=NOW)
    assert state(first) == State.OFFERED


def test_twice_cancelled_frees_once(app):
    event, seated, [_first] = full()
    do(actions.cancel, seated)
    assert refusal(actions.cancel, seated) == Reason.NOT_LIVE
    assert seats(event) == 1


@pytest.mark.parametrize("now, event_state, reason", [
    (NOW + 21 * DAY, EventState.PUBLISHED, Reason.EVENT_STARTED),
    (NOW, EventState.CANCELLED, Reason.EVENT_CANCELLED),
])
def test_nothing_changes_at_an_event_that_has_begun_or_is_cancelled(app, now, event_state, reason):
    event = make.event()
    found = proven(event)
    with db.transaction():
        db.session().get(Event, event.id).state = event_state
    assert refusal(actions.cancel, found, now=now) == reason
    assert refusal(actions.change_party, found, party_size=2, now=now) == reason
    assert refusal(actions.change_needs, found, needs={}, now=now) == reason
    assert (state(found), seats(event)) == (State.CONFIRMED, 1)


def test_a_party_grows_where_seats_are_free(app):
    event = make.event(capacity=3)
    found = proven(event)
    do(actions.change_party, found, party_size=3)
    assert (get(found).party_size, seats(event)) == (3, 3)
    proven(event, "waits@example.org")
    assert refusal(actions.change_party, found, party_size=4) == Reason.PARTY_TOO_LARGE


def test_a_party_grows_by_what_is_left_at_most(app):
    event = make.event(capacity=3)
    found = proven(event)
    proven(event, "other@example.org")
    assert refusal(actions.change_party, found, party_size=3) == Reason.FULL
    assert (get(found).party_size, seats(event)) == (1, 2)


def test_a_party_does_not_grow_past_those_who_wait(app):
    event = make.event(capacity=3)
    found = proven(event, "two@example.org", 2)
    proven(event, "pair@example.org", 2)
    assert refusal(actions.change_party, found, party_size=3) == Reason.OTHERS_WAIT


def test_a_party_that_shrinks_frees_seats_for_the_next(app):
    event = make.event(capacity=2)
    found, waits = proven(event, "pair@example.org", 2), proven(event)
    do(actions.change_party, found, party_size=1)
    assert (get(found).seats_held, state(waits), seats(event)) == (1, State.OFFERED, 2)


def test_a_waiting_party_that_shrinks_may_fit(app):
    event = make.event(capacity=3)
    proven(event, "two@example.org", 2)
    pair = proven(event, "pair@example.org", 2)
    do(actions.change_party, pair, party_size=1)
    assert (state(pair), seats(event)) == (State.OFFERED, 3)


def test_who_was_approved_asks_before_bringing_more(app):
    event = make.event(of=make.programme(sign_up_mode=SignUpMode.HOST_APPROVES), capacity=9)
    found = proven(event)
    do(actions.change_party, found, party_size=2)
    do(actions.approve, found, by=make.actor(make.person(), "staff"))
    assert refusal(actions.change_party, found, party_size=3) == Reason.HOST_DECIDES
    do(actions.change_party, found, party_size=1)
    assert seats(event) == 1


def test_unproven_sign_ups_change_nothing_but_can_be_taken_back(app):
    event = make.event()
    found = sign_up(event)
    assert refusal(actions.change_party, found, party_size=2) == Reason.NOT_PROVEN
    do(actions.cancel, found)
    assert (state(found), seats(event)) == (State.CANCELLED, 0)
    assert letters() == ["place_asked"], "an address nobody has proven gets the one letter"


def test_needs_are_changed_and_taken_back(app):
    found = proven(make.event())
    do(actions.change_needs, found, needs={Need.HALAL: ""})
    do(actions.change_needs, found, needs={Need.OTHER: "a quiet corner"})
    assert queries.needs_of(get(found)) == {Need.OTHER: "a quiet corner"}
    do(actions.change_needs, found, needs={})
    assert queries.needs_of(get(found)) == {}


OWN_ACTIONS = [
    (actions.accept_offer, {}), (actions.decline_offer, {}), (actions.cancel, {}),
    (actions.change_party, {"party_size": 2}), (actions.change_needs, {"needs": {}}),
]


@pytest.mark.parametrize("action, values", OWN_ACTIONS)
def test_neighbours_strangers_hosts_and_staff_elsewhere_may_not(app, action, values):
    area, elsewhere, host = make.neighbourhood(), make.neighbourhood(), make.person()
    event = make.event(area=area)
    make.event_person(event, host)
    found, neighbour = proven(event), proven(event, "neighbour@example.org")
    for by in (Actor(), link(neighbour), make.actor(host), make.actor(make.person(), "staff", areas=[elsewhere])):
        with pytest.raises(NotAllowed):
            do(action, found, by=by, **values)
    assert (state(found), seats(event)) == (State.CONFIRMED, 2)


def test_the_owner_signed_in_and_staff_of_the_area_may(app):
    event = make.event()
    one, two = proven(event, "one@example.org"), proven(event, "two@example.org")
    do(actions.cancel, one, by=Actor(addresses=frozenset({get(one).address_id})))
    do(actions.cancel, two, by=make.actor(make.person(), "staff"))
    assert seats(event) == 0
