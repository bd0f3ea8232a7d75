"""The desk: only what this reader may settle; and the ledger, for administrators alone."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine

from engage.accounts.facts import RoleGranted
from engage.core import db, ledger
from engage.core.access import CLOCK, Actor, Role
from engage.core.pages.panels import Queue
from engage.events.facts import EventPublished
from engage.front.wording import GROUPS
from engage.funding.facts import PaymentsExported
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.conftest import NOW
from tests.statements import counted


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
    assert "/en/desk/programmes" not in client.get("/en/desk").text
    somebody(client, Role.ADMINISTRATOR)
    assert "/en/desk/programmes" in client.get("/en/desk").text
    assert "/en/desk/ledger" in client.get("/en/desk/programmes").text


@pytest.mark.parametrize(("roles", "status"), [((), 403), ((Role.STAFF,), 403), ((Role.ADMINISTRATOR,), 200)])
def test_the_ledger_is_for_administrators(client, roles, status):
    somebody(client, *roles)
    assert client.get("/en/desk/ledger").status_code == status


def test_a_resident_has_no_desk(client):
    somebody(client)
    assert client.get("/en/desk").status_code == 403


TABLE = UUID(int=7)
LEDGER_STATEMENTS = 7


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
    turned = client.get("/en/desk/ledger?first=2027-02-01&last=2027-01-01")
    assert (turned.status_code, "This is before the first day." in turned.text) == (422, True)


def test_the_ledger_is_searched_by_what_people_call_things(client):
    with db.transaction():
        amina, dinner = make.person("Amina Yusuf"), make.event("عشاء في دالو")
        make.contact(amina, "amina@example.org")
    somebody(client, Role.ADMINISTRATOR)
    record(1, by=Actor(person_id=amina.id))
    record(1, event_id=dinner.id)
    rows = lambda about: client.get("/en/desk/ledger", query_string={"about": about}).text.count("<tr>") - 1  # noqa: E731
    assert [rows(about) for about in ("yusuf", "amina@example.org", "دالو", str(dinner.id))] == [1, 1, 1, 1]


def test_the_ledger_has_roles_decisions_and_exports_together(client):
    rosa = somebody(client, Role.ADMINISTRATOR)
    with db.transaction():
        ledger.record(RoleGranted(rosa.id, TABLE, Role.STAFF, None), by=CLOCK)
        ledger.record(EventPublished(TABLE), by=CLOCK)
        ledger.record(PaymentsExported(TABLE, "csv"), by=CLOCK)
    shown = {group: client.get(f"/en/desk/ledger?kind={group}").text for group in ("roles", "decisions", "exports")}
    assert {group: page.count("<tr>") - 1 for group, page in shown.items()} == {"roles": 1, "decisions": 1, "exports": 1}
    assert "Payments exported" in shown["exports"]


OF_STAFF_AND_HOSTS = [
    "concerns.AgendaPublished", "concerns.ActionItemEnded", "concerns.ConcernHidden", "concerns.ConcernShownAgain",
    "concerns.ConcernsMerged", "concerns.ConsultationClosed", "concerns.MinutesPublished", "events.EventDeclined",
    "events.EventMoved", "events.GuestsWritten", "events.SeriesChanged", "events.SeriesExtended", "events.SeriesScheduled",
    "funding.ReceiptJudged", "programmes.AreaThemesChanged", "registrations.GuestRemoved", "registrations.ListTakenIn",
]


@pytest.mark.parametrize("kind", OF_STAFF_AND_HOSTS)
def test_what_staff_and_hosts_settle_is_found_among_their_decisions(kind):
    assert kind in ledger.kinds_of(GROUPS["decisions"].sort)


@pytest.mark.parametrize("kind", ["registrations.SignedUp", "concerns.ConcernRaised", "attendance.CheckedIn"])
def test_what_residents_do_is_no_decision_of_staff(kind):
    assert kind not in ledger.kinds_of(GROUPS["decisions"].sort)


@pytest.mark.parametrize("number", [1, 3])
def test_a_search_needs_as_many_statements_however_much_it_finds(client, number):
    with db.transaction():
        people = [make.person(f"Amina {each}") for each in range(number)]
        for person in people:
            make.contact(person)
    somebody(client, Role.ADMINISTRATOR)
    for person in people:
        record(1, by=Actor(person_id=person.id))
    client.get("/en/desk/ledger?about=amina")
    with counted() as statements:
        assert client.get("/en/desk/ledger?about=amina").text.count("<tr>") == number + 1
    assert len(statements) == LEDGER_STATEMENTS, statements


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
