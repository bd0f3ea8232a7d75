"""Invitations to a closed meeting: who gives them, that each is used once, and what becomes of them."""

from datetime import timedelta

import pytest
import time_machine

from engage.accounts.facts import AddressChanged, PersonDeleted
from engage.core import db, ledger, secrets
from engage.core.access import CLOCK, NOBODY, Actor, Role
from engage.core.refusal import NotAllowed, NotFound, Refused
from engage.places.models import Neighbourhood
from engage.registrations import actions, jobs, queries, rules
from engage.registrations.models import Invitation
from engage.registrations.rules import InvitationState, Reason, State
from tests import factories as make
from tests.conftest import NOW
from tests.registrations.helpers import form, letters, prove, rows, seats, state
from tests.registrations.test_races import race

TOMORROW = NOW.date() + timedelta(days=1)


@pytest.fixture(autouse=True)
def frozen(app):
    with time_machine.travel(NOW, tick=False):
        yield


def meeting(**values):
    return make.event("Round table", of=make.programme(is_closed=True), **values)


def staff(event):
    area = db.session().get(Neighbourhood, event.neighbourhood_id)
    return make.actor(make.person("Rosa"), Role.STAFF, areas=[area])


def invite(event, by=None, **values):
    given = {
        "form_key": secrets.new_token(), "called": "Noor", "email": "noor@example.org", "locale": "ar", "last_day": None,
        **values,
    }
    with db.transaction():
        return actions.invite(event_id=event.id, by=by or staff(event), now=NOW, **given)


def guest(*invitation_ids):
    return Actor(links=frozenset(("invitation", found) for found in invitation_ids))


def come(event, invitation_id, by=None, now=NOW, contact="noor@example.org", **values):
    with db.transaction():
        return actions.sign_up(
            event_id=event.id, form=form(contact, **values), by=by or guest(invitation_id), now=now,
            invitation_id=invitation_id,
        ).id


def stands(invitation_id, now=NOW):
    db.session().rollback()
    return queries.state_of(queries.invitation(invitation_id), now)


@pytest.mark.parametrize("is_used, is_revoked, ends_in, stands", [
    (False, False, 1, InvitationState.OPEN), (False, False, 0, InvitationState.ENDED), (False, True, 1, InvitationState.ENDED),
    (True, False, 1, InvitationState.USED), (True, False, 0, InvitationState.USED), (True, True, 1, InvitationState.USED),
])
def test_where_an_invitation_stands(is_used, is_revoked, ends_in, stands):
    ends_at = NOW + timedelta(hours=ends_in)
    assert rules.invitation_state(is_used=is_used, is_revoked=is_revoked, ends_at=ends_at, now=NOW) == stands


# --- given ---------------------------------------------------------------------------------------------


def test_an_invitation_by_letter_and_one_on_paper():
    event = meeting()
    by_letter, on_paper = invite(event), invite(event, called="Peter", email="", last_day=TOMORROW)
    assert letters() == ["invited"]
    found = {row.id: address for row, address in queries.invitations_to(event.id)}
    assert found == {by_letter: "noor@example.org", on_paper: ""}
    assert queries.invitation(by_letter).ends_at == event.starts_at
    assert queries.invitation(on_paper).ends_at == NOW.replace(hour=0) + timedelta(days=2)
    assert [entry.kind for entry in ledger.history(event.id)] == ["registrations.Invited"] * 2


def test_who_may_invite():
    event, host = meeting(), make.person("Hana")
    make.event_person(event, host)
    for by in (NOBODY, make.actor(make.person()), make.actor(make.person(), Role.STAFF, areas=[make.neighbourhood()])):
        with pytest.raises(NotAllowed):
            invite(event, by=by)
    assert invite(event, by=make.actor(host))


def test_to_an_open_meeting_nobody_is_invited():
    event = make.event()
    with pytest.raises(NotFound):
        invite(event)


@pytest.mark.parametrize("values, reason", [
    ({"last_day": NOW.date() - timedelta(days=1)}, Reason.ENDS_IN_THE_PAST), ({}, Reason.INVITED_ALREADY),
])
def test_invitations_that_make_no_sense(values, reason):
    event = meeting()
    invite(event)
    with pytest.raises(Refused) as refused:
        invite(event, **{"email": "Noor@Example.org", **values})
    assert refused.value.reason == reason
    assert len(queries.invitations_to(event.id)) == 1


def test_no_invitation_outlives_the_start():
    event = meeting()
    assert queries.invitation(invite(event, last_day=event.starts_at.date() + timedelta(days=9))).ends_at == event.starts_at


# --- used ----------------------------------------------------------------------------------------------


def test_without_an_invitation_there_is_no_meeting():
    event, other = meeting(), meeting()
    mine, theirs = invite(event), invite(other)
    for invitation_id, by in ((None, NOBODY), (mine, NOBODY), (mine, guest(theirs)), (theirs, guest(theirs))):
        with pytest.raises(NotFound):
            come(event, invitation_id, by=by)
    assert rows(event) == []


def test_an_invitation_works_once():
    event = meeting()
    invitation_id = invite(event)
    found = come(event, invitation_id, form_key="a" * 20)
    assert come(event, invitation_id, form_key="a" * 20) == found, "the same form again is the same place"
    with pytest.raises(Refused) as refused:
        come(event, invitation_id, contact="other@example.org", form_key="b" * 20)
    assert refused.value.reason == Reason.INVITATION_OVER
    assert stands(invitation_id) == InvitationState.USED
    assert seats(event) == 1


