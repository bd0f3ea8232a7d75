"""Meetings in calendars, feed readers and search engines; and a home in none of them."""

import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
import time_machine
from icalendar import Calendar
from sqlalchemy import select

from engage.core import db
from engage.core.access import CLOCK
from engage.core.text import Localized
from engage.events import adapters
from engage.events.actions.state import grow_listing
from engage.events.models import Event
from engage.events.queries import showing
from engage.events.rules import State
from tests import factories as make
from tests.conftest import NOW
from tests.statements import counted

CANARY = "17 Canary Close"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOW, tick=False):
        yield


def calendar(response):
    assert response.status_code == 200
    assert response.mimetype == "text/calendar"
    return Calendar.from_ical(response.data)


def entries(response):
    return calendar(response).walk("VEVENT")


def test_one_meeting_as_a_calendar_entry(app, client):
    evening = datetime(2027, 3, 30, 17, 30, tzinfo=UTC)  # half past six in London's summer
    event = make.event(title="Dinner; with, marks", starts_at=evening, sequence=3)
    response = client.get(f"/en/events/{event.slug}.ics")
    (entry,) = entries(response)
    assert entry["UID"] == f"{event.id}@engage.test"
    assert entry["SEQUENCE"] == 3
    assert entry["SUMMARY"] == "Dinner; with, marks"
    assert entry["LOCATION"] == "Town Hall, 1 George Street"
    assert entry["STATUS"] == "CONFIRMED"
    assert entry["URL"] == f"https://engage.test/en/events/{event.slug}"
    assert b"DTSTART;TZID=Europe/London:20270330T183000" in response.data
    assert b"TZID:/" not in response.data
    assert len(calendar(response).walk("VTIMEZONE")) == 1
    assert b"BEGIN:DAYLIGHT" in response.data


def test_a_cancelled_meeting_says_so(app, client):
    event = make.event(state=State.CANCELLED)
    response = client.get(f"/en/events/{event.slug}.ics")
    assert entries(response)[0]["STATUS"] == "CANCELLED"
    assert calendar(response)["METHOD"] == "CANCEL"


def test_an_entry_for_a_guest_names_who_asks_and_who_is_asked(app):
    entry = adapters.entry_of(_loaded(make.event()), "en")
    file = adapters.calendar_file(
        entry, method="REQUEST", attendee=adapters.Mailbox("noor@example.org", 'Noor "N"'),
        organizer=adapters.Mailbox("city@example.org", "Luton"), now=NOW,
    )
    (asked,) = Calendar.from_ical(file).walk("VEVENT")
    assert asked["ATTENDEE"] == "mailto:noor@example.org"
    assert asked["ORGANIZER"] == "mailto:city@example.org"
    assert asked["DTSTAMP"].dt == NOW


def two_programmes():
    dallow, saints = make.neighbourhood("Dallow"), make.neighbourhood("Saints")
    dinner = make.programme(name=Localized.of("en", "Dialogue dinner"))
    hall = make.programme()
    make.event(title="Dinner", of=dinner, area=dallow)
    make.event(title="Hall", of=hall, area=saints)
    make.event(title="Off", of=hall, area=dallow, state=State.CANCELLED)
    make.event(title="Draft", of=hall, area=dallow, state=State.DRAFT)
    make.event(title="Long ago", of=hall, area=dallow, starts_at=NOW - timedelta(days=90), state=State.HELD)
    return dinner, hall, dallow


def test_calendars_to_follow(app, client):
    dinner, hall, dallow = two_programmes()
    found = {
        "/en/feeds/events.ics": {"Dinner", "Hall", "Off"},
        f"/en/feeds/programmes/{dinner.slug}.ics": {"Dinner"},
        f"/en/feeds/programmes/{hall.slug}.ics": {"Hall", "Off"},
        f"/en/feeds/neighbourhoods/{dallow.code}.ics": {"Dinner", "Off"},
        "/en/feeds/events.ics?language=ur": set(),
    }
    for path, titles in found.items():
        response = client.get(path)
        assert {str(entry["SUMMARY"]) for entry in entries(response)} == titles, path
        assert client.get(path, headers={"If-None-Match": response.headers["ETag"]}).status_code == 304
    assert calendar(client.get(f"/fr/feeds/programmes/{dinner.slug}.ics"))["X-WR-CALNAME"] == "Dialogue dinner in Luton"


@pytest.mark.parametrize("query, feeds", [
    ("", ["/en/feeds/events.atom", "/en/feeds/events.ics"]),
    ("?programme=hall", ["/en/feeds/programmes/hall.atom", "/en/feeds/programmes/hall.ics"]),
    ("?area=D&programme=hall", ["/en/feeds/neighbourhoods/D.atom", "/en/feeds/neighbourhoods/D.ics"]),
    ("?language=ur", ["/en/feeds/events.atom?language=ur", "/en/feeds/events.ics?language=ur"]),
    ("?area=none&language=tlh", ["/en/feeds/events.atom", "/en/feeds/events.ics"]),
])
def test_a_narrowed_list_leads_to_the_feed_of_the_same(app, client, query, feeds):
    make.neighbourhood("Dallow", code="D"), make.programme(slug="hall")
    for page in ("/en/events", "/en/events/calendar"):
        assert re.findall(r'href="(/en/feeds/[^"]+)"', client.get(page + query).text) == feeds
    for path in feeds:
        response = client.get(path)
        assert response.status_code == 200
        assert f"https://engage.test{path}" in response.text.replace("\r\n ", "")


