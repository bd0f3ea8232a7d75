"""A resident asks for places: held, proven by letter, once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from engage.accounts.models import Consent
from engage.core import db
from engage.core.access import CLOCK, Actor
from engage.core.refusal import NotAllowed, NotFound, Refused
from engage.events.rules import State as EventState
from engage.programmes.rules import SignUpMode
from engage.registrations import actions, queries
from engage.registrations.rules import Need, Reason, State
from tests import factories as make
from tests.conftest import NOW
from tests.registrations.helpers import do, form, get, letters, link, prove, proven, rows, seats, sign_up, state

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def approving():
    return make.programme(sign_up_mode=SignUpMode.HOST_APPROVES)


def test_a_seat_is_held_until_the_letter_is_answered(app):
    event = make.event(capacity=2)
    found = sign_up(event)
    assert state(found) == State.HELD
    assert get(found).held_until == NOW + 30 * MINUTE
    assert seats(event) == 1
    assert letters() == ["place_asked"]
    prove(found, NOW + MINUTE)
    assert state(found) == State.CONFIRMED
    assert get(found).proven_at == NOW + MINUTE
    assert seats(event) == 1
    assert letters() == ["place_asked", "place_confirmed"]


def test_nobody_confirms_but_who_got_the_letter(app):
    found = sign_up(make.event())
    staff = make.actor(make.person(), "administrator")
    for by in (Actor(), staff, link(make.event().id)):
        with pytest.raises(NotAllowed):
            do(actions.prove, found, by=by)
    assert state(found) == State.HELD


def test_confirming_twice_changes_nothing(app):
    found = proven(make.event())
    prove(found)
    assert letters() == ["place_asked", "place_confirmed"]


def test_with_a_proven_address_it_is_confirmed_at_once(app):
    event, address = make.event(), make.address("noor@example.org")
    found = sign_up(event, "Noor@Example.org", by=Actor(addresses=frozenset({address.id})))
    assert state(found) == State.CONFIRMED
    assert letters() == ["place_confirmed"]


def test_another_address_is_confirmed_by_letter_though_signed_in(app):
    mine = make.address("mine@example.org")
    found = sign_up(make.event(), "other@example.org", by=Actor(addresses=frozenset({mine.id})))
    assert state(found) == State.HELD


def test_the_same_form_twice_is_one_registration(app):
    event, same = make.event(), form()
    found = set()
    for _ in range(3):
        with db.transaction():
            found.add(actions.sign_up(event_id=event.id, form=same, by=Actor(), now=NOW).id)
    assert len(found) == len(rows(event)) == seats(event) == 1
    assert letters() == ["place_asked"]


def test_two_tabs_are_one_registration_and_the_letter_comes_again(app):
    event = make.event()
    assert sign_up(event) == sign_up(event, "NOOR@example.org")
    assert seats(event) == 1
    assert letters() == ["place_asked", "place_asked"]


def test_who_has_a_place_is_told_so_by_letter(app):
    event = make.event()
    found = proven(event)
    assert sign_up(event, called="Somebody else", party_size=3) == found
    assert seats(event) == 1
    assert get(found).called == "Noor"
    assert letters() == ["place_asked", "place_confirmed", "place_known"]


def test_a_mistyped_address_is_mended_by_going_back(app):
    event, wrong = make.event(capacity=1), form("nor@example.org")
    for sent in (wrong, replace(wrong, contact="noor@example.org")):
        with db.transaction():
            actions.sign_up(event_id=event.id, form=sent, by=Actor(), now=NOW)
    [row] = rows(event)
    assert row.revocation == 1, "the letter that went astray opens nothing"
    assert (row.state, seats(event)) == (State.HELD, 1)
    assert letters("noor@example.org") == ["place_asked"]


def test_a_mistyped_address_takes_no_second_seat_from_who_has_one(app):
    event, wrong = make.event(capacity=2), form("nor@example.org")
    found = proven(event)
    for sent in (wrong, replace(wrong, contact="noor@example.org")):
        with db.transaction():
            actions.sign_up(event_id=event.id, form=sent, by=Actor(), now=NOW)
    assert [row.id for row in rows(event)] == [found]
    assert seats(event) == 1


def test_a_full_event_has_a_waiting_list_that_counts_once_proven(app):
    event = make.event(capacity=1)
    proven(event, "first@example.org")
    found = sign_up(event)
    assert state(found) == State.UNPROVEN
    assert queries.waiting(event.id) == []
    prove(found)
    assert state(found) == State.WAITING
    assert queries.line(get(found)).position == 1
    assert seats(event) == 1


def test_a_held_seat_counts_as_taken(app):
    event = make.event(capacity=1)
    sign_up(event, "first@example.org")
    assert state(proven(event)) == State.WAITING


def test_nobody_passes_those_who_wait_though_a_seat_is_free(app):
    event = make.event(capacity=3)
    proven(event, "two@example.org", 2)
    pair = proven(event, "pair@example.org", 2)
    single = proven(event, "single@example.org", 1)
    assert (state(pair), state(single)) == (State.WAITING, State.WAITING)
    assert seats(event) == 2


def test_a_party_is_seated_together_or_not_at_all(app):
    event = make.event(capacity=3)
    proven(event, "two@example.org", 2)
    assert state(proven(event, "pair@example.org", 2)) == State.WAITING
    assert seats(event) == 2


def test_the_list_keeps_the_order_of_sign_up_for_who_answers_in_time(app):
    event = make.event(capacity=1)
    proven(event, "first@example.org")
    early, late = sign_up(event, "early@example.org"), sign_up(event, "late@example.org", now=NOW + MINUTE)
    prove(late, NOW + 2 * MINUTE)
    prove(early, NOW + 10 * MINUTE)
    assert [party.id for party in queries.waiting(event.id)] == [early, late]


def test_who_answers_hours_later_stands_behind_those_who_were_told_their_place(app):
    event = make.event(capacity=1)
    proven(event, "first@example.org")
    early, late = sign_up(event, "early@example.org"), sign_up(event, "late@example.org", now=NOW + MINUTE)
    prove(late, NOW + 2 * MINUTE)
    prove(early, NOW + 3 * HOUR)
    assert [party.id for party in queries.waiting(event.id)] == [late, early]


def test_who_confirms_late_takes_a_free_seat(app):
    event = make.event(capacity=1)
    found = sign_up(event)
    with db.transaction():
        actions.lapse(registration_id=found, by=CLOCK, now=NOW + HOUR)
    assert (state(found), seats(event)) == (State.LAPSED, 0)
    prove(found, NOW + 2 * HOUR)
    assert (state(found), seats(event)) == (State.CONFIRMED, 1)


def test_who_confirms_late_joins_the_list_when_the_seat_is_gone(app):
    event = make.event(capacity=1)
    found = sign_up(event)
    with db.transaction():
        actions.lapse(registration_id=found, by=CLOCK, now=NOW + HOUR)
    proven(event, "quick@example.org", now=NOW + HOUR)
    prove(found, NOW + 2 * HOUR)
    assert (state(found), seats(event)) == (State.WAITING, 1)


def test_an_old_link_confirms_the_sign_up_made_since(app):
    event = make.event(capacity=1)
    old = sign_up(event)
    with db.transaction():
        actions.lapse(registration_id=old, by=CLOCK, now=NOW + HOUR)
    new = sign_up(event, now=NOW + HOUR)
    assert new != old
    assert prove(old, NOW + HOUR) == new
    assert (state(new), seats(event)) == (State.CONFIRMED, 1)


def test_where_the_host_approves_a_request_takes_no_seat(app):
    event = make.event(of=approving(), capacity=2)
    found = sign_up(event)
    assert (state(found), seats(event)) == (State.UNPROVEN, 0)
    prove(found)
    assert (state(found), seats(event)) == (State.REQUESTED, 0)
    assert letters() == ["place_asked", "place_requested"]


@pytest.mark.parametrize("event_state, paused, starts_in, reason", [
    (EventState.CANCELLED, False, HOUR, Reason.EVENT_CANCELLED),
    (EventState.PUBLISHED, True, HOUR, Reason.SIGN_UP_PAUSED),
    (EventState.PUBLISHED, False, -HOUR, Reason.EVENT_STARTED),
    (EventState.HELD, False, -HOUR, Reason.EVENT_STARTED),
])
def test_sign_up_is_closed(app, event_state, paused, starts_in, reason):
    event = make.event(state=event_state, is_sign_up_paused=paused, starts_at=NOW + starts_in)
    with pytest.raises(Refused) as refused:
        sign_up(event)
    assert refused.value.reason == reason
    assert rows(event) == []


def test_a_proposal_takes_no_sign_ups(app):
    with pytest.raises(NotFound):
        sign_up(make.event(state=EventState.SUBMITTED))


@pytest.mark.parametrize("size, capacity, limit", [(5, 12, 4), (0, 12, 4), (3, 2, 2)])
def test_a_party_has_a_limit(app, size, capacity, limit):
    with pytest.raises(Refused) as refused:
        sign_up(make.event(capacity=capacity), party_size=size)
    assert refused.value.details == {"limit": limit}


def test_an_event_without_a_limit_takes_everybody(app):
    event = make.event(capacity=None)
    for number in range(30):
        sign_up(event, f"r{number}@example.org", 4)
    assert seats(event) == 120


def test_needs_are_kept_encrypted_and_agreed_to_when_proven(app):
    event = make.event()
    found = sign_up(event, needs={Need.VEGAN: "", Need.OTHER: "Ich höre schlecht"})
    assert queries.needs_of(get(found)) == {Need.VEGAN: "", Need.OTHER: "Ich höre schlecht"}
    raw = db.session().connection().exec_driver_sql("select value from registration_needs").scalar_one()
    assert "vegan" not in raw
    assert _consents() == []
    prove(found)
    assert _consents() == ["conduct", "needs"]


def _consents():
    db.session().rollback()
    return sorted(consent.purpose for consent in db.session().query(Consent))


def test_names_of_any_script(app):
    for number, name in enumerate(["نور", "Łucja O’Brien-Œuvre", "李小龍", "Ngọc Ánh", "🌻"]):
        found = sign_up(make.event(), f"n{number}@example.org", called=name)
        assert get(found).called == name


def test_codes_are_unique_at_an_event_and_can_be_read_aloud(app):
    event = make.event(capacity=None)
    for number in range(20):
        proven(event, f"r{number}@example.org")
    codes = {row.code for row in rows(event)}
    assert len(codes) == 20
    assert not set("".join(codes)) & set("01OIL")
    assert queries.by_code(event.id, codes.pop().lower()) is not None


def test_a_mended_form_with_another_party_comes_in_anew(app):
    event, wrong = make.event(capacity=2), form("nor@example.org")
    for sent in (wrong, replace(wrong, contact="noor@example.org", party_size=2)):
        with db.transaction():
            actions.sign_up(event_id=event.id, form=sent, by=Actor(), now=NOW)
    [row] = rows(event)
    assert (row.party_size, seats(event)) == (2, 2)
