"""What staff do with a consultation on their screens."""

import re

import pytest
import time_machine
from sqlalchemy import delete

from engage.concerns.models import Ranking
from engage.concerns.queries import consulting as queries
from engage.concerns.rules.consulting import ConsultationState
from engage.core import db, i18n
from engage.core.access import Role
from engage.events.models import EventPerson
from engage.events.rules import PersonRole
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.conftest import NOW
from tests.factories.consulting import consultation, ranking, theme
from tests.statements import counted


@pytest.fixture(autouse=True)
def still():
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def asked(app):
    return consultation(slug="dallow")


def key(page):
    return re.search(r'name="key"[^>]*value="([^"]+)"', page.text)[1]


@pytest.fixture
def desk(client):
    staff = make.person("Odile")
    make.grant(staff, Role.STAFF)
    sign_in(client, staff)
    return client


def test_staff_begin_run_and_close_one(desk):
    of = make.programme()
    for name in ("Crime", "Parks", "Youth", "Roads"):
        theme(of, name)
    meeting = make.event(programme_id=of.id)
    texts = {"title_en": "What matters in Saints?", "title_ar": "ما الأهم؟"}
    new = {"programme": str(of.id), "neighbourhood": "", "most_ranked": "3", **texts}
    assert desk.post("/en/desk/consultations/new", data=new).status_code == 303
    found = queries.by_slug("what-matters-in-saints")
    here = f"/en/desk/consultations/{found.id}"
    assert "Let people choose now" in desk.get(here).text
    desk.post(f"{here}/start")
    form = desk.get(f"{here}/sheets")
    batch = {"key": key(form), "meeting": str(meeting.id), "sheets": "2 1\n2\n\n٣"}
    assert desk.post(f"{here}/sheets", data=batch).status_code == 303
    close = desk.get(f"{here}/close").text
    places = dict(re.findall(r'name="(place_[^"]+)"[^>]*value="(\d)"', close))
    assert desk.post(f"{here}/close", data={**places, "conclusion_en": "Parks come first."}).status_code == 303
    page = desk.get("/en/consultations/what-matters-in-saints").text
    assert "Parks come first." in page
    assert page.index("1. <span>Parks") < page.index("2. <span>Youth")


def test_two_themes_in_one_place_are_for_people_to_order(desk, asked):
    here = f"/en/desk/consultations/{asked.id}/close"
    places = dict(re.findall(r'name="(place_[^"]+)"[^>]*value="(\d)"', desk.get(here).text))
    answer = desk.post(here, data={**dict.fromkeys(places, "1"), "conclusion_en": "Parks come first."})
    assert answer.status_code == 422
    assert answer.text.count('class="wrong-text"') == len(places) - 1
    assert "Parks come first.</textarea>" in answer.text


def test_what_can_t_be_done_yet_has_no_form(desk, asked):
    early = consultation(slug="early", state=ConsultationState.COLLECTING)
    assert "there is none here yet" in desk.get(f"/en/desk/consultations/{asked.id}/sheets").text
    over = consultation(slug="over", state=ConsultationState.CLOSED)
    for of, part, said in (
        (early, "sheets", "Sheets are entered while"), (early, "close", "Priorities are agreed on while"),
        (over, "sheets", "Sheets are entered while"), (over, "texts", "stays as it was"),
    ):
        page = desk.get(f"/en/desk/consultations/{of.id}/{part}").text.partition("<main")[2]
        assert said in page
        assert "<form" not in page


def test_a_title_that_is_missing_is_asked_for_beside_it(desk, asked):
    sent = {"programme": str(asked.programme_id), "most_ranked": "3", "question_en": "What first?"}
    answer = desk.post("/en/desk/consultations/new", data=sent)
    assert 'id="title_en-wrong">Please give it a title in at least one language.' in answer.text
    assert "What first?</textarea>" in answer.text


def test_without_a_place_nothing_is_agreed_on(desk, asked):
    ranking(asked, queries.themes(asked)[0])
    here = f"/en/desk/consultations/{asked.id}/close"
    places = re.findall(r'name="(place_[^"]+)"', desk.get(here).text)
    for nothing in ({}, dict.fromkeys(places, "")):
        answer = desk.post(here, data=nothing)
        assert answer.status_code == 409
        assert "Please give at least one theme a place." in answer.text
    assert queries.one(asked.id).state == ConsultationState.RANKING


def test_a_batch_sent_before_is_said_to_be(desk, asked):
    meeting = make.event(programme_id=asked.programme_id)
    here = f"/en/desk/consultations/{asked.id}/sheets"
    sent = {"key": key(desk.get(here)), "meeting": str(meeting.id), "sheets": "1 2"}
    assert "1 sheet entered." in desk.post(here, data=sent, follow_redirects=True).text
    assert "nothing was entered twice" in desk.post(here, data={**sent, "sheets": "1\n2"}, follow_redirects=True).text
    assert queries.numbers(asked.id).paper == 1


