"""What everybody reads of the rounds."""

from datetime import timedelta

import pytest
import time_machine

from engage.core import city
from engage.core.text import Localized
from engage.funding.rules.rounds import RoundState
from engage.places import queries as places
from tests import factories as make
from tests.conftest import NOW
from tests.statements import counted


@pytest.fixture(autouse=True)
def still():
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def found(app):
    return make.funding_round(slug="spring", areas=[make.neighbourhood(name="Dallow Park")])


def test_an_open_round_says_all_and_lets_one_apply(client, found):
    page = client.get("/en/funding/rounds/spring").text
    for said in ("We fund dinners.", "Dallow Park", "$150.00", "$1,000.00", "Different people at one table", "Do they meet?"):
        assert said in page, said
    assert "/my/funding/new/spring" in page


@pytest.mark.parametrize("values", [
    {"opens_at": NOW + timedelta(days=1)}, {"closes_at": NOW - timedelta(hours=1)}, {"state": RoundState.ENDED},
])
def test_nobody_is_asked_to_apply_when_it_is_not_open(client, values):
    make.funding_round(slug="other", name=Localized.of("en", "Other round"), **values)
    assert "/my/funding/new/other" not in client.get("/en/funding/rounds/other").text
    assert "Other round" in client.get("/en/funding").text


def test_a_draft_is_nobodys(client):
    make.funding_round(slug="hidden", name=Localized.of("en", "Hidden round"), state=RoundState.DRAFT)
    assert client.get("/en/funding/rounds/hidden").status_code == 404
    assert "Hidden round" not in client.get("/en/funding").text


@pytest.mark.parametrize("path", ["/en/funding", "/es/funding", "/ar/funding/rounds/spring"])
def test_they_are_kept(client, found, path):
    client.get(path)
    answer = client.get(path)
    assert answer.status_code == 200
    assert client.get(path, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_the_hosting_page_leads_there(client):
    assert 'href="/en/funding"' in client.get("/en/host").text


@pytest.mark.parametrize("path, cold", [("/en/funding", 1), ("/en/funding/rounds/spring", 2)])
@pytest.mark.parametrize("others", [0, 3])
def test_more_rounds_ask_no_more(client, found, path, cold, others):
    for _number in range(others):
        make.funding_round(closes_at=NOW + timedelta(days=3))
    city.city(), places.all_neighbourhoods()  # remembered by each process
    with counted() as first:
        tag = client.get(path).headers["ETag"]
    with counted() as again:
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    assert (len(first), len(again)) == (cold, 1), (first, again)
