"""What holds for every public page: no cookie, two statements, little weight, an ETag that tells."""

import gzip
import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import text as sql

from engage.core import db, i18n
from engage.core.access import Role
from engage.core.pages.panels import render_panels
from engage.core.text import Localized
from engage.events.actions.seats import take_seats
from engage.events.actions.state import grow_listing
from engage.events.models import ListingVersion
from engage.events.queries import listing, showing
from engage.events.rules import State
from engage.places.actions import import_neighbourhoods
from tests import factories as make
from tests.conftest import NOW
from tests.events.public import at_noon, in_days, text, titles  # noqa: F401 - a fixture among them
from tests.statements import counted

pytestmark = pytest.mark.usefixtures("at_noon")
STATIC = Path(__file__).parents[2] / "engage" / "static"
LIGHT = 20 * 1024


def every_page(event):
    return ["/en/events", "/en/events/calendar", f"/en/events/{event.slug}", f"/ar/events/{event.slug}"]


def test_public_pages_set_no_cookie_and_heed_none(app, client):
    event = in_days(3)
    client.set_cookie("engage", "nonsense")
    for path in every_page(event):
        response = client.get(path)
        assert "Set-Cookie" not in response.headers
        assert "Cookie" not in response.headers["Vary"]
        assert response.headers["Cache-Control"].startswith("public")


@pytest.mark.parametrize("number", [1, 3])
def test_two_statements_are_all(app, client, number):
    events = [in_days(3 + turn, languages=("en", "ur", "bn")) for turn in range(number)]
    for event in events:
        for turn in range(number):
            make.event_person(event, called=f"Host {turn}")
    client.get("/en/events")  # what the process keeps: the city's settings, its areas and programmes
    for path in every_page(events[0]):
        with counted() as statements:
            text(client.get(path))
        assert len(statements) == 2, (path, statements)
        with counted() as statements:
            etag = client.get(path).headers["ETag"]
            statements.clear()
            assert client.get(path, headers={"If-None-Match": etag}).status_code == 304
        assert len(statements) == 1, path


def real_city():
    """The map is as heavy as the city's shapes: take the largest real one where there are some."""
    files = Path(os.environ.get("ENGAGE_TEST_PLACES", "/nowhere")).glob("*.geojson")
    for largest in sorted(files, key=lambda file: file.stat().st_size)[-1:]:
        with db.transaction():
            import_neighbourhoods(content=largest.read_bytes(), by=make.actor(None, Role.ADMINISTRATOR), now=NOW)


def test_a_full_page_with_its_styles_is_light(app, client):
    area = make.neighbourhood("Saint-Germain-des-Prés")
    real_city()
    for number in range(30):
        in_days(
            number // 4 + 1, area=area, languages=("en", "ur", "bn"), seats_taken=number % 13,
            is_step_free=True, has_childcare=True,
            title=f"{number}: an evening of recipes that we brought with us from {number} streets around the park",
        )
    event = in_days(2, description=Localized.of("en", " ".join(f"word{number}" for number in range(400))))
    css = len(gzip.compress((STATIC / "engage.css").read_bytes(), 6))
    for path in every_page(event):
        response = client.get(path, headers={"Accept-Encoding": "gzip"})
        assert response.headers["Content-Encoding"] == "gzip"
        assert len(gzip.compress(gzip.decompress(response.data), 6)) + css <= LIGHT, path


def test_no_page_calls_another_host(app, client):
    event = in_days(3)
    for path in every_page(event):
        page = text(client.get(path))
        loaded = re.findall(r'(?:src|<link rel="(?:stylesheet|icon|preload)" href)="([^"]+)"', page)
        assert loaded
        assert all(url.startswith("/static/") for url in loaded)
        assert "style=" not in page


def etags(client, paths):
    return [client.get(path).headers["ETag"] for path in paths]


def test_the_etag_changes_with_what_is_shown_and_not_otherwise(app, client):
    event = in_days(3, capacity=12, seats_taken=0)
    paths = ["/en/events", f"/en/events/{event.slug}"]
    first = etags(client, paths)
    with db.transaction() as session:
        take_seats(event=session.get(type(event), event.id), seats=1)
    assert etags(client, paths) == first  # still plenty
    with db.transaction() as session:
        take_seats(event=session.get(type(event), event.id), seats=8)
    few = etags(client, paths)
    assert all(new != old for new, old in zip(few, first, strict=True))
    with db.transaction() as session:
        row = session.get(type(event), event.id)
        row.title = Localized.of("en", "Another name")
        grow_listing(row)
    renamed = etags(client, paths)
    assert all(new != old for new, old in zip(renamed, few, strict=True))
    with db.transaction() as session:
        row = session.get(type(event), event.id)
        row.state = State.CANCELLED
        grow_listing(row)
    assert all(new != old for new, old in zip(etags(client, paths), renamed, strict=True))


