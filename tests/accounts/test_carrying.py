"""An ended session or token gives the filled form back; tokens guard every POST."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from sqlalchemy import select

from engage.accounts import actions, queries
from engage.accounts.models import Person, Ticket
from engage.core import db, pages
from engage.core.access import CLOCK
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.conftest import NOW

PASSWORD = "three old bridges"
HOSTILE = 'Amina "<b>"\n& ياسمين'


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOW, tick=False) as travel:
        yield travel


@pytest.fixture
def amina(app):
    with db.transaction():
        person_id = actions.create_account(
            email="amina@example.org", called="Amina", password=PASSWORD, locale="en", by=CLOCK, now=NOW
        )
    return queries.person(person_id)


@pytest.fixture
def guarded(app):
    """Forms ask for their token, as they do outside of tests."""
    app.config["WTF_CSRF_ENABLED"] = True
    yield app
    app.config["WTF_CSRF_ENABLED"] = False


def hidden(page, form_part):
    """Return the hidden fields of the form whose action or text holds a part."""
    form = next(form for form in re.findall(r"<form.*?</form>", page, re.DOTALL) if form_part in form)
    fields = {}
    for tag in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", form):
        fields[re.search(r'name="([^"]*)"', tag)[1]] = unescape(re.search(r'value="([^"]*)"', tag)[1])
    return fields


def by_password(client, page, email="amina@example.org", password=PASSWORD):
    return client.post("/en/sign-in", data={**hidden(page, "word-password"), "word-email": email, "word-password": password})


FORM = {"called": HOSTILE, "language": "ar"}


def test_a_form_sent_without_a_session_comes_back_filled(guarded, client, amina):
    page = client.post("/en/account/name", data={**FORM, "csrf_token": "old"})
    assert page.status_code == 401
    assert "What you wrote is kept" in page.text
    assert "ياسمين" not in page.text, "what is carried can't be read"
    wrong = by_password(client, page.text, password="a wrong guess")
    assert wrong.status_code == 422
    go_on = by_password(client, wrong.text)
    assert go_on.status_code == 200
    fields = hidden(go_on.text, "/en/account/name")
    assert fields == {**FORM, "csrf_token": ""}
    filled = client.post("/en/account/name", data=fields)
    assert filled.status_code == 422
    assert "please check it and send it once more" in filled.text
    assert "ياسمين" in filled.text
    sent = client.post("/en/account/name", data={**FORM, **hidden(filled.text, "called"), "called": "Amina"})
    assert sent.status_code == 303
    db.session().rollback()
    assert db.session().get(Person, amina.id).locale == "ar"


def test_it_comes_back_after_a_link_by_letter_too(guarded, client, amina):
    page = client.post("/en/account/name", data=FORM).text
    client.post("/en/sign-in/link", data={**hidden(page, "sign-in/link"), "link-email": "amina@example.org"})
    ticket = db.session().scalars(select(Ticket)).one()
    link = pages.link("ticket", ticket.id, 0, "en").removeprefix("https://engage.test")
    url = client.get(link).location
    go_on = client.post(url, data=hidden(client.get(url).text, "<button"))
    assert hidden(go_on.text, "/en/account/name")["called"] == HOSTILE
    db.session().rollback()
    assert db.session().scalars(select(Ticket.carried)).one() is None


def test_it_goes_along_to_registering_and_back(guarded, client, app):
    """Whoever has no account yet makes one, and goes on with what they wrote."""
    page = client.post("/en/my/events/new", data={"title": HOSTILE}).text
    sign_in_page = client.post("/en/register", data={**hidden(page, 'name="brought"'), "brought": "1"}).text
    back = client.post("/en/sign-in", data={**hidden(sign_in_page, 'name="brought"'), "brought": "1"}).text
    form = client.post("/en/register", data={**hidden(back, 'name="brought"'), "brought": "1"})
    assert form.status_code == 200
    assert "wrong-text" not in form.text
    asked = {"called": "Noor", "email": "noor@example.org", "language": "en", "conduct": "y", "privacy": "y"}
    assert client.post("/en/register", data={**hidden(form.text, 'name="called"'), **asked}).status_code == 303
    ticket = db.session().scalars(select(Ticket)).one()
    link = pages.link("ticket", ticket.id, 0, "en").removeprefix("https://engage.test")
    url = client.get(link).location
    go_on = client.post(url, data=hidden(client.get(url).text, "own_device"))
    assert hidden(go_on.text, "/en/my/events/new")["title"] == HOSTILE


def test_another_browser_is_not_given_the_form(app, client, amina):
    page = client.post("/en/account/name", data=FORM).text
    victim = app.test_client()
    answer = by_password(victim, page)
    assert (answer.status_code, answer.location) == (303, "/en/account/name"), "the page at most, never what was typed"


def test_another_person_is_not_given_the_form(client, amina):
    noor = make.person("Noor")
    sign_in(client, noor, expires_at=NOW)
    page = client.post("/en/account/name", data=FORM).text
    assert by_password(client, page).status_code == 303


def test_a_page_is_gone_on_with(client, amina):
    page = client.get("/en/account/sessions", follow_redirects=True).text
    assert by_password(client, page).location == "/en/account/sessions"


def test_passwords_and_tokens_are_not_carried(client, amina):
    sent = {"current": "x", "password": "secret words", "csrf_token": "t", "called": "Amina"}
    page = client.post("/en/account/password", data=sent).text
    fields = hidden(by_password(client, page).text, "/en/account/password")
    assert fields == {"called": "Amina", "csrf_token": ""}


def test_too_much_is_said_to_be_too_much(client, amina):
    page = client.post("/en/account/name", data={"called": "x" * 100_001})
    assert page.status_code == 401
    assert "too long to keep" in page.text


def test_what_is_carried_ends(client, amina, at_noon):
    page = client.post("/en/account/name", data=FORM).text
    at_noon.shift(timedelta(hours=12))
    assert by_password(client, page).location != "/en/account/name"


@pytest.mark.parametrize("forged", ["", "nonsense", "gAAAAA" * 20])
def test_what_is_carried_cannot_be_made_up(client, amina, forged):
    answer = client.post(
        "/en/sign-in", data={"word-email": "amina@example.org", "word-password": PASSWORD, "word-carried": forged}
    )
    assert answer.status_code == 303


def test_nobody_stores_text_with_us(client, amina):
    client.post("/en/sign-in/link", data={"link-email": "amina@example.org", "link-carried": "x" * 10_000})
    assert db.session().scalars(select(Ticket.carried)).one() is None


@pytest.mark.parametrize("path, data", [
    ("/en/sign-in", {"word-email": "amina@example.org", "word-password": PASSWORD}),
    ("/en/sign-in/link", {"link-email": "amina@example.org"}),
    ("/en/forgotten", {"email": "amina@example.org"}),
    ("/en/register", {"called": "N", "email": "n@example.org", "language": "en", "conduct": "y", "privacy": "y"}),
])
def test_coming_in_asks_for_the_token(guarded, client, amina, path, data):
    assert client.post(path, data=data).status_code == 422
    assert client.get("/en/account").status_code == 302


@pytest.mark.parametrize("path, data", [
    ("/en/sign-out", {}), ("/en/account/name", FORM), ("/en/account/address", {"email": "n@example.org"}),
    ("/en/account/reach", {"channel": "email"}), ("/en/account/password/drop", {}), ("/en/account/sessions/end", {}),
    ("/en/account/delete", {"typed": "delete"}),
])
def test_one_s_own_changes_ask_for_the_token(guarded, client, amina, path, data):
    sign_in(client, amina)
    client.post(path, data=data)
    db.session().rollback()
    person = db.session().get(Person, amina.id)
    assert (person.called, person.locale, person.deleted_at, person.password_hash is None) == ("Amina", "en", None, False)
    assert client.get("/en/account").status_code == 200


def test_public_pages_ask_nobody(client, amina):
    sign_in(client, amina)
    answer = client.get("/en/privacy")
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")


@pytest.mark.parametrize("path", ["password/drop", "sessions/end", "sessions/00000000-0000-0000-0000-000000000000/end"])
def test_a_button_pressed_too_late_says_so(guarded, client, amina, path):
    sign_in(client, amina)
    answer = client.post(f"/en/account/{path}", follow_redirects=True)
    assert "Please press the button once more." in answer.text
