"""What is said of letters before a meeting is moved or called off is what leaves then."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from engage.core import db
from engage.core.access import Role
from engage.events.rules import PersonRole
from engage.messages.models import Address, OptOut, OutboxLetter
from engage.messages.rules import Channel, Topic
from engage.registrations.rules import State
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.conftest import NOW
from tests.events.planning import member
from tests.factories.base import keep

KINDS = ("event_moved", "event_cancelled", "events.moved", "events.cancelled")
REASON = {"reason": "The kitchen is closed.", "written_in": "en"}


@pytest.fixture(autouse=True)
def still():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def events(app):
    """Two dates of a series with all sorts of people: 4 letters about the first and 2 about the second; 2 people to call."""
    series, venue = make.series(), make.venue()
    dates = [make.event(series_id=series.id, venue_id=venue.id, starts_at=NOW + timedelta(days=days)) for days in (20, 27)]
    family, caller = make.address("family@example.org"), make.address("+441582000001", Channel.PHONE)
    quiet = make.address("quiet@example.org")
    keep(OptOut(address_id=quiet.id, topic=Topic.PLACES, at=NOW))  # such letters have no topic that one could end
    for state, to in ((State.CONFIRMED, family), (State.WAITING, quiet), (State.CONFIRMED, caller)):
        make.registration(dates[0], state, to=to)
    for state, to in ((State.CONFIRMED, family), (State.CONFIRMED, caller), (State.HELD, None), (State.CANCELLED, None)):
        make.registration(dates[1], state, to=to)
    make.registration(dates[1], State.WAITING, to=make.address("+441582000002", Channel.PHONE))
    for event in dates:
        host = make.person("Amina")
        make.contact(host)
        make.event_person(event, host)
    co_host = make.address("cohost@example.org")
    make.event_person(dates[0], called="Odile", role=PersonRole.CO_HOST, address_id=co_host.id)
    return dates


def posted(channel):
    letters = select(OutboxLetter.address_id).join(Address).where(OutboxLetter.kind.in_(KINDS), Address.channel == channel)
    return list(db.session().scalars(letters))


def said(page):
    """Return how many letters a page says leave, and how many people are to be called."""
    found = (re.search(rf"(\d+) (?:{what})", page) for what in ("letters? leaves?:", "(?:person has|people have) no email"))
    return tuple(int(number[1]) if number else 0 for number in found)


@pytest.mark.parametrize("change", [("time", {"start": "09:00", "end": "10:00"}), ("cancel", REASON)])
@pytest.mark.parametrize("scope, expected", [("this", (4, 1)), ("all", (6, 2))])
def test_of_several_dates(app, events, change, scope, expected):
    staff, url = member(app), f"/en/desk/series/{events[0].series_id}/change/{change[0]}"
    sent = {"date": str(events[0].id), "scope": scope, **change[1]}
    page = staff.post(url, data=sent).text
    assert said(page) == expected
    assert f"/en/host/events/{events[0].id}/guests" in page
    assert staff.post(url, data={**sent, "do": "1"}).status_code == 303
    assert (len(posted(Channel.EMAIL)), len(set(posted(Channel.PHONE)))) == expected


@pytest.mark.parametrize("page, form", [
    ("move", {"day": "2026-12-20", "start": "09:00", "end": "10:00"}), ("cancel", {**REASON, "typed": "cancel"}),
])
def test_of_one_meeting(app, events, page, form):
    staff, url = member(app), f"/en/my/events/{events[0].id}/{page}"
    shown = staff.get(url).text
    assert said(shown) == (4, 1)
    assert f"/en/host/events/{events[0].id}/guests" in shown
    where = {"venue": str(events[0].venue_id), "neighbourhood": str(events[0].neighbourhood_id)}
    assert staff.post(url, data={**where, **form}).status_code == 303
    assert (len(posted(Channel.EMAIL)), len(set(posted(Channel.PHONE)))) == (4, 1)


def test_a_host_is_not_written_to_of_their_own_change_and_sees_no_contacts(app, events):
    client, host = app.test_client(), make.person("Bola")
    make.contact(host)
    make.event_person(events[0], host, PersonRole.CO_HOST)
    sign_in(client, host)
    page = client.get(f"/en/my/events/{events[0].id}/cancel").text
    assert said(page) == (4, 1)
    assert "the city calls them" in page
    assert "See their phone numbers" not in page


def test_nobody_is_told_where_nobody_is(app):
    event = make.event()
    assert "nobody gets a letter" in member(app, Role.ADMINISTRATOR).get(f"/en/my/events/{event.id}/move").text
