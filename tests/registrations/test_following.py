"""What follows by itself: letters of moves and cancellations, offers after more places, and forgetting."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from engage.accounts.facts import AddressChanged, PersonDeleted
from engage.core import db, ledger
from engage.core.access import CLOCK, Actor
from engage.core.refusal import NotAllowed
from engage.events import facts as event_facts
from engage.events.models import Event
from engage.messages.models import OutboxLetter
from engage.messages.rules import State as Letter
from engage.registrations import actions, jobs
from engage.registrations.models import Registration, RegistrationNeeds
from engage.registrations.rules import Need, State
from tests import factories as make
from tests.conftest import NOW
from tests.registrations.helpers import do, get, letters, proven, rows, seats, sign_up, state

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def _stand_still():
    """Reactions read the clock."""
    with time_machine.travel(NOW, tick=False):
        yield


def record(fact):
    with db.transaction():
        ledger.record(fact, by=CLOCK)


def test_everybody_registered_or_waiting_is_told_of_a_move(app):
    event = make.event(capacity=1, sequence=1)
    proven(event, "seated@example.org")
    proven(event, "waits@example.org")
    sign_up(event, "unproven@example.org")
    record(event_facts.EventMoved(event.id, 1, NOW + DAY))
    assert letters("seated@example.org")[-1] == letters("waits@example.org")[-1] == "event_moved"
    assert letters("unproven@example.org") == ["place_asked"]


def test_everybody_is_told_that_an_event_is_cancelled_and_rows_stay_as_they_are(app):
    event = make.event(capacity=1)
    found, waits = proven(event, "seated@example.org"), proven(event, "waits@example.org")
    record(event_facts.EventCancelled(event.id, 1))
    assert letters("seated@example.org")[-1] == letters("waits@example.org")[-1] == "event_cancelled"
    assert (state(found), state(waits), seats(event)) == (State.CONFIRMED, State.WAITING, 1)


def test_what_the_host_writes_reaches_those_who_have_a_place(app):
    event = make.event(capacity=1)
    proven(event, "seated@example.org")
    proven(event, "waits@example.org")
    with db.transaction():
        note = make.guest_note(event, "Door", "It is green.", locale="en")
        ledger.record(event_facts.GuestsWritten(event.id, note.id), by=CLOCK)
    assert letters("seated@example.org")[-1] == "host_wrote"
    assert "host_wrote" not in letters("waits@example.org")


def test_more_places_are_offered_in_order(app):
    event = make.event(capacity=1)
    proven(event, "seated@example.org")
    found = [proven(event, f"w{number}@example.org") for number in range(3)]
    with db.transaction():
        db.session().get(Event, event.id).capacity = 3
        ledger.record(event_facts.CapacityRaised(event.id), by=CLOCK)
    assert [state(each) for each in found] == [State.OFFERED, State.OFFERED, State.WAITING]
    assert seats(event) == 3


def test_a_hold_lapses_once_and_its_letter_is_the_only_one(app):
    event = make.event(capacity=1)
    found = sign_up(event)
    waits = proven(event, "waits@example.org")
    assert jobs.lapse(NOW + HOUR) == 1
    assert jobs.lapse(NOW + HOUR) == 0
    assert (state(found), state(waits), seats(event)) == (State.LAPSED, State.OFFERED, 1)
    assert letters("noor@example.org") == ["place_asked"]


def test_only_the_clock_lets_things_lapse(app):
    found = sign_up(make.event())
    with pytest.raises(NotAllowed):
        do(actions.lapse, found, by=make.actor(make.person(), "administrator"))


def test_a_sign_up_nobody_confirmed_is_gone_after_a_day(app):
    event = make.event(capacity=1)
    found, kept = sign_up(event, needs={Need.VEGAN: ""}), proven(event, "waits@example.org")
    jobs.lapse(NOW + HOUR)
    assert jobs.forget(NOW + DAY - HOUR) == 0
    assert jobs.forget(NOW + DAY + HOUR) == 1
    assert get(found) is None
    assert get(kept) is not None
    assert db.session().scalars(select(RegistrationNeeds)).all() == []


def test_needs_are_gone_after_a_week_and_names_after_six_months(app):
    event = make.event(starts_at=NOW + DAY)
    found = proven(event, needs={Need.VEGAN: ""}, speaks=("ar",), is_first_time=True)
    over = get(found).event.ends_at
    assert jobs.forget(over + 6 * DAY) == 0
    assert jobs.forget(over + 8 * DAY) == 1
    assert (get(found).needs, get(found).called) == (None, "Noor")
    jobs.forget(over + 184 * DAY)
    kept = get(found)
    assert (kept.called, kept.address_id, kept.speaks, kept.is_first_time) == ("", None, [], None)
    assert (kept.state, kept.party_size) == (State.CONFIRMED, 1)
    assert jobs.forget(over + 185 * DAY) == 0


def test_who_deletes_the_account_leaves_their_places_to_others(app):
    event, past = make.event(capacity=1), make.event(starts_at=NOW - DAY)
    address = make.address("noor@example.org")
    mine = proven(event)
    old = make.registration(past, to=address)
    waits = proven(event, "waits@example.org")
    record(PersonDeleted(make.person().id, address.id))
    assert [state(found) for found in (mine, old.id, waits)] == [State.CANCELLED, State.CONFIRMED, State.OFFERED]
    assert {(row.called, row.address_id) for row in (get(mine), get(old.id))} == {("", None)}
    assert seats(event) == 1


def test_who_deletes_the_account_gets_no_letter_any_more(app):
    address = make.address("noor@example.org")
    found = proven(make.event())
    record(PersonDeleted(make.person().id, address.id))
    waiting = select(OutboxLetter.kind).where(OutboxLetter.state == Letter.DUE, OutboxLetter.address_id == address.id)
    assert db.session().scalars(waiting).all() == []
    assert get(found).address_id is None


def test_places_follow_their_holder_to_a_new_address(app):
    event, both, past = make.event(), make.event(), make.event(starts_at=NOW - DAY)
    old, new = make.address("noor@example.org"), make.address("new@example.org")
    mine, was = proven(event), make.registration(past, to=old).id
    twice, other = proven(both), proven(both, "new@example.org")
    record(AddressChanged(make.person().id, old.id, new.id))
    assert [get(found).address_id for found in (mine, was)] == [new.id, new.id]
    assert [get(found).address_id for found in (twice, other)] == [old.id, new.id], "one place each, as they asked for"
    do(actions.cancel, mine)
    assert letters("new@example.org")[-1] == "place_cancelled"


def test_letters_are_posted_once_each_and_hold_no_names(app):
    event = make.event(capacity=1)
    proven(event)
    posted = db.session().scalars(select(OutboxLetter)).all()
    assert len({letter.about for letter in posted}) == len(posted)
    assert "Noor" not in str([letter.facts for letter in posted])
    assert {letter.subject_id for letter in posted} == {event.id}
    [row] = rows(event)
    assert {letter.thread for letter in posted} == {f"registration:{row.id}"}


def test_history_is_kept_with_who_did_it(app):
    event = make.event()
    found = proven(event)
    kinds = [entry.kind for entry in ledger.history(found)]
    assert kinds == ["registrations.PlaceConfirmed", "registrations.SignedUp"]
    assert ledger.history(event.id)[0].by_kind == "link"
    assert db.session().get(Registration, found) is not None
    assert ledger.history(event.id)[1].by_kind == "nobody"
    assert Actor().person_id is None
