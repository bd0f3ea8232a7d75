"""Staff keep the venues of their areas; administrators take in the city's neighbourhoods; others can't."""

from io import BytesIO

import pytest
import time_machine

from engage.core import db
from engage.core.access import Role
from engage.places import queries
from engage.places.models import Neighbourhood, Venue
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.conftest import NOW
from tests.places.shapes import collection, feature, square, three
from tests.statements import counted

IMPORT, VENUES = "/en/desk/neighbourhoods", "/en/desk/venues"


@pytest.fixture(autouse=True)
def frozen(app):
    with time_machine.travel(NOW, tick=False):
        yield


def somebody(client, *roles, area=None):
    person = make.person("Rosa")
    for role in roles:
        make.grant(person, role, area)
    sign_in(client, person)


def send(client, content, name="city.geojson"):
    return client.post(IMPORT, data={"file": (BytesIO(content), name)}, content_type="multipart/form-data")


def typed(area, **values):
    return {
        "name": "Library", "address": "1 Dunstable Road", "neighbourhood": str(area.id), "is_step_free": "y",
        "transport_en": "Bus 31", "transport_ar": "الحافلة 31", **values,
    }


def test_an_administrator_takes_in_a_city_and_reads_what_happened(client):
    somebody(client, Role.ADMINISTRATOR)
    assert send(client, three()).status_code == 303
    page = client.get(IMPORT).text
    assert "4 neighbourhoods were added." in page
    assert "Dallow" in page
    send(client, three().replace(b"Saints", b"All Saints"))
    page = client.get(IMPORT).text
    assert "1 has a new name. 3 stayed as they were." in page


def test_a_broken_file_is_refused_with_the_feature_and_nothing_is_changed(client):
    somebody(client, Role.ADMINISTRATOR)
    answer = send(client, collection(feature(), feature("A2", "Biscot", square()[:2])))
    assert answer.status_code == 409
    assert "Feature 2 has a ring of fewer than four points." in answer.text
    assert db.session().query(Neighbourhood).count() == 0


def test_no_file_is_asked_for_kindly(client):
    somebody(client, Role.ADMINISTRATOR)
    answer = client.post(IMPORT, data={}, content_type="multipart/form-data")
    assert (answer.status_code, "Please choose a file." in answer.text) == (422, True)


@pytest.mark.parametrize("content", [b"", b"\x00\xff", b"{{7*7}}", b"[" * 100_000, b"<svg onload=alert(1)>", b"9" * 5_000])
def test_no_file_breaks_the_screen(client, content):
    somebody(client, Role.ADMINISTRATOR)
    assert send(client, content).status_code in (409, 422)


@pytest.mark.parametrize("roles, in_all, status", [
    ((), True, 403), ((Role.STAFF,), True, 403), ((Role.FACILITATOR,), True, 403), ((Role.ADMINISTRATOR,), True, 200),
    ((Role.ADMINISTRATOR,), False, 403),
])
def test_only_administrators_of_the_whole_city_see_the_import(client, roles, in_all, status):
    somebody(client, *roles, area=None if in_all else make.neighbourhood())
    assert client.get(IMPORT).status_code == status
    assert send(client, three()).status_code == (303 if status == 200 else 403)


@pytest.mark.parametrize("path", [IMPORT, VENUES, f"{VENUES}/new"])
def test_who_is_not_signed_in_is_led_to_sign_in(client, path):
    assert client.get(path).status_code in (302, 303)


def test_staff_add_a_venue_with_notes_in_several_languages(client):
    somebody(client, Role.STAFF)
    area = make.neighbourhood()
    assert client.post(f"{VENUES}/new", data=typed(area)).status_code == 303
    venue, = queries.venues()
    assert (venue.name, venue.is_step_free, venue.has_hearing_loop) == ("Library", True, False)
    assert dict(venue.transport.texts) == {"en": "Bus 31", "ar": "الحافلة 31"}
    assert "Library can be chosen for meetings now." in client.get(VENUES).text


