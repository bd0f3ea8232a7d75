"""What a consultation looks like to residents."""

import re

import pytest
import time_machine
from sqlalchemy import select

from engage.concerns.models import Consultation, Ranking
from engage.concerns.queries import consulting as queries
from engage.concerns.rules.consulting import ConsultationState
from engage.concerns.views import consulting as views
from engage.core import db, i18n
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
    (("Parks", "Crime", "Parks"), {}, 'id="place_3-wrong">You chose the same theme twice.'),
    (("Parks", "Parks", "Parks"), {}, 'id="place_3-wrong">You chose the same theme twice.'),
    (("Parks", "", "Crime"), {"email": "nobody"}, "This does not look like an email address."),
    (("Parks",), {"place_1": "nonsense"}, "Please choose one of the list."),
])
def test_what_is_wrong_is_said_beside_its_field_and_the_rest_stays(client, asked, names, wrong, message):
    form = client.get("/en/consultations/dallow/rank")
    sent = {**chosen(asked, *names), "email": "noor@example.org", "key": key(form), **wrong}
    answer = client.post("/en/consultations/dallow/rank", data=sent)
    assert answer.status_code in (409, 422)
    assert message in answer.text
    if sent["email"]:
        assert f'value="{sent["email"]}"' in answer.text


def test_there_are_no_more_places_than_themes(client):
    consultation(slug="two", themes=("Crime", "Parks"), most_ranked=10)
    assert client.get("/en/consultations/two/rank").text.count("<select") == 2


def test_a_theme_of_another_consultation_is_none_of_the_list(client, asked):
    other = consultation(slug="other")
    form = {**chosen(other, "Crime"), "email": "noor@example.org", "key": "a-form-of-her-own"}
    answer = client.post("/en/consultations/dallow/rank", data=form)
    assert answer.status_code == 422
    assert 'id="place_1-wrong">Please choose one of the list.' in answer.text


def test_after_the_end_nothing_is_sent(client, asked):
    with db.transaction() as session:
        session.get(Consultation, asked.id).state = ConsultationState.CLOSED
    form = {**chosen(asked, "Crime"), "email": "noor@example.org", "key": "a-form-of-her-own"}
    answer = client.post("/en/consultations/dallow/rank", data=form)
    assert answer.status_code == 409
    assert "There is nothing to choose just now." in answer.text
    assert not db.session().scalars(select(Ranking)).all()


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


@pytest.mark.parametrize("state", [ConsultationState.COLLECTING, ConsultationState.RANKING])
def test_no_number_is_public_before_the_end(client, state):
    area = make.neighbourhood(code="DAL")
    of = make.programme(slug="cares")
    theme(of), theme(of, "Parks")
    asked = consultation(of, slug="dallow", state=state, neighbourhood_id=area.id)
    for _turn in range(77):
        ranking(asked, queries.themes(asked)[0])
    for path in ("consultations/dallow", "consultations/dallow/rank", "consultations", "neighbourhoods/DAL", "ways/cares"):
        page = client.get(f"/en/{path}").text
        words = re.sub(r"<[^>]+>", " ", page.partition("<main")[2].partition("</main")[0])
        assert not {"77", "231"} & set(re.findall(r"\d+", words)), path


def test_text_in_another_language_is_marked(client):
    consultation(slug="only-english", title=Localized.of("en", "What matters?"))
    assert 'lang="en" dir="ltr">What matters?' in client.get("/ar/consultations/only-english").text
