"""Between award and dinner: the conditions hold the dinner back, the list says what is next, the mix names nobody."""

import pytest
import time_machine

from engage.accounts import actions as accounts
from engage.core import db
from engage.core.access import CLOCK, Role
from engage.events import queries as events
from engage.events.rules import State as EventState
from engage.funding.actions import conditions
from engage.funding.queries import agreements, applications
from engage.funding.rules.mix import Party, mix, widening
from engage.funding.rules.states import State
from engage.registrations.rules import State as Place
from tests import factories as make
from tests.conftest import NOW
from tests.funding.test_deciding_pages import _browser


@pytest.fixture(autouse=True)
def still():
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def host(app):
    with db.transaction():
        accounts.install_documents(by=CLOCK, now=NOW)
    return _browser(app, "Marisol")


def _awarded(host, **values):
    found = make.application(make.funding_round(**values), host.person, state=State.AWARDED, award=5_000)
    with db.transaction():
        conditions.refresh(applications.locked(found.id), by=CLOCK, now=NOW)
    return found


def test_the_agreement_is_accepted_by_the_host_once_in_its_version(host, app):
    found = _awarded(host)
    page = host.get(f"my/funding/{found.id}/agreement")
    assert "Keep every receipt." in page
    host.post(f"my/funding/{found.id}/agreement", status=409, version="7")
    for _ in range(2):
        host.post(f"my/funding/{found.id}/agreement", version="1")
    assert applications.one(found.id).state == State.AGREED
    accepted = agreements.of(found.id)
    assert (accepted.version, accepted.locale, accepted.person_id) == (1, "en", host.person.id)


def test_a_co_host_reads_it_and_can_not_sign(host, app):
    found = _awarded(host)
    co_host = _browser(app, "Yusuf")
    make.event_person(applications.one(found.id).event, co_host.person, role="co_host")
    assert "Keep every receipt." in co_host.get(f"my/funding/{found.id}/agreement")
    co_host.post(f"my/funding/{found.id}/agreement", status=403, version="1")
    assert agreements.of(found.id) is None


def test_the_dinner_waits_until_training_and_agreement_are_there(host):
    found = _awarded(host)
    assert events.holds(found.event_id) == ["funding_conditions"]
    host.post(f"my/funding/{found.id}/agreement", version="1")
    assert events.holds(found.event_id) == ["funding_conditions"]
    with db.transaction():
        accounts.train(person_id=host.person.id, on=NOW.date(), until=None, by=CLOCK, now=NOW)
    assert events.holds(found.event_id) == []
    with db.transaction():
        accounts.train(person_id=host.person.id, on=None, until=None, by=CLOCK, now=NOW)
    assert events.holds(found.event_id) == ["funding_conditions"]


def test_a_round_without_conditions_holds_nothing_back(host):
    assert events.holds(_awarded(host, needs_training=False, needs_agreement=False).event_id) == []


def test_the_list_says_what_is_done_and_what_is_next(host):
    found = _awarded(host, needs_training=False, pay_mode="advance")
    page = host.get(f"my/funding/{found.id}")
    assert f"/en/my/funding/{found.id}/agreement" in page
    assert "Your co-host has said yes" in page


def test_the_mix_counts_and_names_nobody(host, app):
    area, other = make.neighbourhood("Dallow"), make.neighbourhood("Saints")
    round_ = make.funding_round()
    dinner = make.event(area=area, programme_id=round_.programmes[0].programme_id)
    make.event_person(dinner, host.person)
    found = make.application(round_, host.person, at=dinner, state=State.AGREED, award=5_000)
    for number in range(3):
        make.registration(dinner, called=f"Guest{number}", neighbourhood_id=area.id, speaks=["en", "ur"], is_first_time=True)
    make.registration(dinner, Place.REQUESTED, called="Asker", neighbourhood_id=other.id, speaks=["en"])
    make.registration(dinner, Place.REQUESTED, called="Another", neighbourhood_id=area.id, speaks=["en"])
    page = host.get(f"my/funding/{found.id}")
    assert "2 requests are open." in page
    assert "1 of them would bring" in page
    for name in ("Guest0", "Asker", "Another"):
        assert name not in page
    reviewer = _browser(app, "Rev", Role.REVIEWER)
    reviewer.get(f"my/funding/{found.id}", status=404)


def test_counts_begin_where_nobody_is_alone():
    party = Party(None, ("en",), None)
    assert mix([party] * 2) is None
    assert mix([party] * 3).languages == (("en", 3),)
    assert widening([party] * 3, [party, Party(None, ("en", "so"), None)]) == 1


def test_a_dinner_with_a_hold_is_not_published(host, app):
    found = _awarded(host)
    staff = _browser(app, "Sam", Role.STAFF)
    dinner = applications.one(found.id).event
    assert dinner.state == EventState.DRAFT
    host.client.post(f"/en/my/events/{dinner.id}/submit")
    staff.client.post(f"/en/my/events/{dinner.id}/publish")
    assert applications.one(found.id).event.state == EventState.SUBMITTED