def test_a_venue_is_changed_and_keeps_what_was_not_touched(client):
    somebody(client, Role.STAFF)
    area = make.neighbourhood()
    client.post(f"{VENUES}/new", data=typed(area))
    venue, = queries.venues()
    page = client.get(f"{VENUES}/{venue.id}").text
    assert "الحافلة 31" in page
    assert client.post(f"{VENUES}/{venue.id}", data=typed(area, name="Old Library", transport_ar="")).status_code == 303
    venue, = queries.venues()
    assert (venue.name, dict(venue.transport.texts)) == ("Old Library", {"en": "Bus 31"})


def test_what_is_missing_is_said_and_the_rest_kept(client):
    somebody(client, Role.STAFF)
    area = make.neighbourhood()
    answer = client.post(f"{VENUES}/new", data=typed(area, name=" ", transport_en="Tram <b>"))
    assert answer.status_code == 422
    assert "Tram &lt;b&gt;" in answer.text
    assert client.post(f"{VENUES}/new", data=typed(area, neighbourhood="nonsense")).status_code == 422


def test_the_same_venue_twice_is_refused_on_the_filled_page(client):
    somebody(client, Role.STAFF)
    area = make.neighbourhood()
    client.post(f"{VENUES}/new", data=typed(area))
    answer = client.post(f"{VENUES}/new", data=typed(area))
    assert answer.status_code == 409
    assert "is there already" in answer.text
    assert "1 Dunstable Road" in answer.text


def test_a_venue_is_closed_and_opened_again(client):
    somebody(client, Role.STAFF)
    venue = make.venue()
    client.post(f"{VENUES}/{venue.id}/close")
    assert queries.venues() == []
    assert "No longer used" in client.get(VENUES).text
    client.post(f"{VENUES}/{venue.id}/reopen")
    assert len(queries.venues()) == 1


def test_staff_of_one_area_change_its_venues_alone(client):
    home, elsewhere = make.neighbourhood("Dallow"), make.neighbourhood("Saints")
    mine, theirs = make.venue(home), make.venue(elsewhere, name="Saints Hall")
    somebody(client, Role.STAFF, area=home)
    page = client.get(VENUES).text
    assert f"{VENUES}/{mine.id}" in page
    assert f"{VENUES}/{theirs.id}" not in page
    assert client.get(f"{VENUES}/{mine.id}").status_code == 200
    assert client.get(f"{VENUES}/{theirs.id}").status_code == 403
    assert client.post(f"{VENUES}/{theirs.id}/close").status_code == 403
    assert client.post(f"{VENUES}/new", data=typed(elsewhere)).status_code == 422, "elsewhere is not offered"
    assert db.session().query(Venue).count() == 2


def test_a_role_in_a_borough_means_its_neighbourhoods_too(client):
    borough = make.neighbourhood("West")
    venue = make.venue(make.neighbourhood("Dallow", parent_id=borough.id))
    somebody(client, Role.STAFF, area=borough)
    assert client.get(f"{VENUES}/{venue.id}").status_code == 200


@pytest.mark.parametrize("roles", [(), (Role.FACILITATOR,)])
def test_residents_and_facilitators_keep_no_venues(client, roles):
    somebody(client, *roles)
    assert client.get(VENUES).status_code == 403
    assert client.post(f"{VENUES}/new", data={}).status_code == 403


@pytest.mark.parametrize("venues", [1, 3])
def test_the_list_of_venues_needs_the_same_statements_however_many(client, venues):
    area = make.neighbourhood()
    for number in range(venues):
        make.venue(area, name=f"Hall {number}")
    somebody(client, Role.STAFF)
    client.get(VENUES)
    with counted() as statements:
        client.get(VENUES)
    assert len(statements) == 2, statements


@pytest.mark.parametrize("locale", ["fr", "es", "ar"])
def test_every_screen_opens_in_every_language(client, locale):
    somebody(client, Role.ADMINISTRATOR)
    venue = make.venue()
    for path in ("neighbourhoods", "desk/neighbourhoods", "desk/venues", "desk/venues/new", f"desk/venues/{venue.id}"):
        assert client.get(f"/{locale}/{path}").status_code == 200, path
