"""Staff find who was here before, print somebody's link, take the list along; each within what they may know."""

import csv
import io

import pytest
import time_machine
from sqlalchemy import select

from engage.core import db
from engage.core.ledger import Entry
from engage.messages.models import Address
from engage.messages.rules import Channel
from engage.registrations.queries import callers
from engage.registrations.rules import Need, State
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.conftest import NOW
from tests.registrations.helpers import proven
from tests.statements import counted

PHONE = "+441582400123"


@pytest.fixture(autouse=True)
def _stand_still():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def area(app):
    return make.neighbourhood("Dallow")


@pytest.fixture
def event(area):
    return make.event(area=area)


@pytest.fixture
def host(event):
    person = make.person("Peter")
    make.event_person(event, person)
    return person


@pytest.fixture
def staff(area):
    person = make.person("Sam")
    make.grant(person, area=area)
    return person


def path(event, *steps):
    return "/".join((f"/en/host/events/{event.id}/guests", *map(str, steps)))


def facts(kind):
    return [entry.details for entry in db.session().scalars(select(Entry).where(Entry.kind == f"registrations.{kind}"))]


# --- who was here before -----------------------------------------------------------------------------


def edna(event, **values):
    return make.registration(
        event, to=make.address(PHONE, Channel.PHONE), called="Edna O’Neill", locale="fr", speaks=["fr", "en"], **values
    )


@pytest.mark.parametrize("typed, is_found", [
    ("01582 400123", True), ("+44 1582 400 123", True), ("0044 1582 400123", True), ("٠١٥٨٢ ٤٠٠١٢٣", True),
    ("edna", True), ("  o’neill ", True), ("O'NEILL", True), ("noor@example.org", False),
    ("Edwin", False), ("0", False), ("", False),
])
def test_found_by_number_or_a_part_of_the_name(event, area, typed, is_found):
    edna(event)
    assert bool(callers(typed, make.actor(make.person(), "staff", areas=[area]))) == is_found


def test_a_name_in_arabic_is_found_however_it_is_pointed(event, area):
    make.registration(event, called="أحمد الدين")
    by = make.actor(make.person(), "staff", areas=[area])
    for typed in ("احمد", "أَحْمَد", "الدين"):
        assert [found.called for found in callers(typed, by)] == ["أحمد الدين"], typed


def test_of_two_who_share_a_telephone_each_is_found(event, area):
    edna(event)
    make.registration(make.event(area=area), to=db.session().query(Address).one(), called="Bert")
    by = make.actor(make.person(), "staff", areas=[area])
    assert {found.called for found in callers(PHONE, by)} == {"Edna O’Neill", "Bert"}
    assert [found.called for found in callers("bert", by)] == ["Bert"]


def test_each_once_with_the_newest_of_what_they_said(event, area):
    address = make.address("noor@example.org")
    make.registration(event, State.CANCELLED, to=address, called="noor")
    newest = make.registration(make.event(area=area), to=address, called="Noor", created_at=NOW.replace(hour=13))
    assert [found.id for found in callers("noor", make.actor(make.person(), "staff", areas=[area]))] == [newest.id]


def test_only_in_ones_own_areas_and_only_who_was_proven(event):
    edna(event)
    make.registration(event, State.HELD, called="Never proven")
    elsewhere = make.actor(make.person(), "staff", areas=[make.neighbourhood("Saints")])
    whole_city, nobody = make.actor(make.person(), "administrator"), make.actor(make.person())
    for typed, by, count in (
        ("edna", elsewhere, 0), (PHONE, elsewhere, 0), ("edna", nobody, 0), ("edna", whole_city, 1), ("never", whole_city, 0),
    ):
        assert len(callers(typed, by)) == count, (typed, by)


def test_what_they_said_is_filled_in_and_can_be_sent(client, area, staff):
    before = edna(make.event(area=area))
    event = make.event(area=area)
    sign_in(client, staff)
    found = client.get(path(event, "new"), query_string={"who": "edna"})
    assert f"again={before.id}" in found.text
    page = client.get(path(event, "new"), query_string={"again": str(before.id)}).text
    for shown in ('value="Edna O’Neill"', 'value="+44 1582 400123"', 'option selected value="fr"', "last time is filled in"):
        assert shown in page, shown
    sent = {"form_key": "k" * 20, "called": "Edna", "phone": "+44 1582 400123", "letters_in": "fr", "party_size": "1"}
    sent["conduct"] = "y"
    assert "Edna" in client.post(path(event, "new"), data=sent, follow_redirects=True).text


