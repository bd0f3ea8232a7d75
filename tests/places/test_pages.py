"""The map of the city: a link for each area with its name and what is coming, and the same as a list."""

import gzip
import re
import xml.etree.ElementTree as ET

import pytest
import time_machine

from engage.core import access, city, db
from engage.core.assets import STATIC
from engage.places import actions, queries
from tests import factories as make
from tests.conftest import NOW
from tests.places.shapes import collection, feature, square, three
from tests.places.test_real_cities import CITIES
from tests.statements import counted


@pytest.fixture(autouse=True)
def frozen(app):
    with time_machine.travel(NOW, tick=False):
        yield


def take(content):
    with db.transaction():
        actions.import_neighbourhoods(content=content, by=access.CLOCK, now=NOW)


def meet(code, times=1):
    area = queries.neighbourhood(code)
    for _ in range(times):
        make.event(area=area)


def picture(page):
    """The map as XML, so that it is well-formed by the way."""
    return ET.fromstring(re.search(r'<svg class="map".*?</svg>', page, re.DOTALL)[0])  # noqa: S314 - our own page


def test_every_area_is_a_link_with_its_name_and_what_is_coming(client):
    take(three())
    meet("A1")
    meet("B1", 3)
    links = picture(client.get("/en/neighbourhoods").text).findall("a")
    assert {(link.get("href"), link.get("class"), link.find("title").text) for link in links} == {
        ("/en/neighbourhoods/A1", "some", "Dallow, 1 coming meeting"),
        ("/en/neighbourhoods/A2", None, "Biscot, 0 coming meetings"),
        ("/en/neighbourhoods/B1", "many", "Saints, 3 coming meetings"),
    }


def test_the_number_is_drawn_where_it_fits_and_not_by_colour_alone(client):
    take(three())
    meet("B1", 3)
    assert [text.text for text in picture(client.get("/en/neighbourhoods").text).iter("text")] == ["3"]


def test_the_list_says_the_same_with_boroughs_as_headings(client):
    take(three())
    meet("A1", 2)
    page = client.get("/en/neighbourhoods").text
    listed = re.sub(r"<[^>]+>", " ", page[page.index('id="areas"'):page.index("</main>")])
    assert re.findall(r"Saints|West|Biscot|Dallow|\d+", listed) == ["Saints", "West", "2", "Biscot", "Dallow", "2"]


def test_a_shape_that_is_divided_is_drawn_by_its_parts(client):
    west, north = feature("W", "West", square(0)), feature("W1", "North", square(0), parent="W")
    take(collection(west, north, feature("E", "East", square(1))))
    links = picture(client.get("/en/neighbourhoods").text).findall("a")
    assert {link.get("href")[-2:] for link in links} == {"W1", "/E"}


def test_a_city_without_a_map_points_to_the_list(client):
    assert "/en/events" in client.get("/en/neighbourhoods").text


def test_hostile_names_stay_text(client):
    take(collection(feature("A1", "<svg onload=alert(1)>{{7*7}}")))
    page = client.get("/en/neighbourhoods").text
    assert "<svg onload" not in page
    assert "{{7*7}}" in page


@pytest.mark.parametrize("areas", [1, 3])
def test_the_page_needs_two_statements_however_many_areas(client, areas):
    take(collection(*(feature(f"A{number}", ring=square(number)) for number in range(areas))))
    city.city()
    with counted() as statements:
        assert client.get("/en/neighbourhoods").status_code == 200
    assert len(statements) == 2, statements


def test_the_page_is_the_same_until_something_changes(client):
    take(three())
    first = client.get("/en/neighbourhoods")
    same = {"If-None-Match": first.headers["ETag"]}
    assert "Set-Cookie" not in first.headers
    assert client.get("/en/neighbourhoods", headers=same).status_code == 304
    meet("A1")
    assert client.get("/en/neighbourhoods", headers=same).status_code == 200
    same = {"If-None-Match": client.get("/en/neighbourhoods").headers["ETag"]}
    take(three().replace(b"Saints", b"All Saints"))
    assert "All Saints" in client.get("/en/neighbourhoods", headers=same).text


if CITIES:

    @pytest.mark.parametrize("file", CITIES, ids=lambda file: file.stem)
    def test_the_page_of_a_real_city_with_its_styles_is_light(client, file):
        take(file.read_bytes())
        page = client.get("/en/neighbourhoods").data
        styles = (STATIC / "engage.css").read_bytes()
        assert len(gzip.compress(page, 6)) + len(gzip.compress(styles, 6)) <= 20_000


def test_a_long_list_opens_borough_by_borough(client):
    parts = [feature(f"W{number}", f"Part {number}", square(number), parent="West") for number in range(26)]
    take(collection(*parts))
    page = client.get("/en/neighbourhoods").text
    assert re.sub(r"<[^>]+>", "", page[page.index("<summary>"):page.index("</summary>")]) == "West"
    assert page.count("Part 25") == 2  # on the map, and in the list
