"""Coaches on pages: chosen by staff, they see their hosts and keep notes that hosts never see."""

import pytest
import time_machine

from engage.core.access import Role
from engage.funding.queries import coaching
from engage.funding.rules.states import State
from tests import factories as make
from tests.conftest import NOW
from tests.funding.test_deciding_pages import _browser


@pytest.fixture(autouse=True)
def still():
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def host(app):
    return _browser(app, "Marisol")


@pytest.fixture
def odile(app):
    return _browser(app, "Odile", Role.COACH)


@pytest.fixture
def found(host):
    return make.application(make.funding_round(), host.person, state=State.AWARDED, award=5_000)


@pytest.fixture
def staff(app):
    return _browser(app, "Sam", Role.STAFF)


def _choose(staff, found, person, status=None):
    return staff.post(f"desk/funding/application/{found.id}/coach", status=status, person=str(person.id))


def test_a_coach_is_chosen_writes_and_plans(staff, odile, host, found):
    odile.get(f"desk/funding/coaching/{found.id}", status=404)
    _choose(staff, found, odile.person)
    assert "Odile" in host.get(f"my/funding/{found.id}")
    assert "Marisol" in odile.get("desk/funding/coaching")
    path = f"desk/funding/coaching/{found.id}"
    odile.post(f"{path}/notes", on=NOW.date().isoformat(), body="Nervous about the speeches.")
    odile.post(f"{path}/contact", next_on="2026-12-05")
    assert "Nervous about the speeches." in odile.get(path)
    assert "Nervous about the speeches." in staff.get(path)
    assert "Nervous" not in host.get(f"my/funding/{found.id}")
    dinner = f'/en/my/events/{found.event_id}"'
    assert dinner in host.get(f"my/funding/{found.id}")
    assert dinner not in odile.get(f"my/funding/{found.id}"), "no link leads where its reader can't go"


def test_a_note_without_words_is_refused_and_its_day_kept(staff, odile, found):
    _choose(staff, found, odile.person)
    page = odile.post(f"desk/funding/coaching/{found.id}/notes", status=422, on="2026-11-30", body="").text
    assert 'id="body-wrong"' in page
    assert "2026-11-30" in page


@pytest.mark.parametrize("who", ["coach", "reviewer", "host", "stranger"])
def test_nobody_else_sees_or_writes(app, staff, odile, *, found, host, who):
    _choose(staff, found, odile.person)
    roles = {"coach": Role.COACH, "reviewer": Role.REVIEWER}
    other = host if who == "host" else _browser(app, who, roles.get(who))
    path = f"desk/funding/coaching/{found.id}"
    status = 404 if who == "coach" else 403
    other.get(path, status=status)
    other.post(f"{path}/notes", status=status, on=NOW.date().isoformat(), body="x")
    assert coaching.notes(found.id) == []


def test_nobody_coaches_their_own_dinner_nor_without_the_role(app, staff, found):
    host_who_coaches = _browser(app, "Both", Role.COACH)
    own = make.application(make.funding_round(), host_who_coaches.person, state=State.AWARDED, award=100)
    _choose(staff, own, host_who_coaches.person, status=409)
    _choose(staff, found, _browser(app, "Nobody").person, status=422)
