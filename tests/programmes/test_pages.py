"""A way of meeting in plain words, for everybody, with what is coming."""

import gzip

import pytest
import time_machine

from engage.core import db
from engage.core.access import CLOCK
from engage.core.assets import STATIC
from engage.core.text import Localized
from engage.programmes import actions, queries
from engage.programmes.models import Programme
from tests import factories as make
from tests.conftest import NOW
from tests.statements import counted


@pytest.fixture(autouse=True)
def frozen(app):
    with time_machine.travel(NOW, tick=False):
        yield


def install(kit="dialogue_dinner", **values):
    with db.transaction():
        programme = actions.install_kit(kit=kit, by=CLOCK, now=NOW)
        for name, value in values.items():
            setattr(programme, name, value)
    return db.session().get(Programme, programme.id)


@pytest.mark.parametrize("locale, title, guests", [
    ("en", "Dialogue dinner", "10 to 12"), ("fr", "Dîner de dialogue", ""), ("es", "Cena de diálogo", ""),
    ("ar", "عشاء حوار", ""),
])
def test_the_page_speaks_the_reader_s_language(client, locale, title, guests):
    install()
    page = client.get(f"/{locale}/ways/dialogue-dinners").text
    assert f"<h1>{title}</h1>" in page
    assert guests in page


def test_a_text_in_another_language_says_so(client):
    install(description=Localized.of("ar", "تعالوا"))
    page = client.get("/en/ways/dialogue-dinners").text
    assert '<div lang="ar" dir="rtl">' in page
    assert "Written in Arabic." in page


def test_what_is_coming_is_shown(client):
    make.event("Soup in Dallow", of=install())
    make.event("Elsewhere", of=install("town_hall"))
    page = client.get("/en/ways/dialogue-dinners").text
    assert "Soup in Dallow" in page
    assert "Elsewhere" not in page


@pytest.mark.parametrize("kit, who", [
    ("dialogue_dinner", "You take part in a training"), ("town_hall", "The city invites to these."),
])
def test_how_to_host_depends_on_who_may(client, kit, who):
    assert who in client.get(f"/en/ways/{install(kit).slug}").text


def test_themes_are_named(client):
    assert "Parks and play" in client.get(f"/en/ways/{install('neighbourhood_meeting').slug}").text


def test_what_has_ended_or_never_was_is_not_found(client):
    install(is_active=False)
    assert client.get("/en/ways/dialogue-dinners").status_code == 404
    assert client.get("/en/ways/banquets").status_code == 404


def test_words_of_the_city_stay_text(client):
    install(description=Localized.of("en", "<svg onload=alert(1)> {{7*7}} [x](javascript:alert(1))"))
    page = client.get("/en/ways/dialogue-dinners").text
    assert "<svg onload" not in page
    assert 'href="javascript' not in page
    assert "{{7*7}}" in page


@pytest.mark.parametrize("themes", [0, 3])
def test_the_page_needs_two_statements(client, themes):
    programme = install()
    with db.transaction():
        names = [(None, Localized.of("en", f"Theme {number}")) for number in range(themes)]
        version = queries.programme(programme.id).version
        actions.change_themes(
            programme_id=programme.id, version=version, themes=names, by=make.actor(None, "administrator"), now=NOW,
        )
    client.get("/en/consultations")  # what the process keeps
    with counted() as statements:
        assert client.get("/en/ways/dialogue-dinners").status_code == 200
    assert len(statements) == 2, statements


def test_the_page_is_light_sets_no_cookie_and_is_known_again(client):
    install()
    answer = client.get("/ar/ways/dialogue-dinners")
    assert "Set-Cookie" not in answer.headers
    assert len(gzip.compress(answer.data, 6)) + len(gzip.compress((STATIC / "engage.css").read_bytes(), 6)) <= 20_000
    assert client.get("/ar/ways/dialogue-dinners", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
