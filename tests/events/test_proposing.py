"""A proposal's life: written in steps, sent in, read, given back, answered, published."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from engage.core import clock, db, ledger, secrets
from engage.core.access import Role
from engage.core.refusal import NotAllowed, Refused
from engage.events import actions, queries
from engage.events.models import Event, PrivateAddress
from engage.events.rules import Hour, Missing, Reason, State
from engage.messages.models import OutboxLetter
from engage.programmes.rules import PlaceKind, Proposers
from tests import factories as make
from tests.conftest import NOW
from tests.events import giving


def do(action, **values):
    with db.transaction():
        return action(**{"now": NOW, **values})


def kinds():
    return [letter.kind for letter in db.session().scalars(select(OutboxLetter).order_by(OutboxLetter.created_at))]


@pytest.fixture
def host(app):
    person = make.person("Amina")
    make.contact(person, "amina@example.org")
    return make.actor(person)


@pytest.fixture
def staff(app):
    return make.actor(make.person("Sam"), Role.STAFF)


@pytest.fixture
def area(app):
    return make.neighbourhood()


@pytest.fixture
def programme(app):
    return make.programme(least_guests=10, most_guests=12, place_kind=PlaceKind.PRIVATE)


@pytest.fixture
def draft(host, programme):
    return do(actions.create_draft, what=giving.what(programme), by=host)


@pytest.fixture
def complete(draft, host, area):
    do(actions.save_step, event_id=draft, step=giving.at_home(area), by=host)
    do(actions.save_step, event_id=draft, step=giving.details(), by=host)
    return draft


@pytest.fixture
def submitted(complete, host):
    do(actions.submit, event_id=complete, by=host)
    return complete


def state_of(event_id):
    return db.session().scalar(select(Event.state).where(Event.id == event_id).execution_options(populate_existing=True))


def test_a_draft_keeps_each_step_and_says_what_is_missing(draft, host, area):
    assert queries.missing_of(queries.for_manage(draft)) == (
        Missing.TIME, Missing.NEIGHBOURHOOD, Missing.PLACE, Missing.LANGUAGES, Missing.CAPACITY,
    )
    do(actions.save_step, event_id=draft, step=giving.at_home(area), by=host)
    assert queries.missing_of(queries.for_manage(draft)) == (Missing.LANGUAGES, Missing.CAPACITY)
    do(actions.save_step, event_id=draft, step=giving.details(), by=host)
    event = queries.for_manage(draft)
    assert queries.missing_of(event) == ()
    assert (event.capacity, event.least_guests, event.title.shown("en").text) == (12, 10, "Dinner in Dallow")
    assert [event.id for event in queries.mine(host)] == [draft]


def test_an_incomplete_draft_cannot_be_sent_in(draft, host):
    with pytest.raises(Refused) as refused:
        do(actions.submit, event_id=draft, by=host)
    assert refused.value.reason == Reason.NOT_COMPLETE
    assert state_of(draft) == State.DRAFT


@pytest.mark.parametrize("proposers, trained, allowed", [
    (Proposers.ANYONE, False, True), (Proposers.TRAINED, False, False), (Proposers.TRAINED, True, True),
    (Proposers.STAFF, True, False),
])
def test_the_programme_says_who_may_propose(app, proposers, trained, allowed):
    programme = make.programme(who_may_propose=proposers)
    by = make.actor(make.person(), is_trained=trained)
    if allowed:
        assert do(actions.create_draft, what=giving.what(programme), by=by)
        return
    with pytest.raises(NotAllowed):
        do(actions.create_draft, what=giving.what(programme), by=by)


@pytest.mark.parametrize("capacity, reason", [(9, Reason.TOO_FEW_PLACES), (13, Reason.TOO_MANY_PLACES)])
def test_the_programme_bounds_the_places(draft, host, capacity, reason):
    with pytest.raises(Refused) as refused:
        do(actions.save_step, event_id=draft, step=giving.details(capacity=capacity), by=host)
    assert refused.value.reason == reason


def test_others_do_not_write_my_draft(draft, staff):
    for by in (staff, make.actor(make.person("Eve"))):
        with pytest.raises(NotAllowed):
            do(actions.save_step, event_id=draft, step=giving.details(), by=by)


def test_a_meeting_past_midnight_ends_the_next_day(draft, host, area):
    do(actions.save_step, event_id=draft, step=giving.at_home(area, at=giving.when(start=time(21), end=time(1))), by=host)
    event = queries.for_manage(draft)
    assert event.wall_end.date() == giving.DAY + timedelta(days=1)
    assert event.ends_at - event.starts_at == timedelta(hours=4)


SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)  # when the clocks change in London


def test_an_hour_that_does_not_exist_is_refused(draft, host, area):
    gap = giving.when(day=SPRING, start=time(1, 30), end=time(5))
    with pytest.raises(Refused) as refused:
        do(actions.save_step, event_id=draft, step=giving.at_home(area, at=gap), by=host)
    assert refused.value.reason == Reason.START_DOES_NOT_EXIST


def test_a_doubled_hour_is_asked_about_and_then_kept(draft, host, area):
    with pytest.raises(Refused) as refused:
        do(actions.save_step, event_id=draft, by=host, step=giving.at_home(
            area, at=giving.when(day=AUTUMN, start=time(1, 30), end=time(5))
        ))
    assert refused.value.reason == Reason.START_COMES_TWICE
    found = {}
    for which in Hour:
        fold = giving.when(day=AUTUMN, start=time(1, 30), end=time(5), start_hour=which)
        do(actions.save_step, event_id=draft, by=host, step=giving.at_home(area, at=fold))
        found[which] = queries.for_manage(draft).starts_at
    assert found[Hour.SECOND] - found[Hour.FIRST] == timedelta(hours=1)
    assert {clock.local(instant, "Europe/London").hour for instant in found.values()} == {1}


def test_a_time_in_the_past_is_refused(draft, host, area):
    with pytest.raises(Refused) as refused:
        do(actions.save_step, event_id=draft, step=giving.at_home(area, at=giving.when(day=date(2026, 11, 30))), by=host)
    assert refused.value.reason == Reason.IN_THE_PAST


def test_a_venue_takes_the_home_off_the_record(complete, host):
    assert queries.has_private_address(complete)
    do(actions.save_step, event_id=complete, step=giving.at_venue(make.venue()), by=host)
    assert not queries.has_private_address(complete)


def test_an_empty_address_keeps_the_one_on_record(complete, host, area):
    do(actions.save_step, event_id=complete, step=giving.at_home(area, address="", reveal_hours=6), by=host)
    kept = db.session().get(PrivateAddress, complete)
    assert (kept.address, kept.reveal_hours) == ("17 Canary Close", 6)


def test_review_publish(submitted, host, staff):
    assert [event.id for event in queries.to_review(staff)] == [submitted]
    do(actions.publish, event_id=submitted, by=staff)
    event = queries.for_manage(submitted)
    assert (event.state, event.published_at) == (State.PUBLISHED, NOW)
    assert event.slug.startswith("dinner-in-dallow-")
    assert kinds() == ["events.published"]
    assert [entry.kind for entry in ledger.history(submitted)][:2] == ["events.EventPublished", "events.EventSubmitted"]


def test_review_changes_answer_and_again(submitted, host, staff):
    do(actions.request_changes, event_id=submitted, note="Which dishes?", by=staff)
    assert kinds() == ["events.changes"]
    do(actions.answer, event_id=submitted, body="Lentils.", by=host, now=NOW + timedelta(hours=1))
    assert queries.count_answered(staff) == 1
    do(actions.submit, event_id=submitted, note="", by=host)
    assert queries.count_answered(staff) == 0
    assert state_of(submitted) == State.SUBMITTED
    do(actions.answer, event_id=submitted, body="Lovely.", by=staff, now=NOW + timedelta(hours=2))
    assert kinds() == ["events.changes", "events.answered"]
    assert [note.body for note in queries.notes(submitted)] == ["Which dishes?", "Lentils.", "Lovely."]


def test_review_decline(submitted, staff, host):
    do(actions.decline, event_id=submitted, reason="Not this month.", by=staff)
    assert state_of(submitted) == State.DECLINED
    assert kinds() == ["events.declined"]
    assert not queries.has_private_address(submitted)
    with pytest.raises(Refused):
        do(actions.publish, event_id=submitted, by=staff)


def test_the_host_does_not_decide(submitted, host):
    for action, more in ((actions.publish, {}), (actions.request_changes, {"note": "x"}), (actions.decline, {"reason": "x"})):
        with pytest.raises(NotAllowed):
            do(action, event_id=submitted, by=host, **more)


def test_staff_elsewhere_see_and_decide_nothing(submitted):
    elsewhere = make.actor(make.person(), Role.STAFF, areas=[make.neighbourhood("Wigmore")])
    assert queries.to_review(elsewhere) == []
    with pytest.raises(NotAllowed):
        do(actions.publish, event_id=submitted, by=elsewhere)


def test_staff_mend_while_they_read_and_the_host_does_not(submitted, host, staff):
    do(actions.save_step, event_id=submitted, step=giving.details(capacity=11), by=staff)
    assert queries.for_manage(submitted).capacity == 11
    with pytest.raises(Refused):
        do(actions.save_step, event_id=submitted, step=giving.details(), by=host)


def test_a_hold_keeps_it_from_being_published(submitted, staff, host):
    do(actions.place_hold, event_id=submitted, reason="funding", by=staff)
    do(actions.place_hold, event_id=submitted, reason="funding", by=staff)
    assert queries.holds(submitted) == ["funding"]
    with pytest.raises(Refused) as refused:
        do(actions.publish, event_id=submitted, by=staff)
    assert (refused.value.reason, refused.value.details["holds"]) == (Reason.ON_HOLD, ("funding",))
    do(actions.lift_hold, event_id=submitted, reason="funding", by=staff)
    do(actions.publish, event_id=submitted, by=staff)
    assert state_of(submitted) == State.PUBLISHED


def test_where_nobody_reviews_it_is_public_at_once(host):
    programme = make.programme(is_reviewed=False)
    event_id = do(actions.create_draft, what=giving.what(programme), by=host)
    do(actions.save_step, event_id=event_id, step=giving.at_venue(make.venue()), by=host)
    do(actions.save_step, event_id=event_id, step=giving.details(capacity=None), by=host)
    assert do(actions.submit, event_id=event_id, by=host) == State.PUBLISHED


def test_a_hold_sends_it_to_review_even_there(host, staff):
    programme = make.programme(is_reviewed=False)
    event_id = do(actions.create_draft, what=giving.what(programme), by=host)
    do(actions.save_step, event_id=event_id, step=giving.at_venue(make.venue()), by=host)
    do(actions.save_step, event_id=event_id, step=giving.details(capacity=None), by=host)
    do(actions.place_hold, event_id=event_id, reason="funding", by=staff)
    assert do(actions.submit, event_id=event_id, by=host) == State.SUBMITTED


def test_withdrawn_it_is_gone_and_its_address_with_it(submitted, host):
    do(actions.withdraw, event_id=submitted, by=host)
    assert state_of(submitted) == State.WITHDRAWN
    assert not queries.has_private_address(submitted)
    assert queries.mine(host) == []


def test_texts_in_another_language_stand_beside_the_first(draft, host):
    words = actions.Words("fr", "Dîner à Dallow", "Une table.")
    do(actions.save_words, event_id=draft, words=words, by=host)
    title = queries.for_manage(draft).title
    assert (title.shown("fr").text, title.shown("en").text, title.source) == ("Dîner à Dallow", "Dinner in Dallow", "en")
    do(actions.save_words, event_id=draft, words=actions.Words("fr", "", ""), by=host)
    assert queries.for_manage(draft).title.shown("fr").is_other


def test_staff_schedule_without_review(staff):
    programme, venue = make.programme(), make.venue()
    event_id = do(
        actions.schedule, form_key=secrets.new_token(),
        what=giving.what(programme, "Town hall in Dallow"), when_and_where=giving.at_venue(venue),
        details=giving.details(capacity=None), by=staff,
    )
    event = queries.for_manage(event_id)
    assert (event.state, event.neighbourhood_id, event.people) == (State.PUBLISHED, venue.neighbourhood_id, [])


def test_staff_schedule_only_in_their_areas(app):
    elsewhere = make.actor(make.person(), Role.STAFF, areas=[make.neighbourhood("Wigmore")])
    with pytest.raises(NotAllowed):
        do(
            actions.schedule, form_key=secrets.new_token(),
            what=giving.what(make.programme()), when_and_where=giving.at_venue(make.venue()),
            details=giving.details(capacity=None), by=elsewhere,
        )
    assert db.session().scalars(select(Event)).all() == []
