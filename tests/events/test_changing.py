"""What hosts and staff change about a public meeting, and how it ends."""

from datetime import time, timedelta

import pytest
from sqlalchemy import select

from engage.core import db, ledger
from engage.core.access import CLOCK, Role
from engage.core.refusal import NotAllowed, Refused
from engage.core.text import Localized
from engage.events import actions, jobs, queries
from engage.events.models import AddressLook, Event, GuestNote, ListingVersion
from engage.events.rules import Acceptance, Change, PersonRole, Reason, State
from engage.messages.models import OutboxLetter
from engage.programmes.rules import PlaceKind
from tests import factories as make
from tests.conftest import NOW
from tests.events import giving
from tests.events.giving import to_guests
from tests.events.test_proposing import do, kinds, state_of

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def person(app):
    found = make.person("Amina")
    make.contact(found, "amina@example.org")
    return found


@pytest.fixture
def host(person):
    return make.actor(person)


@pytest.fixture
def staff(app):
    return make.actor(make.person("Sam"), Role.STAFF)


@pytest.fixture
def event(person):
    event = make.event(of=make.programme(least_guests=6, most_guests=20), least_guests=6)
    make.event_person(event, person)
    return event


def facts_of(event_id):
    return [entry.kind.removeprefix("events.") for entry in ledger.history(event_id)]


def fresh(event):
    return queries.for_manage(event.id)


def listing():
    return db.session().scalar(select(ListingVersion.number))


def test_moving_grows_sequence_and_versions(event, host):
    to = giving.at_venue(make.venue(), at=giving.when(start=time(19)))
    before = (event.sequence, event.version, listing())
    assert do(actions.move, event_id=event.id, to=to, by=host) == Change.MOVED
    moved = fresh(event)
    assert moved.sequence == before[0] + 1
    assert moved.version > before[1]
    assert listing() != before[2]
    assert facts_of(event.id) == ["EventMoved"]


def test_moving_to_the_same_place_and_time_tells_nobody(event, host):
    to = giving.at_venue(make.venue(), at=giving.when(start=time(19)))
    do(actions.move, event_id=event.id, to=to, by=host)
    assert do(actions.move, event_id=event.id, to=to, by=host) == Change.NOTHING
    assert (fresh(event).sequence, facts_of(event.id)) == (1, ["EventMoved"])


def test_the_hour_of_the_address_changes_without_a_move(person, host):
    area = make.neighbourhood()
    event = make.event(of=make.programme(place_kind=PlaceKind.PRIVATE), area=area, venue_id=None)
    make.event_person(event, person)
    make.private_address(event, reveal_hours=24)
    to = actions.WhenAndWhere(None, actions.Where(neighbourhood_id=area.id, reveal_hours=48))
    assert do(actions.move, event_id=event.id, to=to, by=host) == Change.ADDRESS_HOUR
    assert (fresh(event).sequence, facts_of(event.id)) == (0, ["AddressHourChanged"])


def test_what_has_begun_is_not_moved(event, host):
    with pytest.raises(Refused) as refused:
        do(actions.move, event_id=event.id, to=giving.at_venue(make.venue()), by=host, now=event.starts_at)
    assert refused.value.reason == Reason.ALREADY_STARTED


def test_reviewed_words_are_changed_by_staff(event, host, staff):
    words = actions.Words("en", "Supper in Dallow", "One table.")
    with pytest.raises(NotAllowed):
        do(actions.change_texts, event_id=event.id, words=words, by=host)
    do(actions.change_texts, event_id=event.id, words=words, by=staff)
    changed = fresh(event)
    assert (changed.title, changed.sequence) == (Localized.of("en", "Supper in Dallow"), 0)


def test_details_change_without_a_letter(event, host):
    do(actions.change_details, event_id=event.id, details=giving.details(spoken=("ar",), is_step_free=True), by=host)
    changed = fresh(event)
    assert ([row.code for row in changed.languages], changed.is_step_free, changed.capacity) == (["ar"], True, 12)
    assert (facts_of(event.id), kinds()) == (["EventTextsChanged"], [])