def test_of_many_tabs_one_gets_the_place(app):
    event = meeting()
    event_id, invitation_id = event.id, invite(event)
    by, sent = guest(invitation_id), [form(f"tab{number}@example.org") for number in range(8)]

    def coming(each):
        def job():
            with db.transaction():
                return actions.sign_up(event_id=event_id, form=each, by=by, now=NOW, invitation_id=invitation_id).state
        return job

    answers = race(app, [coming(each) for each in sent])
    assert sorted(answers) == sorted([State.HELD] + [Reason.INVITATION_OVER] * 7)
    assert len(rows(event)) == seats(event) == 1


def test_a_mistyped_address_is_mended_with_the_same_invitation():
    event = meeting()
    invitation_id = invite(event)
    come(event, invitation_id, form_key="a" * 20, contact="nor@example.org")
    again = come(event, invitation_id, form_key="a" * 20, party_size=2)
    assert [row.party_size for row in rows(event)] == [2]
    assert queries.invitation(invitation_id).registration_id == again


def test_who_has_proven_the_address_it_was_sent_to_needs_no_link():
    event = meeting()
    invitation_id = invite(event)
    address_id = queries.invitation(invitation_id).address_id
    assert state(come(event, invitation_id, by=Actor(addresses=frozenset({address_id})))) == State.CONFIRMED


def test_what_nobody_confirmed_leaves_the_invitation_open_again():
    event = meeting()
    invitation_id = invite(event)
    found = come(event, invitation_id)
    late = NOW + timedelta(days=2)
    jobs.lapse(late)
    jobs.forget(late)
    assert rows(event) == []
    assert stands(invitation_id, late) == InvitationState.OPEN
    assert come(event, invitation_id, now=late) != found


def test_a_confirmation_that_comes_after_the_invitation_ended_is_too_late():
    event = meeting(starts_at=NOW + timedelta(days=20))
    found = come(event, invite(event, last_day=TOMORROW))
    late = NOW + timedelta(days=2)
    jobs.lapse(late)
    with pytest.raises(Refused) as refused:
        prove(found, late)
    assert refused.value.reason == Reason.INVITATION_OVER
    assert seats(event) == 0


def test_who_has_a_place_already_uses_the_invitation_up():
    event = meeting()
    vouched = make.registration(event, to=make.address("noor@example.org"))
    invitation_id = invite(event)
    assert come(event, invitation_id) == vouched.id
    assert queries.invitation(invitation_id).registration_id == vouched.id


def test_of_two_invitations_one_person_uses_one():
    event = meeting()
    first, second = invite(event), invite(event, called="Peter", email="")
    found = come(event, first)
    assert come(event, second) == found
    assert stands(second) == InvitationState.OPEN


@pytest.mark.parametrize("email", ["", "noor@example.org"])
def test_the_same_form_again_is_the_same_invitation(email):
    event = meeting()
    assert invite(event, email=email, form_key="k" * 20) == invite(event, email=email, form_key="k" * 20)
    assert db.session().query(Invitation).count() == 1
    assert letters() == ["invited"] * bool(email)
    assert invite(meeting(), email=email, form_key="k" * 20) != invite(event, email=email, form_key="k" * 20)


# --- ended ---------------------------------------------------------------------------------------------


def test_an_invitation_taken_back_lets_nobody_in():
    event = meeting()
    invitation_id = invite(event)
    with db.transaction():
        actions.revoke(invitation_id=invitation_id, by=staff(event), now=NOW)
    with pytest.raises(Refused):
        come(event, invitation_id)
    with pytest.raises(Refused), db.transaction():
        actions.revoke(invitation_id=invitation_id, by=staff(event), now=NOW)
    with pytest.raises(NotAllowed), db.transaction():
        actions.revoke(invitation_id=invitation_id, by=make.actor(make.person()), now=NOW)


def test_after_its_last_day_it_lets_nobody_in():
    event = meeting()
    invitation_id = invite(event, last_day=TOMORROW)
    with pytest.raises(Refused):
        come(event, invitation_id, now=NOW + timedelta(days=2))
    assert rows(event) == []


def test_a_place_once_taken_outlives_the_invitation():
    event = meeting()
    found = come(event, invite(event, last_day=TOMORROW))
    prove(found, NOW + timedelta(minutes=5))
    assert state(found) == State.CONFIRMED


def test_invitations_are_forgotten_with_the_guests():
    event = meeting(starts_at=NOW + timedelta(days=3))
    invite(event)
    jobs.forget(event.ends_at + rules.NAMES_KEPT - timedelta(days=1))
    assert db.session().query(Invitation).count() == 1
    jobs.forget(event.ends_at + rules.NAMES_KEPT + timedelta(days=1))
    assert db.session().query(Invitation).count() == 0


def test_an_invitation_follows_its_address_and_goes_with_its_person():
    event, person = meeting(), make.person()
    invitation_id = invite(event)
    old, new = queries.invitation(invitation_id).address_id, make.address("new@example.org").id
    with db.transaction():
        ledger.record(AddressChanged(person.id, old, new), by=CLOCK)
    assert queries.invitation(invitation_id).address_id == new
    with db.transaction():
        ledger.record(PersonDeleted(person.id, new), by=CLOCK)
    assert db.session().query(Invitation).count() == 0
