"""Reminders follow the place they remind of: planned, replanned, dropped."""

from datetime import timedelta

import pytest

from engage.core import access, db
from engage.core.refusal import NotAllowed
from engage.events.facts import AddressHourChanged, EventCancelled, EventMoved
from engage.events.models import Event, PrivateAddress
from engage.messages.rules import State
from engage.registrations import actions as registrations
from engage.registrations.facts import GuestRemoved, PlaceConfirmed, RegistrationLapsed
from engage.registrations.rules import State as Place
from engage.reminders import actions
from tests import factories as make
from tests.conftest import NOW
from tests.messages.support import offer_kinds, post
from tests.reminders.support import confirmed, dinner, happened, keys, meeting, planned

DAY = timedelta(days=1)


def move(event, by):
    with db.transaction():
        row = db.session().get(Event, event.id)
        row.starts_at, row.ends_at, row.sequence = row.starts_at + by, row.ends_at + by, row.sequence + 1
        sequence, old = row.sequence, row.starts_at - by
    happened(EventMoved(event.id, sequence, old))


def test_a_confirmed_place_is_reminded_of(app):
    event = meeting()
    confirmed(event)
    starts_at = db.session().get(Event, event.id).starts_at
    assert planned() == [
        ("week", starts_at - 7 * DAY),
        ("eve", (starts_at - DAY).replace(hour=18, minute=0)),
        ("soon", starts_at - timedelta(hours=2)),
    ]


def test_who_signs_up_late_gets_what_is_still_to_come(app):
    event = meeting(starts_at=NOW + timedelta(days=3))
    confirmed(event)
    assert keys() == ["eve", "soon"]


def test_a_place_at_a_home_is_told_when_its_address_can_be_seen(app):
    event = dinner()
    confirmed(event)
    assert ("address", event.starts_at - DAY) in planned()


def test_who_gets_a_place_after_that_hour_sees_the_address_at_once(app):
    confirmed(dinner(starts_at=NOW + timedelta(hours=20)))
    assert "address" not in keys()


def test_confirmed_twice_is_reminded_once(app):
    event = meeting()
    registration = confirmed(event)
    happened(PlaceConfirmed(registration.id, event.id))
    assert keys() == ["week", "eve", "soon"]


def test_who_waits_is_not_reminded(app):
    confirmed(meeting(), state=Place.WAITING)
    assert keys() == []


def test_a_moved_meeting_is_reminded_of_anew(app):
    event = dinner()
    confirmed(event)
    before = dict(planned())
    move(event, 2 * DAY)
    assert keys(State.CANCELLED) == ["week", "address", "eve", "soon"]
    assert dict(planned()) == {key: at + 2 * DAY for key, at in before.items()}


def test_a_meeting_moved_close_is_not_reminded_of_a_week_before(app):
    event = meeting()
    confirmed(event)
    move(event, timedelta(days=-18))
    assert keys() == ["eve", "soon"]


def test_a_meeting_moved_there_and_back(app):
    event = meeting()
    confirmed(event)
    before = planned()
    move(event, DAY)
    move(event, -DAY)
    assert planned() == before


def change_hours(event, hours, at=NOW):
    with db.transaction():
        home = db.session().get(PrivateAddress, event.id)
        old_hours, home.reveal_hours = home.reveal_hours, hours
    happened(AddressHourChanged(event.id, old_hours), at)


def test_an_address_shown_at_another_hour_is_told_of_then(app):
    event = dinner()
    confirmed(event)
    for hours in (12, 24, 48):
        change_hours(event, hours, NOW + timedelta(minutes=hours))
        assert [at for key, at in planned() if key.startswith("address")] == [event.starts_at - timedelta(hours=hours)]
    assert [key for key in keys() if not key.startswith("address")] == ["week", "eve", "soon"]


def test_an_address_shown_earlier_than_now_is_told_of_at_once(app):
    event = dinner()
    confirmed(event)
    now = event.starts_at - timedelta(hours=30)
    change_hours(event, 48, now)
    assert [at for key, at in planned() if key.startswith("address")] == [now]


def test_who_could_see_the_address_before_is_not_told_again(app):
    event = dinner()
    confirmed(event)
    change_hours(event, 48, event.starts_at - timedelta(hours=20))
    assert not [key for key in keys() if key.startswith("address")]


def test_a_cancelled_meeting_is_not_reminded_of(app):
    event = dinner()
    confirmed(event)
    happened(EventCancelled(event.id, 1))
    assert keys() == []


def test_a_place_given_back_is_not_reminded_of(app):
    event = meeting()
    first, _second = confirmed(event), confirmed(event)
    with db.transaction():
        registrations.cancel(registration_id=first.id, by=make.actor(links=frozenset({("place", first.id)})), now=NOW)
    db.session().rollback()
    assert keys() == ["week", "eve", "soon"]  # the other guest's


@pytest.mark.parametrize("fact", [GuestRemoved, RegistrationLapsed])
def test_a_place_taken_away_is_not_reminded_of(app, fact):
    event = meeting()
    registration = confirmed(event)
    happened(fact(registration.id, event.id, 1))
    assert keys() == []


def test_other_letters_of_the_place_are_left_alone(app, monkeypatch):
    event = meeting()
    registration = confirmed(event)
    offer_kinds(app, monkeypatch)
    post(thread=f"registration:{registration.id}", subject_id=event.id, facts={"key": "other"})
    happened(EventCancelled(event.id, 1))
    assert keys() == ["other"]


def test_only_the_clock_plans(app):
    event = meeting()
    registration = make.registration(event)
    person = make.actor(make.person())
    for plan in (
        lambda: actions.plan(registration_id=registration.id, by=person, now=NOW),
        lambda: actions.replan(event_id=event.id, by=access.NOBODY, now=NOW),
        lambda: actions.drop(registration_id=registration.id, by=person, now=NOW),
        lambda: actions.drop_event(event_id=event.id, by=person, now=NOW),
    ):
        with pytest.raises(NotAllowed), db.transaction():
            plan()