def test_places_grow_and_shrink_but_not_below_those_taken(event, host):
    do(actions.raise_capacity, event_id=event.id, capacity=15, by=host)
    with db.transaction():
        assert actions.take_seats(event=queries.locked(event.id), seats=8)
    with pytest.raises(Refused) as refused:
        do(actions.raise_capacity, event_id=event.id, capacity=7, by=host)
    assert refused.value.reason == Reason.BELOW_SEATS_TAKEN
    do(actions.raise_capacity, event_id=event.id, capacity=8, by=host)
    assert facts_of(event.id) == ["CapacityLowered", "CapacityRaised"]


def test_pausing_changes_the_page_once(event, host):
    version = event.version
    do(actions.pause, event_id=event.id, is_paused=True, by=host)
    do(actions.pause, event_id=event.id, is_paused=True, by=host)
    assert (fresh(event).is_sign_up_paused, fresh(event).version, facts_of(event.id)) == (True, version + 1, ["SignUpPaused"])


def test_cancelling_says_why_and_grows_the_sequence(event, host):
    do(actions.cancel, event_id=event.id, reason="The kitchen burnt.", locale="en", by=host)
    gone = fresh(event)
    assert (gone.state, gone.sequence, gone.cancel_reason.shown("fr").text) == (State.CANCELLED, 1, "The kitchen burnt.")
    with pytest.raises(Refused):
        do(actions.cancel, event_id=event.id, reason="Again", locale="en", by=host)
    assert facts_of(event.id) == ["EventCancelled"]


def test_closing_after_the_end(event):
    with pytest.raises(Refused) as refused:
        do(actions.close, event_id=event.id, by=CLOCK)
    assert refused.value.reason == Reason.NOT_OVER_YET
    do(actions.close, event_id=event.id, by=CLOCK, now=event.ends_at)
    assert (state_of(event.id), fresh(event).closed_at) == (State.HELD, event.ends_at)


@pytest.mark.parametrize("action, more", [
    (actions.pause, {"is_paused": True}), (actions.cancel, {"reason": "x", "locale": "en"}),
    (actions.raise_capacity, {"capacity": 13}),
    (actions.write_to_guests, {"letter": to_guests("x", "x")}), (actions.go_ahead, {}), (actions.duplicate, {}),
    (actions.add_named, {"called": "x", "role": PersonRole.PARTNER}),
    (actions.invite_co_host, {"called": "x", "email": "x@example.org", "locale": "en"}),
])
def test_strangers_and_staff_elsewhere_change_nothing(event, action, more):
    for by in (make.actor(make.person("Eve")), make.actor(make.person(), Role.STAFF, areas=[make.neighbourhood("Wigmore")])):
        with pytest.raises(NotAllowed):
            do(action, event_id=event.id, by=by, **more)
    assert facts_of(event.id) == []


def test_writing_to_guests_keeps_the_text(event, host):
    note_id = do(actions.write_to_guests, event_id=event.id, letter=to_guests("Bring a chair", "If you can."), by=host)
    assert db.session().get(GuestNote, note_id).body.shown("en").text == "If you can."
    assert facts_of(event.id) == ["GuestsWritten"]


def test_another_like_this_has_no_time_no_home_and_no_guests(event, host, staff):
    make.event_person(event, role=PersonRole.PARTNER, called="Luton Food Bank")
    copy = queries.for_manage(do(actions.duplicate, event_id=event.id, by=host))
    assert (copy.state, copy.starts_at, copy.seats_taken, copy.capacity) == (State.DRAFT, None, 0, 12)
    assert {part.role for part in copy.people} == {PersonRole.HOST, PersonRole.PARTNER}
    assert [row.code for row in copy.languages] == ["en"]
    of_city = queries.for_manage(do(actions.duplicate, event_id=event.id, by=staff))
    assert {part.role for part in of_city.people} == {PersonRole.PARTNER}


# --- people --------------------------------------------------------------------------------------


def invited(event, host, email="peter@example.org"):
    return do(actions.invite_co_host, event_id=event.id, called="Peter", email=email, locale="fr", by=host)


def test_a_co_host_is_asked_by_letter_and_accepts_by_its_link(event, host):
    part_id = invited(event, host)
    assert kinds() == ["events.cohost"]
    holder = make.actor(links=frozenset({("cohost", part_id)}))
    do(actions.answer_invitation, event_person_id=part_id, is_accepted=True, called="Pete", by=holder)
    part = queries.part(part_id)
    assert (part.acceptance, part.called) == (Acceptance.ACCEPTED, "Pete")


