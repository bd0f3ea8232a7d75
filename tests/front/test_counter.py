"""Lists that staff work through reach their end or say how many they leave out; the counter finds what a caller means."""

from datetime import timedelta

import pytest
import time_machine

from engage.core import db
from engage.core.access import Role
from engage.events.queries import working
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.conftest import NOW
from tests.statements import counted
from tests.trust import pages

SIGN_UP = "/en/desk/sign-up"


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def dallow(app):
    return make.neighbourhood("Dallow")


def staff(client, area=None):
    with db.transaction():
        person = make.person("Rosa")
        make.grant(person, Role.STAFF, area=area)
    sign_in(client, person)
    return client


def meetings(number, area, **values):
    with db.transaction():
        programme = make.programme()
        for each in range(number):
            make.event(f"Meeting no. {each}", of=programme, area=area, venue_id=None, **values)


def following(page):
    """Where the button to the rest of a list leads; None at its end."""
    rest = next((part for part in pages.read(page).every("p") if part.get("class") == "pages"), None)
    return next(rest.every("a")).get("href") if rest else None


def titles(page):
    return [link.text for link in pages.read(page).every("a") if link.text.startswith("Meeting no.")]


def test_the_counter_offers_every_meeting_to_come(client, dallow):
    meetings(working.ON_A_PAGE + 2, dallow)
    first = staff(client).get(SIGN_UP).text
    second = client.get(following(first)).text
    assert len(titles(first)) == working.ON_A_PAGE
    assert sorted(titles(first) + titles(second)) == sorted(f"Meeting no. {each}" for each in range(working.ON_A_PAGE + 2))
    assert following(second) is None


def test_a_meeting_in_half_a_year_can_be_signed_up_for_and_one_that_has_begun_cannot(client, dallow):
    make.event("Next summer", NOW + timedelta(days=190), area=dallow)
    make.event("Under way", NOW - timedelta(hours=1), area=dallow)
    page = staff(client).get(SIGN_UP).text
    assert ["Next summer" in page, "Under way" in page] == [True, False]


def test_the_counter_is_narrowed_by_neighbourhood_with_all_below_it_and_by_words_in_any_order(client, dallow):
    street = make.neighbourhood("Dallow Road", parent_id=dallow.id)
    make.event("Soup and song", area=dallow)
    make.event("Song of the street", area=street)
    make.event("عشاء الجيران", area=make.neighbourhood("Biscot"))
    staff(client)

    def found(**query):
        page = client.get(SIGN_UP, query_string=query).text
        return [title in page for title in ("Soup and song", "Song of the street", "عشاء الجيران")]

    assert found() == [True, True, True]
    assert found(area=dallow.id) == [True, True, False]
    assert found(area=street.id) == [False, True, False]
    assert found(words="SONG soup") == [True, False, False]
    assert found(words="الجيران") == [False, False, True]
    assert found(words="street", area=dallow.id) == [False, True, False]
    assert found(words="%_nothing") == [False, False, False]
    assert found(area="x", words=" ", after="y") == [True, True, True]


def test_a_narrowed_list_goes_on_narrowed(client, dallow):
    meetings(working.ON_A_PAGE + 1, dallow)
    meetings(1, make.neighbourhood("Biscot"), starts_at=NOW + timedelta(days=40))
    first = staff(client).get(f"{SIGN_UP}?words=meeting&area={dallow.id}").text
    assert len(titles(client.get(following(first)).text)) == 1


def test_staff_of_one_area_choose_among_their_own_neighbourhoods(client, dallow):
    biscot = make.neighbourhood("Biscot")
    make.event("Tea in Biscot", area=biscot)
    make.event("Soup in Dallow", area=dallow)
    page = staff(client, dallow).get(SIGN_UP).text
    assert [str(area.id) in page for area in (dallow, biscot)] == [True, False]
    assert "Tea in Biscot" not in client.get(f"{SIGN_UP}?area={biscot.id}").text


def test_what_fits_no_choice_leads_back_to_all(client, dallow):
    make.event("Soup", area=dallow)
    page = staff(client).get(f"{SIGN_UP}?words=opera").text
    assert "No meeting to come fits these choices." in page
    assert 'value="opera"' in page


def test_the_counter_asks_the_same_for_one_and_for_three(client, dallow):
    meetings(1, dallow)
    staff(client).get(SIGN_UP)
    seen = []
    for more in (0, 2):
        meetings(more, dallow)
        with counted() as statements:
            client.get(f"{SIGN_UP}?words=meeting")
        seen.append(len(statements))
    assert seen[0] == seen[1]


def test_the_week_says_how_many_it_leaves_out_and_leads_to_them(client, dallow):
    meetings(52, dallow, starts_at=NOW + timedelta(days=2))
    meetings(1, dallow, starts_at=NOW + timedelta(days=30))
    page = staff(client).get("/en/desk").text
    assert len(titles(page)) == 50
    assert "And 2 more meetings in these days" in page
    rest = client.get(following(page)).text
    assert len(titles(rest)) == 3  # the two of the week, then the one of next month
    assert not set(titles(page)) & set(titles(rest)[:2])


def test_a_week_that_is_shown_whole_says_nothing_of_more(client, dallow):
    meetings(50, dallow, starts_at=NOW + timedelta(days=2))
    page = staff(client).get("/en/desk").text
    assert len(titles(page)) == 50
    assert following(page) is None
