"""What a meeting needs on paper: for its hosts and staff, in up to four languages, and never with a home's address."""

import re

import pytest
import time_machine

from engage.core import db
from engage.core.text import Localized
from engage.events.rules import State as EventState
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.conftest import NOW
from tests.factories.feedback import QUESTIONS, ticket

PAPERS = ("poster", "flyers", "sign-in", "badges", "cards")


@pytest.fixture(autouse=True)
def _stand_still():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def host(app):
    return make.person("Peter")


@pytest.fixture
def event(host):
    title = Localized({"en": "Soup & stories", "ar": "حساء وحكايات"}, "en")
    event = make.event(of=make.programme(questions=QUESTIONS), languages=("en", "ar", "ur"), capacity=20)
    with db.transaction():
        db.session().get(type(event), event.id).title = title
    make.event_person(event, host)
    return event


@pytest.fixture
def signed_in(client, host):
    sign_in(client, host)
    return client


def path(event, what="", languages=(), **more):
    query = "&".join((*(f"languages={code}" for code in languages), *(f"{name}={value}" for name, value in more.items())))
    return f"/en/my/events/{event.id}/print{'/' + what if what else ''}?{query}"


def blocks(page):
    """The languages of a sheet's parts, in order, with their directions."""
    return re.findall(r'<(?:section|article)[^>]* lang="(\w+)" dir="(\w+)"', page)


def test_everything_there_is_to_print_is_found_from_the_meetings_page(signed_in, event):
    assert f"/en/my/events/{event.id}/print" in signed_in.get(f"/en/my/events/{event.id}").text
    page = signed_in.get(path(event)).text
    for rest in (*(f"/print/{what}?" for what in PAPERS), "/check-in/list", "/feedback/paper", "/feedback/sheet"):
        assert rest in page, rest
    ticked = re.findall(r'name="languages" value="(\w+)" checked', page)
    assert ticked == ["en", "ar"], "those spoken there that the site offers"


def test_a_poster_stands_in_each_language_with_its_own_direction_and_code(signed_in, event):
    page = signed_in.get(path(event, "poster", ("ar", "fr"))).text
    assert blocks(page) == [("fr", "ltr"), ("ar", "rtl")]
    assert page.count("<svg") >= 2
    for shown in ("حساء وحكايات", "Inscription ici", "التسجيل هنا", f"engage.test/ar/events/{event.slug}", "Luton"):
        assert shown in page, shown
    assert '<span lang="en" dir="ltr">Soup &amp; stories</span>' in page, "what is not translated says what it is in"


@pytest.mark.parametrize("what", ["poster", "flyers"])
@pytest.mark.parametrize(("is_closed", "state"), [
    (True, EventState.PUBLISHED), (False, EventState.CANCELLED), (False, EventState.HELD),
])
def test_nothing_is_hung_up_of_a_meeting_nobody_can_come_to(signed_in, host, what, is_closed, state):
    quiet = make.event(of=make.programme(is_closed=is_closed), state=state)
    make.event_person(quiet, host)
    assert f"/print/{what}" not in signed_in.get(path(quiet)).text
    assert signed_in.get(path(quiet, what)).status_code == 404
    assert signed_in.get(path(quiet, "sign-in")).status_code == 200, "what is laid out at the door is still there"


def test_four_flyers_whatever_the_number_of_languages(signed_in, event):
    for languages, wanted in ((("fr",), ["fr"] * 4), (("en", "fr", "ar"), ["en", "fr", "ar", "en"])):
        assert [code for code, _way in blocks(signed_in.get(path(event, "flyers", languages)).text)] == wanted


def test_a_sign_in_sheet_in_arabic_runs_from_the_right(signed_in, event):
    page = signed_in.get(path(event, "sign-in", ("ar",))).text
    assert '<article class="sheet sign-in" lang="ar" dir="rtl">' in page
    assert '<span lang="ar" dir="rtl">الاسم</span>' in page


def test_badges_for_hosts_guests_and_those_who_come_along(signed_in, event):
    make.registration(event, called="نور", party_size=3, speaks=["ar", "bfi"])
    make.registration(event, "waiting", called="Waits")
    page = signed_in.get(path(event, "badges")).text
    names = re.findall(r'<p class="name" dir="auto">([^<]+)</p>', page)
    assert names == ["Peter", "نور"]
    assert page.count('class="name line"') == 6, "the sheet of eight is filled"
    assert "Host" in page
    assert "British Sign Language" in page


def test_as_many_table_cards_as_tables(signed_in, event):
    for tables, count in ((5, 5), ("", 3), ("9999", 3), ("x", 3)):
        page = signed_in.get(path(event, "cards", ("en", "ar"), tables=tables)).text
        assert page.count('<p class="number">') == 2 * count, tables
    assert signed_in.get(path(event, tables="9999")).status_code == 422


def test_no_paper_carries_the_address_of_a_home(signed_in, host):
    area = make.neighbourhood("Dallow")
    dinner = make.event(area=area, venue_id=None)
    make.event_person(dinner, host)
    make.private_address(dinner, "17 Canary Close")
    for what in PAPERS:
        page = signed_in.get(path(dinner, what, ("en", "ar"))).text
        assert "Canary" not in page
    assert "A home in \u2068Dallow\u2069" in signed_in.get(path(dinner, "poster", ("en",))).text


def test_staff_print_neighbours_strangers_and_drafts_don_t_exist(client, event, host):
    staff, elsewhere = make.person(), make.person()
    make.grant(staff, area=db.session().get(type(make.neighbourhood()), event.neighbourhood_id))
    make.grant(elsewhere, area=make.neighbourhood("Saints"))
    draft = make.event(state=EventState.DRAFT, published_at=None)
    make.event_person(draft, host)
    for person, status in ((staff, 200), (elsewhere, 404), (make.person(), 404)):
        sign_in(client, person)
        assert {client.get(path(event, what)).status_code for what in ("", *PAPERS)} == {status}
    sign_in(client, host)
    assert client.get(path(draft)).status_code == 404
    assert client.get(path(event, "money")).status_code == 404


def test_feedback_on_paper_has_every_question_and_a_code_for_each_sheet(signed_in, event):
    url = f"/en/host/events/{event.id}/feedback/paper?languages=en&languages=ar"
    assert "There are no codes yet" in signed_in.get(url).text
    for code in ("ABCDEFGH", "BCDEFGHK"):
        ticket(event, sheet=code)
    page = signed_in.get(url).text
    assert page.count('<article class="sheet questions">') == 2
    for shown in ("engage.test/f/ABCDEFGH", "Did people listen to you?", "هل استمعوا إليكم؟", "What was good?"):
        assert shown in page, shown
    assert blocks(page)[:2] == [("en", "ltr"), ("ar", "rtl")]
    sign_in(signed_in, make.person())
    assert signed_in.get(url).status_code == 404
