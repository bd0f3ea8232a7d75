"""Staff sign up who calls or stands at the counter."""

import pytest

from engage.core import db, refusal
from engage.core.access import Actor
from engage.core.refusal import NotAllowed, Refused
from engage.registrations import actions
from engage.registrations.rules import Reason, State
from tests import factories as make
from tests.conftest import NOW
from tests.registrations.helpers import do, form, get, letters, proven, rows, seats, sign_up, state


def register(event, by, **values):
    with db.transaction():
        return actions.register_by_staff(event_id=event.id, form=form(**values), by=by, now=NOW).id


def test_staff_sign_up_somebody_with_a_phone_alone(app):
    event = make.event(capacity=1)
    staff = make.actor(make.person(), "staff")
    found = register(event, staff, contact="+44 1582 400123", channel="phone")
    assert state(found) == State.CONFIRMED
    assert get(found).address.value == "+441582400123"
    assert state(register(event, staff, contact="+44 1582 400124", channel="phone")) == State.WAITING


def test_staff_elsewhere_hosts_and_residents_may_not_vouch(app):
    area, elsewhere = make.neighbourhood(), make.neighbourhood()
    event, host = make.event(area=area), make.person()
    make.event_person(event, host)
    for by in (make.actor(make.person(), "staff", areas=[elsewhere]), make.actor(host), make.actor(make.person()), Actor()):
        with pytest.raises(NotAllowed):
            register(event, by)
    assert rows(event) == []


def test_staff_vouch_for_a_sign_up_whose_letter_never_came(app):
    event = make.event()
    found = sign_up(event)
    assert register(event, make.actor(make.person(), "staff")) == found
    assert state(found) == State.CONFIRMED


def test_a_second_person_with_one_telephone_is_not_taken_for_the_first(app):
    event, staff = make.event(), make.actor(make.person(), "staff")
    first = register(event, staff, contact="01582 400123", channel="phone", called="Edna O’Neill")
    assert register(event, staff, contact="+44 1582 400123", channel="phone", called="edna o'neill") == first
    with pytest.raises(Refused) as refused:
        register(event, staff, contact="01582 400123", channel="phone", called="Bert")
    assert (refused.value.reason, refused.value.details) == (Reason.ADDRESS_TAKEN, {"called": "Edna O’Neill"})
    assert "\u2068Edna O’Neill\u2069 has signed up here" in refusal.say(refused.value)
    assert len(rows(event)) == 1


def test_who_was_removed_does_not_come_back_by_signing_up_again(app):
    event = make.event()
    found = proven(event)
    do(actions.remove, found, by=make.actor(make.person(), "staff"))
    assert sign_up(event) == found
    assert state(found) == State.REMOVED
    assert seats(event) == 0
    assert letters()[-2:] == ["place_removed", "place_known"]
