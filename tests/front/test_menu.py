"""The menu of the desk: every page of the desk stands in one of its rooms, and roles open what they may enter."""

import pytest

from engage.core.access import Actor, Role, Scope
from engage.front import menu


def _doors(*roles):
    wings = menu.wings(Actor(scopes=tuple(Scope(role) for role in roles)))
    return {str(wing.name): [room.endpoint for room in wing.rooms] for wing in wings}


def test_somebody_without_a_role_has_no_menu(app):
    assert _doors() == {}


def test_a_coach_sees_the_desk_and_funding(app):
    assert _doors(Role.COACH) == {"Desk": ["front_desk.desk"], "Funding": ["funding_desk.index"]}


def test_a_facilitator_sees_all_meetings_but_schedules_none(app):
    assert _doors(Role.FACILITATOR)["Meetings"] == ["events_desk.index"]


def test_staff_find_where_to_schedule_beside_the_meetings(app):
    assert "events_desk.schedule" in _doors(Role.STAFF)["Meetings"]


def test_city_settings_and_the_ledger_are_for_administrators(app):
    assert set(_doors(Role.ADMINISTRATOR)["City"]) - set(_doors(Role.STAFF)["City"]) == {
        "places_desk.neighbourhoods", "accounts_desk.city", "front_desk.audit",
    }


@pytest.mark.parametrize(("page", "room"), [
    ("events_desk.series", "events_desk.all_series"),
    ("events.manage", "events_desk.index"),
    ("registrations_desk.requests", "front_desk.desk"),
    ("registrations_desk.guests", "events_desk.index"),
    ("reminders_desk.preview", "reminders_desk.previews"),
    ("concerns_desk.act_on_item", "concerns_desk.actions_list"),
])
def test_a_page_stands_in_the_room_it_is_reached_from(page, room):
    assert menu.room_of(page).endpoint == room


def test_every_page_of_the_desk_stands_in_a_room(app):
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "/desk" in rule.rule and "GET" in rule.methods}
    assert [page for page in pages if menu.room_of(page) is None] == []


def test_every_room_exists(app):
    rooms = {room.endpoint for wing in menu.WINGS for room in wing.rooms}
    assert rooms <= set(app.view_functions)
