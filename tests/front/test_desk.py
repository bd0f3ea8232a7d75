"""The desk: only what this reader may settle; and the ledger, for administrators alone."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine

from engage.core import db, ledger
from engage.core.access import CLOCK, Actor, Role
from engage.core.pages.panels import Queue
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.conftest import NOW


@dataclass(frozen=True)
class TableLaid:
    """A fact as tests need one."""

    event_id: UUID
    seats: int


TableLaid.__module__ = "engage.tests.facts"


@pytest.fixture
def queues(app):
    """Two queues in place of the features' own."""
    kept = app.extensions["queues"]
    app.extensions["queues"] = [
        Queue("Proposals to review", "front_desk.desk", lambda actor: 3 if actor.is_staff() else 0),
        Queue("Guests waiting", "front_desk.desk", lambda _actor: 0, (Role.STAFF, Role.FACILITATOR)),
    ]
    yield
    app.extensions["queues"] = kept


def somebody(client, *roles):
    with db.transaction():
        person = make.person("Rosa")
        for role in roles:
            make.grant(person, role)
    with time_machine.travel(NOW, tick=False):
        sign_in(client, person)
    return person


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(NOW, tick=False):
        yield


def test_staff_see_what_waits_with_numbers_and_what_is_done(client, queues):
    somebody(client, Role.STAFF)
    page = client.get("/en/desk").text
    assert "<b>3</b><span>Proposals to review</span>" in page
    assert "All done: Guests waiting." in page


def test_who_has_nothing_waiting_is_told_so_kindly(client, queues):
    somebody(client, Role.FACILITATOR)
    page = client.get("/en/desk").text
    assert "Nothing is waiting." in page
    assert "Proposals to review" not in page


def test_staff_see_the_week_of_their_areas(client, queues):
    with db.transaction():
        dallow, biscot = make.neighbourhood("Dallow"), make.neighbourhood("Biscot")
        soon = make.event("Dinner in Dallow", starts_at=NOW + timedelta(days=2), area=dallow)
        make.event("Tea in Biscot", starts_at=NOW + timedelta(days=2), area=biscot)
        make.event("Next month", starts_at=NOW + timedelta(days=30), area=dallow)
        person = make.person("Rosa")
        make.grant(person, Role.STAFF, area=dallow)
    sign_in(client, person)
    page = client.get("/en/desk").text
    assert f'href="/en/my/events/{soon.id}"' in page
    assert "Tea in Biscot" not in page
    assert "Next month" not in page


def test_the_menu_shows_what_the_role_allows(client, queues):
    somebody(client, Role.FACILITATOR)
    assert "/en/desk/ledger" not in client.get("/en/desk").text
    somebody(client, Role.ADMINISTRATOR)
    assert "/en/desk/ledger" in client.get("/en/desk").text


@pytest.mark.parametrize(("roles", "status"), [((), 403), ((Role.STAFF,), 403), ((Role.ADMINISTRATOR,), 200)])
def test_the_ledger_is_for_administrators(client, roles, status):
    somebody(client, *roles)
    assert client.get("/en/desk/ledger").status_code == status


def test_a_resident_has_no_desk(client):
    somebody(client)
    assert client.get("/en/desk").status_code == 403


TABLE = UUID(int=7)


def record(count, *, by=CLOCK, event_id=TABLE):
    for number in range(count):
        with db.transaction():
            ledger.record(TableLaid(event_id, number), by=by)


def test_the_ledger_is_read_newest_first_and_page_by_page(client):
    somebody(client, Role.ADMINISTRATOR)
    record(51)
    page = client.get("/en/desk/ledger").text
    assert page.count("<tr>") == 51  # the head, and fifty entries
    assert "the site, by itself" in page
    older = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    last = client.get(older).text
    assert last.count("<tr>") == 2
    assert 'rel="next"' not in last


def test_the_ledger_is_narrowed_by_kind_day_person_and_thing(client):
    rosa = somebody(client, Role.ADMINISTRATOR)
    record(1, event_id=UUID(int=8))
    record(1, by=Actor(person_id=rosa.id))
    rows = lambda query: client.get(f"/en/desk/ledger?{query}").text.count("<tr>") - 1  # noqa: E731
    assert rows("kind=tests.TableLaid") == 2
    assert rows(f"about={UUID(int=8)}") == 1
    assert rows(f"about={rosa.id}") == 1
    assert rows(f"first={NOW.date()}&last={NOW.date()}&kind=tests.TableLaid") == 2
    assert rows(f"first={NOW.date() + timedelta(days=1)}") == -1


@pytest.mark.parametrize("query", ["about=17", "first=2026-02-31", "kind=nonsense"])
def test_a_search_that_makes_no_sense_says_where(client, query):
    somebody(client, Role.ADMINISTRATOR)
    answer = client.get(f"/en/desk/ledger?{query}")
    assert answer.status_code == 422
    assert 'class="field wrong"' in answer.text


@pytest.mark.parametrize("before", ["x", "-1", "99999999999999999999"])
def test_a_page_that_no_link_of_ours_names_is_the_first(client, before):
    somebody(client, Role.ADMINISTRATOR)
    assert client.get(f"/en/desk/ledger?before={before}").status_code == 200
