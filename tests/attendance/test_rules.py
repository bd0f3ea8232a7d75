from datetime import timedelta

import pytest

from engage.attendance import rules
from engage.attendance.rules import Reason
from engage.events.rules import State as EventState
from engage.registrations.rules import State
from tests.conftest import NOW

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(("state", "starts_at", "refusal"), [
    (EventState.PUBLISHED, NOW + 2 * HOUR, None),
    (EventState.PUBLISHED, NOW + 2 * HOUR + timedelta(seconds=1), Reason.TOO_EARLY),
    (EventState.PUBLISHED, NOW - 5 * HOUR, None),
    (EventState.HELD, NOW - 5 * HOUR, Reason.CLOSED),
    (EventState.CANCELLED, NOW, Reason.NOT_TAKING_PLACE),
    (EventState.DRAFT, NOW, Reason.NOT_TAKING_PLACE),
    (EventState.SUBMITTED, NOW, Reason.NOT_TAKING_PLACE),
])
def test_door_refusal(state, starts_at, refusal):
    assert rules.door_refusal(state, starts_at, NOW) == refusal


def test_a_city_may_open_its_doors_earlier():
    assert rules.door_refusal(EventState.PUBLISHED, NOW + 5 * HOUR, NOW, opens_before=6 * HOUR) is None


@pytest.mark.parametrize(("state", "came", "refusal"), [
    (State.CONFIRMED, 1, None),
    (State.CONFIRMED, 3, None),
    (State.CONFIRMED, 4, Reason.WRONG_COUNT),
    (State.CONFIRMED, 0, Reason.WRONG_COUNT),
    (State.WAITING, 1, Reason.NO_PLACE),
    (State.OFFERED, 1, Reason.NO_PLACE),
    (State.CANCELLED, 1, Reason.NO_PLACE),
    (State.REMOVED, 1, Reason.NO_PLACE),
])
def test_party_refusal(state, came, refusal):
    assert rules.party_refusal(state, 3, came) == refusal


@pytest.mark.parametrize("typed", ["K7QXPM", "k7qxpm", " k7q xpm ", "K7Q-XPM", "k7q–xpm", "Ｋ7QXPM", "k7q\u00a0xpm"])
def test_a_code_may_be_typed_in_any_way(typed):
    assert rules.code_of(typed) == "K7QXPM"


@pytest.mark.parametrize(("search", "is_found"), [
    ("", True), ("jose", True), ("JOSÉ", True), ("  garcía   l", True), ("k7q", True), ("K7Q-XPM", True), ("k", False),
    ("qxpm", False), ("maria", False), ("-", False), ("0O1IL0", False),
])
def test_guests_are_found_by_part_of_the_name_or_the_codes_beginning(search, is_found):
    assert rules.found_by(search, "José García López", "K7QXPM") is is_found


def test_names_in_any_script_are_found():
    assert rules.found_by("نور", "نور الدين", "K7QXPM")
    assert rules.found_by("রহি", "রহিমা", "K7QXPM")