def test_who_only_hosts_has_no_business_here(client, asked):
    host = make.person()
    make.contact(host)
    event = make.event(programme_id=asked.programme_id)
    make.keep(EventPerson(event_id=event.id, person_id=host.id, role=PersonRole.HOST, called="Host"))
    sign_in(client, host)
    here = f"/en/desk/consultations/{asked.id}"
    for part in ("", "/texts", "/sheets", "/paper", "/close"):
        assert client.get(f"{here}{part}").status_code in (403, 404), part
    assert client.post(f"{here}/start").status_code in (403, 404)


@pytest.mark.parametrize("sheets, message", [
    ("1 2\n1 1", "Line 2: please give the numbers of different themes"),
    ("first", "Line 1: please give"), ("1 2\n\n\n9", "Line 2: please give"),
    ("", "Please enter at least one sheet."),
    ("1\n" * 501, "At most 500 sheets at a time."),
])
def test_a_batch_with_a_mistake_is_given_back_whole(desk, asked, sheets, message):
    meeting = make.event(programme_id=asked.programme_id)
    here = f"/en/desk/consultations/{asked.id}/sheets"
    answer = desk.post(here, data={"key": key(desk.get(here)), "meeting": str(meeting.id), "sheets": sheets})
    assert answer.status_code in (409, 422)
    assert message in answer.text
    assert queries.numbers(asked.id).paper == 0


def test_the_paper_sheet_speaks_the_language_of_its_page(desk, asked):
    page = desk.get(f"/ar/desk/consultations/{asked.id}/paper").text
    assert 'dir="rtl"' in page
    with i18n.speaking("ar"):
        assert i18n.gettext("Please write no name: nobody needs to know what you chose.") in page


def test_no_sheet_is_printed_before_its_numbers_are_fixed(desk):
    early = consultation(state=ConsultationState.COLLECTING)
    here = f"/en/desk/consultations/{early.id}"
    assert "no fixed numbers" in desk.get(f"{here}/paper").text
    assert "/paper" not in desk.get(here).text
    desk.post(f"{here}/start")
    assert "/paper" in desk.get(here).text


def test_the_page_that_begins_one_sent_twice_leads_to_the_one_made(desk, asked):
    page = desk.get("/en/desk/consultations/new")
    sent = {"key": key(page), "programme": str(asked.programme_id), "most_ranked": "3", "title_en": "What first?"}
    answers = [desk.post("/en/desk/consultations/new", data=sent) for _twice in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location


@pytest.mark.parametrize("part", ["", "/texts", "/sheets", "/paper", "/close"])
def test_staff_of_elsewhere_find_nothing(client, part):
    here, there = make.neighbourhood(), make.neighbourhood()
    asked = consultation(neighbourhood_id=here.id)
    staff = make.person()
    make.grant(staff, Role.STAFF, area=there)
    sign_in(client, staff)
    assert client.get(f"/en/desk/consultations/{asked.id}{part}").status_code == 404
    assert asked.slug not in client.get("/en/desk/consultations").text


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_much_of_one_as_of_three(desk, number):
    for _turn in range(number):
        consultation()
    desk.get("/en/desk/consultations")
    with counted() as statements:
        page = desk.get("/en/desk/consultations")
    assert page.text.count("What matters in Dallow?") == number
    assert len(statements) == 2


def test_the_standing_is_seen_by_staff_before_anybody_else(desk, asked):
    named = {one.name.shown("en").text: one for one in queries.themes(asked)}
    ranking(asked, named["Parks"])
    assert "Parks" in desk.get(f"/en/desk/consultations/{asked.id}").text
    assert "Chosen first" not in desk.get("/en/consultations/dallow").text


def test_staff_go_on_seeing_what_was_published(desk, asked):
    named = {one.name.shown("en").text: one for one in queries.themes(asked)}
    ranking(asked, named["Parks"])
    here = f"/en/desk/consultations/{asked.id}"
    assert desk.post(f"{here}/close", data={f"place_{named['Parks'].id}": "1"}).status_code == 303
    with db.transaction() as session:
        session.execute(delete(Ranking))  # a year later
    make.concern(theme_id=named["Parks"].id, programme_id=asked.programme_id)
    page = desk.get(here).text
    row = re.search(r"Parks.*?</tr>", page, re.DOTALL)[0]
    assert re.findall(r'class="number"[^>]*>(\d+)<', row) == ["3", "1", "1", "0"]
    assert "Answered on the site" not in page
