"""What host and staff see: nothing below five, pictures with numbers, texts in their language, paper."""

from datetime import timedelta

import pytest
import time_machine

from engage.core import db, pages
from engage.core.access import Actor, Role
from engage.events.rules import State as EventState
from engage.feedback import actions, queries
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.conftest import NOW
from tests.factories import feedback as made
from tests.statements import counted

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def event(app):
    area, of = make.neighbourhood(), make.programme(questions=made.QUESTIONS)
    event = make.event(
        starts_at=NOW - 3 * HOUR, ends_at=NOW - HOUR, of=of, state=EventState.HELD, closed_at=NOW, area=area,
        languages=("fr", "ar", "so"),
    )
    event.area = area
    return event


@pytest.fixture
def host(event):
    person = make.person("Hanna")
    make.event_person(event, person)
    return person


def answered(event, times, **said):
    for _ in range(times):
        ticket = made.ticket(event)
        by = Actor(links=frozenset({("feedback", ticket.id)}))
        with db.transaction():
            actions.answer(ticket_id=ticket.id, said=said or {"heard": 4}, by=by, now=NOW)


def page(client, event, rest="", locale="en"):
    return client.get(f"/{locale}/host/events/{event.id}/feedback{rest}")


@pytest.mark.parametrize(("times", "shown"), [(0, None), (4, None), (5, "5 answers"), (9, "5 answers"), (10, "10 answers")])
def test_from_five_on_in_steps_of_five(client, event, host, times, shown):
    sign_in(client, host)
    answered(event, times)
    text = page(client, event).text
    assert (shown or "Results appear when five people have answered") in text
    assert shown is not None or '<svg class="bars"' not in text


def test_pictures_numbers_and_texts(client, event, host):
    sign_in(client, host)
    answered(event, 3, heard=5, again="yes", words={"text": "Bonne soupe", "lang": "fr"})
    answered(event, 2, heard=2, words={"text": "طعام جيد", "lang": "ar"})
    text = page(client, event).text
    assert "Mean: 3.8 of 5" in text
    assert '<rect x="0" y="0" width="67" height="12"/>' in text
    assert '<p class="lines" lang="ar" dir="auto">طعام جيد</p>' in text
    assert "3 people answered this." in text
    assert "style=" not in text
    assert '<rect x="33" y="0" width="67" height="12"/>' in page(client, event, locale="ar").text


SCREENS = ["", "/sheet"]


@pytest.mark.parametrize(("who", "status"), [
    ("host", 200), ("staff", 200), ("administrator", 200), ("staff elsewhere", 403), ("facilitator here", 403),
    ("stranger", 403),
])
def test_who_sees_results(client, event, host, who, status):
    person = host if who == "host" else make.person("Omar")
    if who == "facilitator here":
        make.event_person(event, person, role="facilitator")
    if who in ("staff", "staff elsewhere", "administrator"):
        area = {"staff": event.area, "staff elsewhere": make.neighbourhood("Stopsley")}.get(who)
        make.grant(person, Role.ADMINISTRATOR if who == "administrator" else Role.STAFF, area)
    sign_in(client, person)
    assert [page(client, event, screen).status_code for screen in SCREENS] == [status] * 2
    made_codes = client.post(f"/en/host/events/{event.id}/feedback/sheet", data={"codes": "2"}).status_code
    assert made_codes == (303 if status == 200 else 403)


def test_nobody_is_led_to_sign_in(client, event):
    assert page(client, event).status_code in (302, 303)


def test_a_sheet_for_walk_ins_speaks_the_events_languages(client, event, host):
    sign_in(client, host)
    assert "<svg" not in page(client, event, "/sheet").text.partition('<ul class="slips">')[2]
    client.post(f"/en/host/events/{event.id}/feedback/sheet", data={"codes": "3"})
    text = page(client, event, "/sheet").text.partition('<ul class="slips">')[2].partition("</ul>")[0]
    assert text.count("<svg") == 3
    assert text.count('lang="fr" dir="ltr"') == text.count('lang="ar" dir="rtl"') == 3
    for ticket in queries.sheets(event.id):
        assert f"engage.test/f/{ticket.sheet}" in text
    assert "style=" not in text


@pytest.mark.parametrize("codes", ["0", "", "301", "many"])
def test_a_wrong_number_of_codes_is_explained(client, event, host, codes):
    sign_in(client, host)
    assert client.post(f"/en/host/events/{event.id}/feedback/sheet", data={"codes": codes}).status_code == 422
    assert queries.sheets(event.id) == []


@pytest.mark.parametrize("times", [5, 15])
def test_results_cost_the_same_for_any_number(client, event, host, times):
    sign_in(client, host)
    answered(event, times)
    with counted() as statements:
        assert page(client, event).status_code == 200
    assert len(statements) == 7, statements


def test_the_events_page_leads_to_results(client, event, host):
    sign_in(client, host)
    url = pages.address("events.manage", event_id=event.id).removeprefix("https://engage.test")
    assert "Results appear when five people have answered" in client.get(url).text
    answered(event, 5)
    assert f'href="/en/host/events/{event.id}/feedback"' in client.get(url).text