def test_pages_of_a_neighbourhood_and_a_way_lead_to_their_calendars(app, client):
    area, way = make.neighbourhood("Dallow", code="D"), make.programme(slug="hall")
    make.event(of=way, area=area)
    assert 'href="/en/feeds/neighbourhoods/D.ics"' in client.get("/en/neighbourhoods/D").text
    assert 'href="/en/feeds/programmes/hall.ics"' in client.get("/en/ways/hall").text


@pytest.mark.parametrize("path", [
    "/en/feeds/programmes/none.ics", "/en/feeds/neighbourhoods/none.atom", "/xx/feeds/events.ics",
])
def test_no_such_feed(app, client, path):
    assert client.get(path).status_code == 404


def test_a_feed_to_read(app, client):
    two_programmes()
    response = client.get("/en/feeds/events.atom")
    assert response.mimetype == "application/atom+xml"
    feed = ET.fromstring(response.data)  # noqa: S314 - our own
    assert {entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")} == {"Dinner", "Hall"}
    assert feed.findtext(f"{ATOM}title") == "Meetings in Luton"
    first = feed.find(f"{ATOM}entry")
    assert first.find(f"{ATOM}link").get("href").startswith("https://engage.test/en/events/")
    assert first.find(f"{ATOM}content").text == "<p>One table.</p>\n"


def test_feeds_need_two_statements(app, client):
    two_programmes()
    client.get("/en/events")
    for path in ("/en/feeds/events.ics", "/en/feeds/events.atom", "/sitemap.xml"):
        with counted() as statements:
            assert client.get(path).status_code == 200
        assert len(statements) == 2, (path, statements)


def test_a_feed_changes_with_its_meetings(app, client):
    event = make.event()
    first = client.get("/en/feeds/events.ics").headers["ETag"]
    with db.transaction() as session:
        row = session.get(Event, event.id)
        row.title = Localized.of("en", "Renamed")
        grow_listing(row)
    assert client.get("/en/feeds/events.ics", headers={"If-None-Match": first}).status_code == 200


def test_the_map_of_the_site(app, client):
    event = make.event()
    make.event(state=State.DRAFT, slug="hidden")
    page = client.get("/sitemap.xml").get_data(as_text=True)
    ET.fromstring(page)  # noqa: S314 - our own
    for code in ("en", "fr", "es", "ar"):
        assert f"<loc>https://engage.test/{code}/events/{event.slug}</loc>" in page
    assert page.count(f'hreflang="fr" href="https://engage.test/fr/events/{event.slug}"') == 4
    assert "hidden" not in page
    assert "Sitemap: https://engage.test/sitemap.xml" in client.get("/robots.txt").get_data(as_text=True)


def in_series(way, slug, *states):
    series = make.series(of=way, slug=slug)
    for number, state in enumerate(states):
        make.event(of=way, series_id=series.id, state=state, starts_at=NOW + timedelta(days=9 + number))


def test_the_map_names_each_series_that_everybody_may_see_once(app, client):
    open_to_all, closed = make.programme(), make.programme(is_closed=True)
    in_series(open_to_all, "rounds", State.PUBLISHED, State.CANCELLED, State.PUBLISHED)
    in_series(open_to_all, "not-yet", State.DRAFT)
    in_series(closed, "behind-doors", State.PUBLISHED)
    make.series(of=open_to_all, slug="without-dates")
    page = client.get("/sitemap.xml").get_data(as_text=True)
    ET.fromstring(page)  # noqa: S314 - our own
    for code in ("en", "fr", "es", "ar"):
        assert page.count(f"<loc>https://engage.test/{code}/series/rounds</loc><lastmod>") == 1
    assert page.count("/series/") == 4 + 4 * 4  # each address, and each naming all four
    for slug, status in (("rounds", 200), ("not-yet", 404), ("behind-doors", 404), ("without-dates", 404)):
        assert client.get(f"/en/series/{slug}").status_code == status, slug
        assert client.get(f"/en/feeds/series/{slug}.ics").status_code == status, slug


def test_the_map_changes_with_a_series(app, client):
    way = make.programme()
    in_series(way, "rounds", State.PUBLISHED)
    first = client.get("/sitemap.xml").headers["ETag"]
    with db.transaction() as session:
        event = session.scalars(select(Event)).one()
        event.title = Localized.of("en", "Renamed")
        grow_listing(event)
    assert client.get("/sitemap.xml").headers["ETag"] != first


def test_a_home_is_nowhere(app, client):
    area = make.neighbourhood("Dallow")
    event = make.event(title="At home", area=area, venue_id=None)
    make.private_address(event, CANARY)
    make.event_person(event, called="Amina")
    everywhere = [
        "/en/events", "/en/events/calendar", f"/en/events/{event.slug}", f"/en/events/{event.slug}.ics", "/en/feeds/events.ics",
        f"/en/feeds/neighbourhoods/{area.code}.ics", "/en/feeds/events.atom", "/sitemap.xml", f"/en/events?area={area.code}",
    ]
    for path in everywhere:
        page = client.get(path).get_data(as_text=True)
        assert "Canary" not in page, path
    for path in everywhere[2:4]:
        assert "Dallow" in client.get(path).get_data(as_text=True), path
    assert not re.search("address", " ".join(adapters.CalendarEntry.__dataclass_fields__))


def test_the_clock_may_write_calendars(app):
    """A worker has no request: entries are made all the same."""
    event = make.event(venue_id=None)
    assert CLOCK.is_clock
    assert adapters.entry_of(_loaded(event), "ar").url == f"https://engage.test/ar/events/{event.slug}"


def _loaded(event):
    return showing.public_event(event.id)
