"""What a consultation looks like to residents and staff."""

import re

import pytest
import time_machine
from sqlalchemy import select

from engage.concerns.queries import consulting as queries
from engage.concerns.rules.consulting import ConsultationState
from engage.concerns.views import consulting as views
from engage.core import db, i18n
from engage.core.access import Role
from engage.core.text import Localized
from engage.messages import letters
from engage.messages.models import OutboxLetter
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


def chosen(of, *names):
    ids = {one.name.shown("en").text: str(one.id) for one in queries.themes(of)}
    return {f"place_{place}": ids.get(name, name) for place, name in enumerate(names, 1)}


@pytest.mark.parametrize("number", [2, 5])
@pytest.mark.parametrize("path", ["/en/consultations", "/en/consultations/dallow", "/ar/consultations/dallow"])
def test_two_statements_are_all_and_none_for_whoever_knows_it(client, number, path):
    consultation(slug="dallow", themes=[f"Theme {turn}" for turn in range(number)])
    client.get("/en/consultations")  # what the process keeps
    with counted() as statements:
        answer = client.get(path)
    assert answer.status_code == 200
    assert len(statements) <= 2
    assert "Set-Cookie" not in answer.headers
    with counted() as statements:
        assert client.get(path, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert len(statements) <= 1


def test_programme_and_neighbourhood_lead_there(client):
    area = make.neighbourhood(code="DAL")
    of = make.programme(slug="cares")
    theme(of)
    consultation(of, slug="dallow", neighbourhood_id=area.id)
    for path in ("/en/neighbourhoods/DAL", "/en/ways/cares"):
        assert "/en/consultations/dallow" in client.get(path).text, path


def test_without_an_account_one_gives_an_address_and_gets_a_letter(client, asked):
    form = client.get("/ar/consultations/dallow/rank")
    sent = {**chosen(asked, "Parks", "Crime"), "email": "noor@example.org", "key": key(form)}
    answer = client.post("/ar/consultations/dallow/rank", data=sent)
    assert answer.status_code == 303
    row = db.session().scalars(select(OutboxLetter)).one()
    letter = letters.KINDS[row.kind].render(row.facts, NOW)
    written = letters.write(letter)
    assert letter.locale == "ar"
    assert written.text.index("Parks") < written.text.index("Crime")
    link = re.search(r"https://engage.test(/\S+)", written.text)[1]
    page = client.get(link, follow_redirects=True)
    assert "Parks" in page.text
    confirm = re.search(r'action="(/ar/rankings/[^"]+)"', page.text)[1]
    assert client.post(confirm, follow_redirects=True).status_code == 200
    assert queries.numbers(asked.id).online == 1


def send(client, of, number, *, email="", theme="Parks"):
    form = {**chosen(of, theme), "email": email or f"guest.{number}@example.org", "key": f"form-of-a-guest-{number:04}"}
    return client.post("/fr/consultations/dallow/rank", data=form)


def test_a_town_hall_behind_one_network_is_counted(client, asked):
    assert {send(client, asked, number).status_code for number in range(100)} == {303}
    assert queries.numbers(asked.id).unproven == 100


@pytest.mark.parametrize("rate, email", [("NETWORK_RATE", ""), ("ADDRESS_RATE", "noor@example.org")])
def test_beyond_the_limit_nobody_believes_to_be_counted(client, asked, monkeypatch, rate, email):
    monkeypatch.setattr(views, rate, "2 per hour")
    answers = [send(client, asked, number, email=email) for number in range(3)]
    assert [answer.status_code for answer in answers] == [303, 303, 429]
    with i18n.speaking("fr"):
        assert views.too_often() in answers[-1].get_data(as_text=True)
    assert f'selected value="{chosen(asked, "Parks")["place_1"]}"' in answers[-1].text
    assert f'value="{email or "guest.2@example.org"}"' in answers[-1].text


def test_what_is_not_whole_yet_counts_towards_no_limit(client, asked, monkeypatch):
    monkeypatch.setattr(views, "ADDRESS_RATE", "1 per hour")
    for _turn in range(3):
        assert send(client, asked, 1, email="noor@example.org", theme="nonsense").status_code == 422
    assert send(client, asked, 1, email="noor@example.org").status_code == 303


@pytest.mark.parametrize("names, wrong, message", [
    ((), {}, "Please choose at least one theme."),
    (("Parks",), {"email": ""}, "Please give your email address."),
    (("Parks", "Parks"), {}, "You chose the same theme twice."),
    (("Parks",), {"place_1": "nonsense"}, "Please choose one of the list."),
])
def test_what_is_wrong_is_said_beside_its_field_and_the_rest_stays(client, asked, names, wrong, message):
    form = client.get("/en/consultations/dallow/rank")
    sent = {**chosen(asked, *names), "email": "noor@example.org", "key": key(form), **wrong}
    answer = client.post("/en/consultations/dallow/rank", data=sent)
    assert answer.status_code in (409, 422)
    assert message in answer.text
    if sent["email"]:
        assert 'value="noor@example.org"' in answer.text


def test_who_has_an_account_is_reminded_of_what_they_chose(client, asked):
    person = make.person()
    make.contact(person)
    sign_in(client, person)
    for names in (("Parks",), ("Youth",)):
        form = client.get("/en/consultations/dallow/rank")
        client.post("/en/consultations/dallow/rank", data={**chosen(asked, *names), "key": key(form)})
    assert "You have answered already" in client.get("/en/consultations/dallow/rank").text
    assert queries.numbers(asked.id).online == 1


def test_before_its_time_there_is_nothing_to_choose(client):
    consultation(slug="early", state=ConsultationState.COLLECTING)
    assert "There is nothing to choose just now." in client.get("/en/consultations/early/rank").text
    assert "rank" not in client.get("/en/consultations/early").text.split("<main")[1].split("</main")[0]


# --- staff -------------------------------------------------------------------------------------------


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
    for part, said in (("sheets", "Sheets are entered while"), ("close", "Priorities are agreed on while")):
        page = desk.get(f"/en/desk/consultations/{early.id}/{part}").text.partition("<main")[2]
        assert said in page
        assert "<form" not in page


def test_a_title_that_is_missing_is_asked_for_beside_it(desk, asked):
    sent = {"programme": str(asked.programme_id), "most_ranked": "3", "question_en": "What first?"}
    answer = desk.post("/en/desk/consultations/new", data=sent)
    assert 'id="title_en-wrong">Please give it a title in at least one language.' in answer.text
    assert "What first?</textarea>" in answer.text


@pytest.mark.parametrize("sheets, message", [
    ("1 2\n1 1", "Line 2: please give the numbers of different themes"),
    ("first", "Line 1: please give"),
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


def test_text_in_another_language_is_marked(client):
    consultation(slug="only-english", title=Localized.of("en", "What matters?"))
    assert 'lang="en" dir="ltr">What matters?' in client.get("/ar/consultations/only-english").text
