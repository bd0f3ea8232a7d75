"""All my places on one page."""

from datetime import timedelta

import pytest
import time_machine

from tests import factories as make
from tests.accounts.signing import sign_in
from tests.conftest import NOW
from tests.registrations.helpers import Statements, get, proven, rows

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def _stand_still():
    with time_machine.travel(NOW, tick=False):
        yield


def test_my_places_on_one_page(client):
    person = make.person()
    make.contact(person, "noor@example.org")
    going, waits = make.event("Soup"), make.event("Bread", capacity=1)
    make.registration(waits)
    mine, past = proven(going), make.event("Yesterday", starts_at=NOW - DAY)
    proven(waits)
    make.registration(past, to=get(mine).address)
    make.registration(make.event("Not mine"))
    sign_in(client, person)
    page = client.get("/en/my").text
    for shown in ("Soup", "Bread", "Yesterday", "On the waiting list", "Place confirmed"):
        assert shown in page
    assert "Not mine" not in page


def place(registration_id):
    return f"/en/my/places/{registration_id}"


def test_statements_of_the_place_and_of_my_places(client):
    person = make.person()
    make.contact(person, "noor@example.org")
    first = proven(make.event())
    sign_in(client, person)
    url = place(first)
    client.get(url)
    with Statements() as shown:
        client.get(url)
    assert len(shown) == 6, shown
    with Statements() as one:
        client.get("/en/my")
    for _ in range(2):
        proven(make.event())
    client.get("/en/my")
    with Statements() as three:
        client.get("/en/my")
    assert len(one) == len(three)
    assert len(rows(make.event())) == 0