def test_a_co_host_with_that_address_may_manage_once_they_said_yes(event, host):
    part_id = invited(event, host)
    peter = make.actor(make.person("Peter"), addresses=frozenset({queries.part(part_id).address_id}))
    with pytest.raises(NotAllowed):
        do(actions.pause, event_id=event.id, is_paused=True, by=peter)
    assert [part.id for part in queries.invitations(peter)] == [part_id]
    do(actions.answer_invitation, event_person_id=part_id, is_accepted=True, by=peter)
    do(actions.pause, event_id=event.id, is_paused=True, by=peter)
    assert [found.id for found in queries.mine(peter)] == [event.id]


def test_nobody_is_asked_twice_nor_the_host(event, host):
    invited(event, host)
    for email in ("Peter@example.org", "amina@example.org"):
        with pytest.raises(Refused) as refused:
            invited(event, host, email)
        assert refused.value.reason == Reason.ALREADY_ASKED


def test_strangers_do_not_answer_an_invitation(event, host):
    part_id = invited(event, host)
    with pytest.raises(NotAllowed):
        do(actions.answer_invitation, event_person_id=part_id, is_accepted=True, by=host)


def test_facilitators_are_chosen_by_staff(event, host, staff):
    guide = make.person("Mariam")
    with pytest.raises(NotAllowed):
        do(actions.add_facilitator, event_id=event.id, person_id=guide.id, by=host)
    do(actions.add_facilitator, event_id=event.id, person_id=guide.id, by=staff)
    with pytest.raises(Refused):
        do(actions.add_facilitator, event_id=event.id, person_id=guide.id, by=staff)


def test_the_host_stays(event, host):
    with pytest.raises(Refused) as refused:
        do(actions.take_off, event_person_id=fresh(event).people[0].id, by=host)
    assert refused.value.reason == Reason.LAST_HOST


def test_officials_are_named_and_taken_off(event, host):
    do(actions.add_named, event_id=event.id, called="Cllr Khan", title="Mayor", role=PersonRole.OFFICIAL, by=host)
    official = next(part for part in fresh(event).people if part.role == PersonRole.OFFICIAL)
    assert official.title == "Mayor"
    do(actions.take_off, event_person_id=official.id, by=host)
    assert [part.role for part in fresh(event).people] == [PersonRole.HOST]


# --- the address -----------------------------------------------------------------------------------


def test_each_look_at_an_address_is_written_down(host, person, staff):
    event = make.event(venue_id=None)
    make.event_person(event, person)
    make.private_address(event)
    stranger = make.actor(make.person("Eve"))
    evening = event.starts_at - timedelta(hours=1)
    cases = [
        (host, False, NOW, True), (staff, False, NOW, True), (stranger, False, evening, False),
        (stranger, True, NOW, False), (stranger, True, evening, True), (stranger, True, event.ends_at, False),
    ]
    for actor, is_guest, now, is_shown in cases:
        with db.transaction():
            home = actions.address_for(actor=actor, event=queries.locked(event.id), now=now, is_guest=is_guest)
            assert (home is not None) is is_shown
    assert len(db.session().scalars(select(AddressLook)).all()) == 3


# --- fewer guests than hoped for -------------------------------------------------------------------


def test_hosts_are_asked_once_to_decide(event, host):
    early, late = event.starts_at - timedelta(days=4), event.starts_at - timedelta(days=3)
    assert jobs.ask_hosts(early) == 0
    assert kinds() == []
    jobs.ask_hosts(late)
    assert jobs.ask_hosts(late + timedelta(hours=1)) == 0, "asked once is enough"
    assert kinds() == ["events.below_least"]
    do(actions.go_ahead, event_id=event.id, by=host)
    assert queries.below_least(late) == []


def test_enough_guests_ask_nobody(event):
    with db.transaction():
        actions.take_seats(event=queries.locked(event.id), seats=6)
    assert jobs.ask_hosts(event.starts_at - timedelta(days=2)) == 0
    assert db.session().scalars(select(OutboxLetter)).all() == []


def test_two_who_publish_at_once_publish_once(app, staff):
    event = make.event(state=State.SUBMITTED)
    with db.transaction():
        first = queries.locked(event.id)
        db.session().expunge(first)
        db.session().execute(Event.__table__.update().values(state=State.PUBLISHED))
        with pytest.raises(Refused) as refused:
            actions.state.move_state(first, State.PUBLISHED, published_at=LATER)
        assert refused.value.reason == Reason.CHANGED_MEANWHILE
