"""Help, hosting, legal pages, errors: the same for everybody, with a way on."""

from datetime import timedelta

import pytest

from engage.accounts.models import Document
from engage.core import city, clock, db
from engage.core.text import Localized
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.conftest import NOW


@pytest.mark.parametrize("path", ["", "host", "help", "conduct", "privacy", "legal"])
@pytest.mark.parametrize("locale", ["en", "ar"])
def test_public_pages_are_the_same_for_everybody_and_light(app, client, path, locale):
    with db.transaction():
        person = make.person("Amina")
    stranger = client.get(f"/{locale}/{path}")
    sign_in(client, person)
    assert client.get(f"/{locale}/{path}").data == stranger.data
    assert "public" in stranger.headers["Cache-Control"]
    light = app.test_client().get(f"/{locale}/{path}", headers={"Accept-Encoding": "gzip"})
    assert len(light.data) < 12_000


def test_a_public_page_with_parts_of_other_features_heeds_no_cookie(client):
    with db.transaction():
        person, way = make.person("Amina"), make.programme(slug="tables")
        make.event("Dinner in Dallow", of=way)
    stranger = client.get("/en/ways/tables")
    sign_in(client, person)
    answer = client.get("/en/ways/tables")
    assert "Dinner in Dallow" in answer.text
    assert answer.data == stranger.data
    assert "Cookie" not in answer.vary


def test_the_direction_follows_the_language(client):
    assert '<html lang="ar" dir="rtl">' in client.get("/ar/help").text


def document(kind, version, locale, body):
    return Document(kind=kind, version=version, locale=locale, body=body, published_at=NOW - timedelta(days=9 - version))


def test_documents_show_the_version_in_force_and_say_when_it_is_in_another_language(client):
    with db.transaction() as session:
        session.add(document("conduct", 1, "en", "Old"))
        session.add_all([document("conduct", 2, "en", "Be *kind*"), document("conduct", 2, "fr", "Soyez gentils")])
    assert "Be <em>kind</em>" in client.get("/en/conduct").text
    assert "Soyez gentils" in client.get("/fr/conduct").text
    page = client.get("/ar/conduct").text
    assert '<div lang="en" dir="ltr">' in page
    assert "Old" not in page


def test_what_the_city_wrote_itself_is_shown(client):
    with db.transaction():
        city.change(legal_notice=Localized.of("en", "The mayor answers."), privacy=Localized.of("en", "We keep little."))
    assert "The mayor answers." in client.get("/en/legal").text
    assert "We keep little." in client.get("/en/privacy").text
    assert "has not written this yet" in client.get("/en/conduct").text


def test_contact_stands_on_every_page(client):
    with db.transaction():
        city.change(contact_phone="01582 546 000", contact_email="meet@luton.example", contact_address="Town Hall\nLuton")
    for path in ("/en/", "/en/help", "/en/no-such-page"):
        page = client.get(path).text
        assert 'href="tel:01582546000"' in page
        assert 'href="mailto:meet@luton.example"' in page


@pytest.mark.parametrize("path", ["/en/no-such-page", "/no/such/page", "/en/neighbourhoods/nowhere"])
def test_an_error_speaks_plainly_and_leads_on(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert "There is nothing here" in answer.text
    assert 'href="/en/"' in answer.text


def test_an_ended_link_says_what_to_do(client):
    answer = client.get("/en/link/place/8a0f6c52-1b7e-4f7e-9c55-0d2f3a6b9e11/wrong")
    assert answer.status_code == 404
    assert "newest letter" in answer.text


def test_a_failure_tells_nothing_of_itself(client, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: 1 / 0)
    answer = client.get("/fr/help")
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.text
    assert "ZeroDivisionError" not in answer.text


def test_without_a_database_there_is_still_a_page(client, monkeypatch):
    monkeypatch.setattr(city, "_read", lambda: 1 / 0)
    city.forget()
    answer = client.get("/fr/help")
    assert answer.status_code == 500
    assert '<p lang="fr">' in answer.text
