"""Whoever opens the site lands in their language."""

import pytest

from engage.core import db
from tests import factories as make
from tests.accounts.signing import sign_in


@pytest.mark.parametrize(("accepted", "cookie", "lands"), [
    ("", None, "/en/"),
    ("ar-EG,ar;q=0.9,en;q=0.5", None, "/ar/"),
    ("xx,de;q=0.8", None, "/en/"),
    ("fr", "es", "/es/"),
    ("fr", "xx", "/fr/"),
])
def test_a_stranger_is_led_by_the_cookie_then_by_the_browser(client, accepted, cookie, lands):
    if cookie:
        client.set_cookie("lang", cookie)
    answer = client.get("/", headers={"Accept-Language": accepted})
    assert (answer.status_code, answer.location) == (302, lands)
    assert {"Cookie", "Accept-Language"} <= set(answer.vary)
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_the_language_of_the_account_comes_first(client):
    with db.transaction():
        person = make.person(locale="ar")
    sign_in(client, person)
    client.set_cookie("lang", "fr")
    assert client.get("/", headers={"Accept-Language": "es"}).location == "/ar/"


def test_a_public_page_sets_no_cookie_and_one_that_depends_on_its_reader_remembers_the_language(client):
    assert "Set-Cookie" not in client.get("/fr/help").headers
    answer = client.get("/fr/my")
    assert "lang=fr" in answer.headers["Set-Cookie"]
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    assert not [value for value in client.get("/fr/my").headers.getlist("Set-Cookie") if value.startswith("lang=")]
    assert client.get("/").location == "/fr/"


def test_every_page_names_the_languages_by_their_own_names(client):
    page = client.get("/en/help").text
    for path, name in (("/en/help", "English"), ("/fr/help", "Français"), ("/es/help", "Español"), ("/ar/help", "العربية")):
        assert f'href="{path}"' in page
        assert name in page
    assert '<link rel="alternate" hreflang="fr" href="https://engage.test/fr/help">' in page


def test_a_language_the_city_does_not_offer_is_no_page(client):
    assert client.get("/de/help").status_code == 404
