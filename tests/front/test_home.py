"""The start page and the neighbourhoods' own pages."""

from datetime import timedelta

import pytest
import time_machine

from engage.core import city, db
from engage.core.text import Localized
from engage.events.models import ListingVersion
from engage.events.rules import State
from engage.front import queries
from engage.places import queries as places
from tests import factories as make
from tests.conftest import NOW
from tests.statements import counted


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(NOW, tick=False):
        yield


def meetings(count):
    with db.transaction():
        area = make.neighbourhood("Dallow", code="E05")
        for number in range(count):
            make.event(f"Dinner number {number}", starts_at=NOW + timedelta(days=number + 1), area=area)
        db.session().add(ListingVersion(id=1, number=3))


def test_an_empty_city_says_what_to_do(client):
    page = client.get("/en/").text
    assert "Nothing is planned yet" in page
    assert 'href="/en/host"' in page


def test_what_is_next_comes_first_and_drafts_and_past_meetings_do_not(client):
    meetings(8)
    with db.transaction():
        make.event("A draft", state=State.DRAFT)
        make.event("Long ago", starts_at=NOW - timedelta(days=2))
    page = client.get("/en/").text
    assert [number for number in range(8) if f"Dinner number {number}" in page] == [0, 1, 2, 3, 4, 5]
    assert "A draft" not in page
    assert "Long ago" not in page


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("path", ["/en/", "/en/neighbourhoods/E05"])
def test_a_page_takes_two_statements_and_an_unchanged_one_takes_one(client, count, path):
    meetings(count)
    first = client.get(path)  # from here on this process knows the city, its neighbourhoods and ways to meet
    city.city(), places.all_neighbourhoods(), queries.ways()
    with counted() as seen:
        assert client.get(path).status_code == 200
    assert len(seen) == 2
    with counted() as seen:
        assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert len(seen) == 1


def test_the_ways_to_meet_are_in_the_readers_language(client):
    with db.transaction():
        make.programme(name=Localized({"en": "Dialogue dinner", "fr": "Dîner de dialogue"}, "en"))
        make.programme(name=Localized({"en": "Ended"}, "en"), is_active=False)
    city.forget()
    assert "Dialogue dinner" in client.get("/en/").text
    page = client.get("/fr/").text
    assert "Dîner de dialogue" in page
    assert "Ended" not in page


def test_a_neighbourhood_shows_what_is_coming_there_and_below(client):
    with db.transaction():
        north = make.neighbourhood("North", code="N")
        dallow = make.neighbourhood("Dallow", code="D", parent_id=north.id)
        elsewhere = make.neighbourhood("Elsewhere", code="E")
        make.event("Dinner in Dallow", area=dallow)
        make.event("Dinner far away", area=elsewhere)
    places.forget()
    page = client.get("/en/neighbourhoods/N").text
    assert f"/en/news?neighbourhood={north.id}" in page
    assert "Dinner in Dallow" in page
    assert "Dinner far away" not in page
    assert 'href="/en/neighbourhoods/D"' in page
    assert 'href="/en/neighbourhoods/N"' in client.get("/en/neighbourhoods/D").text
    assert client.get("/en/neighbourhoods/nowhere").status_code == 404
