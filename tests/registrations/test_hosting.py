"""What hosts and staff decide about guests: approve, decline, remove."""


import pytest

from engage.core.access import Actor
from engage.core.refusal import NotAllowed, Refused
from engage.programmes.rules import SignUpMode
from engage.registrations import actions
from engage.registrations.rules import Reason, State
from tests import factories as make
from tests.registrations.helpers import do, letters, link, proven, seats, state


def refusal(action, registration_id, **values):
    with pytest.raises(Refused) as refused:
        do(action, registration_id, **values)
    return refused.value.reason


def request():
    event, host = make.event(of=make.programme(sign_up_mode=SignUpMode.HOST_APPROVES), capacity=2), make.person()
    make.event_person(event, host)
    return event, make.actor(host), proven(event, party_size=2)


def test_the_host_approves(app):
    event, host, found = request()
    do(actions.approve, found, by=host)
    do(actions.approve, found, by=host)
    assert (state(found), seats(event)) == (State.CONFIRMED, 2)
    assert letters()[-1] == "place_approved"
    assert refusal(actions.decline, found, by=host) == Reason.NOT_REQUESTED


def test_the_host_declines_kindly(app):
    event, host, found = request()
    do(actions.decline, found, by=host)
    do(actions.decline, found, by=host)
    assert (state(found), seats(event)) == (State.DECLINED, 0)
    assert letters()[-1] == "place_declined"


def test_a_removed_guest_is_told_and_the_seat_passed_on(app):
    event = make.event(capacity=1)
    seated, first = proven(event, "seated@example.org"), proven(event)
    do(actions.remove, seated, by=make.actor(make.person(), "staff"))
    assert [state(found) for found in (seated, first)] == [State.REMOVED, State.OFFERED]
    assert letters("seated@example.org")[-1] == "place_removed"


@pytest.mark.parametrize("action", [actions.approve, actions.decline, actions.remove])
def test_guests_and_other_hosts_decide_nothing(app, action):
    _event, _, found = request()
    other = make.person()
    make.event_person(make.event(), other)
    for by in (Actor(), link(found), make.actor(other), make.actor(make.person(), "reviewer")):
        with pytest.raises(NotAllowed):
            do(action, found, by=by)
    assert state(found) == State.REQUESTED