def test_the_etag_changes_when_a_meeting_begins_and_when_a_day_does(app, client):
    event = make.event(starts_at=NOW + timedelta(hours=2), ends_at=NOW + timedelta(hours=4))
    paths = ["/en/events", f"/en/events/{event.slug}"]
    first = etags(client, paths)
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        assert etags(client, paths) == first
    with time_machine.travel(NOW + timedelta(hours=3), tick=False):
        assert all(new != old for new, old in zip(etags(client, paths), first, strict=True))
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        assert all(new != old for new, old in zip(etags(client, paths), first, strict=True))


def test_etags_differ_by_language_and_filters(app, client):
    in_days(3)
    seen = etags(client, ["/en/events", "/fr/events", "/en/events?language=en", "/en/events/calendar"])
    assert len(set(seen)) == 4


def test_a_kept_page_is_served_to_its_own_language_only(app, client):
    kept = app.extensions["engage_config"]
    object.__setattr__(kept, "page_cache", True)
    try:
        in_days(3)
        for _ in range(2):
            assert '<html lang="en" dir="ltr">' in text(client.get("/en/events"))
            assert '<html lang="ar" dir="rtl">' in text(client.get("/ar/events"))
            packed = client.get("/en/events", headers={"Accept-Encoding": "gzip"})
            assert gzip.decompress(packed.data).decode() == text(client.get("/en/events"))
        with counted() as statements:
            client.get("/ar/events")
        assert len(statements) == 1
    finally:
        object.__setattr__(kept, "page_cache", False)


def test_the_etag_of_a_304_is_that_of_the_page(app, client):
    in_days(3)
    response = client.get("/en/events")
    for header in (response.headers["ETag"], f'"x", {response.headers["ETag"]}', f'W/{response.headers["ETag"]}', "*"):
        again = client.get("/en/events", headers={"If-None-Match": header})
        assert again.status_code == 304
        assert again.headers["ETag"] == response.headers["ETag"]
        assert again.data == b""
    assert client.get("/en/events", headers={"If-None-Match": '"other"'}).status_code == 200



def test_counts_by_neighbourhood(app):
    dallow, saints = make.neighbourhood("Dallow"), make.neighbourhood("Saints")
    for days, area in ((1, dallow), (2, dallow), (3, saints), (-1, saints)):
        in_days(days, area=area)
    in_days(4, area=dallow, state=State.DRAFT)
    assert listing.counts_by_neighbourhood(NOW) == {dallow.id: 2, saints.id: 1}
    assert listing.overview(2, now=NOW).counts == {dallow.id: 2, saints.id: 1}
    assert len(listing.overview(2, now=NOW).cards) == 2


def test_panels_show_what_is_coming(app, client):
    event = in_days(3, area=make.neighbourhood("Ward"), title="Near you")
    programme = event.programme_id
    with app.test_request_context("/en/events"):
        app.preprocess_request()
        i18n.choose("en")
        assert "Near you" in render_panels("programme", db.session().get(make.programme().__class__, programme))
        assert "Nothing is planned yet" in render_panels("programme", make.programme())


def test_the_version_is_one_row(app):
    assert listing.version(NOW) == "0-0"
    event = in_days(3)
    with db.transaction() as session:
        grow_listing(session.get(type(event), event.id))
    assert listing.version(NOW).startswith("1-")
    assert db.session().get(ListingVersion, 1).number == 1
    assert showing.glance(event.slug, NOW).event_id == event.id


@pytest.mark.postgresql  # SQLite has no connections that drop
def test_a_dropped_connection_is_replaced(app, client):
    in_days(3)
    assert titles(text(client.get("/en/events"))) == ["Dinner in Dallow"]
    with db.db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        theirs = "query LIKE 'SELECT (SELECT listing_version%' AND pid <> pg_backend_pid()"
        assert connection.scalar(sql(f"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE {theirs}"))
    assert listing.version(NOW) == f"0-{(NOW + timedelta(days=3)).timestamp():.0f}"
