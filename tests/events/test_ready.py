"""What a proposal needs before it is public: all its programme asks for; and talking about what was given back."""

from datetime import timedelta

import pytest

from engage.core.access import Role
from engage.core.refusal import Refused
from engage.events import actions, queries
from engage.events.rules import Missing, State
from engage.programmes.rules import PlaceKind
from tests import factories as make
from tests.conftest import NOW
from tests.events import giving
from tests.events.test_proposing import do


def host():
    return make.actor(make.person("Amina"))


def proposed(programme, by, when_and_where, **details):
    event_id = do(actions.create_draft, what=giving.what(programme), by=by)
    do(actions.save_step, event_id=event_id, step=when_and_where, by=by)
    do(actions.save_step, event_id=event_id, step=giving.details(**details), by=by)
    return event_id


def test_what_was_given_back_is_read_again_even_where_nobody_reviews(app):
    amina, staff = host(), make.actor(make.person("Sam"), Role.STAFF)
    event_id = proposed(make.programme(is_reviewed=False), amina, giving.at_venue(make.venue()))
    do(actions.place_hold, event_id=event_id, reason="funding", by=staff)
    do(actions.submit, event_id=event_id, by=amina)
    do(actions.request_changes, event_id=event_id, note="How much?", by=staff)
    do(actions.lift_hold, event_id=event_id, reason="funding", by=staff)
    assert do(actions.submit, event_id=event_id, by=amina) == State.SUBMITTED


def test_another_programme_asks_for_what_it_needs(app):
    """Places and a home that the first programme allowed are none of the second's."""
    amina, dinners = host(), make.programme(place_kind=PlaceKind.PRIVATE, most_guests=12)
    event_id = proposed(dinners, amina, giving.at_home(make.neighbourhood()))
    of_city = make.programme(place_kind=PlaceKind.PUBLIC, most_guests=8)
    do(actions.save_step, event_id=event_id, step=giving.what(of_city), by=amina)
    assert queries.missing_of(queries.for_manage(event_id)) == (Missing.PLACE, Missing.CAPACITY)
    assert not queries.has_private_address(event_id)


def test_who_was_declined_can_write_back_and_staff_see_it(app):
    amina, staff = host(), make.actor(make.person("Sam"), Role.STAFF)
    event_id = proposed(make.programme(), amina, giving.at_venue(make.venue()))
    do(actions.submit, event_id=event_id, by=amina)
    do(actions.decline, event_id=event_id, reason="Not this month.", by=staff)
    assert queries.count_answered(staff) == 0
    do(actions.answer, event_id=event_id, body="And in May?", by=amina, now=NOW + timedelta(hours=1))
    assert [event.id for event in queries.answered(staff)] == [event_id]
    do(actions.answer, event_id=event_id, body="Gladly.", by=staff, now=NOW + timedelta(hours=2))
    assert queries.count_answered(staff) == 0


def test_nobody_writes_about_what_was_withdrawn(app):
    amina = host()
    event_id = proposed(make.programme(), amina, giving.at_venue(make.venue()))
    do(actions.withdraw, event_id=event_id, by=amina)
    with pytest.raises(Refused):
        do(actions.answer, event_id=event_id, body="Hello?", by=amina)