def test_who_was_elsewhere_is_not_filled_in(client, event, staff):
    other = edna(make.event(area=make.neighbourhood("Saints")))
    sign_in(client, staff)
    assert "Edna" not in client.get(path(event, "new"), query_string={"again": str(other.id)}).text
    assert "Nobody in your neighbourhoods" in client.get(path(event, "new"), query_string={"who": "edna"}).text


def test_finding_three_asks_the_database_as_often_as_finding_one(event, area):
    actor = make.actor(make.person(), "staff", areas=[area])
    for _more in range(3):
        make.registration(event, called="Noor")
        callers("nobody", actor)
        with counted() as statements:
            callers("noor", actor)
        assert len([line for line in statements if line.startswith("SELECT")]) == 2


# --- their own link on paper -------------------------------------------------------------------------


def test_a_link_on_paper_is_in_its_holders_language_and_opens_their_page(app, client, event, staff):
    found = make.registration(event, locale="ar", called="نور")
    sign_in(client, staff)
    page = client.get(path(event, found.id, "paper")).text
    for shown in ('<article class="sheet" lang="ar" dir="rtl">', "Luton", "Town Hall", found.code, "<svg", "صفحتك الخاصة"):
        assert shown in page, shown
    link = page.partition("https://engage.test")[2].partition("<")[0].strip()
    holder = app.test_client()
    assert "نور" in holder.get(link, follow_redirects=True).text
    assert facts("LinkPrinted") == [{"registration_id": str(found.id), "event_id": str(event.id)}]


def test_no_paper_carries_the_address_of_a_home(client, area, staff):
    dinner = make.event(area=area, venue_id=None)
    make.private_address(dinner, "17 Canary Close")
    found = make.registration(dinner)
    sign_in(client, staff)
    page = client.get(path(dinner, found.id, "paper")).text
    assert "A home in \u2068Dallow\u2069" in page
    assert "Canary" not in page


def test_hosts_neighbours_and_strangers_get_no_link(client, event, host):
    found, elsewhere = make.registration(event), make.person()
    make.grant(elsewhere, area=make.neighbourhood("Saints"))
    for person in (host, elsewhere, make.person()):
        sign_in(client, person)
        assert client.get(path(event, found.id, "paper")).status_code == 404
    assert facts("LinkPrinted") == []


@pytest.mark.parametrize("state", [State.HELD, State.UNPROVEN, State.LAPSED, State.CANCELLED])
def test_where_nobody_has_proven_the_address_or_the_place_is_gone_there_is_no_link_to_print(client, event, staff, state):
    found = make.registration(event, state)
    sign_in(client, staff)
    assert client.get(path(event, found.id, "paper")).status_code == 404
    assert facts("LinkPrinted") == []


def test_a_guest_of_another_meeting_is_not_of_this_one(client, event, area, staff):
    other = make.registration(make.event(area=area))
    sign_in(client, staff)
    assert client.get(path(event, other.id, "paper")).status_code == 404


# --- the list as a file ------------------------------------------------------------------------------


def export(client, event, form="csv"):
    return client.post(path(event, "export", form))


def table(answer):
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_a_host_takes_names_along_and_no_address_or_need(client, event, host):
    proven(event, "noor@example.org", 2, called="=2+3", needs={Need.VEGAN: "", Need.OTHER: "A quiet seat"}, speaks=("ar",))
    sign_in(client, host)
    header, row = table(export(client, event))
    assert header == ["Name", "How many", "Languages", "Where they stand", "Signed up at"]
    assert row[:4] == ["'=2+3", "2", "Arabic", "Place confirmed"]
    assert "noor@example.org" not in export(client, event).text
    assert "quiet" not in export(client, event).text
    assert facts("GuestsExported")[0] == {"event_id": str(event.id), "form": "csv", "has_contacts": False}


def test_staff_take_contacts_along_as_well(client, event, staff):
    proven(event, "noor@example.org")
    edna(event)
    make.registration(event, State.UNPROVEN, called="Not proven")
    sign_in(client, staff)
    lines = table(export(client, event))
    assert lines[0][5:] == ["Email", "Phone", "Language of our letters"]
    assert {tuple(line[5:]) for line in lines[1:]} == {("noor@example.org", "", "English"), ("", "'" + PHONE, "French")}
    assert export(client, event, "xlsx").data.startswith(b"PK")
    assert export(client, event, "exe").status_code == 404
    assert facts("GuestsExported")[-1] == {"event_id": str(event.id), "form": "xlsx", "has_contacts": True}


def test_nobody_else_takes_anything_along(client, event):
    elsewhere = make.person()
    make.grant(elsewhere, area=make.neighbourhood("Saints"))
    for person in (elsewhere, make.person()):
        sign_in(client, person)
        assert export(client, event).status_code == 404
    assert facts("GuestsExported") == []
