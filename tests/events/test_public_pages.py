"""What everybody finds: the list, the month, the page of a meeting."""

import gzip
import json
import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from engage.core import city, db, i18n
from engage.core.access import Role
from engage.core.pages.panels import render_panels
from engage.core.text import Localized
from engage.events.actions.seats import take_seats
from engage.events.actions.state import grow_listing
from engage.events.models import EventLanguage, ListingVersion
from engage.events.queries import listing, showing
from engage.events.queries.listing import Filters
from engage.events.rules import LanguageUse, Minors, PersonRole, State
from engage.places import queries as places
from engage.places.actions import import_neighbourhoods
from engage.programmes.rules import Sign, SignUpMode
from tests import factories as make
from tests.conftest import NOW
from tests.statements import counted

STATIC = Path(__file__).parents[2] / "engage" / "static"
LIGHT = 20 * 1024


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOW, tick=False):
        yield


def text(response):
    assert response.status_code == 200, response.status_code
    return response.get_data(as_text=True)


def titles(page):
    return re.findall(r'<h[23]><a href="/\w+/events/[^"]*"[^>]*>(.*?)</a>', page)


def in_days(days, **values):
    return make.event(starts_at=NOW + timedelta(days=days), **values)


# --- the list ------------------------------------------------------------------------------------


def test_the_list_shows_what_is_coming_soonest_first(app, client):
    in_days(9, title="Later")
    in_days(3, title="Sooner")
    in_days(-3, title="Past")
    for state in set(State) - {State.PUBLISHED}:
        in_days(5, title=f"In state {state}", state=state)
    assert titles(text(client.get("/en/events"))) == ["Sooner", "Later"]


def test_a_line_says_what_matters(app, client):
    area = make.neighbourhood("Saints")
    evening = datetime(2026, 12, 15, 19, tzinfo=UTC)
    event = make.event("Lights and paths", evening, area=area, languages=("en", "ur"), seats_taken=10, is_step_free=True)
    with db.transaction() as session:
        session.add(EventLanguage(event_id=event.id, code="bn", use=LanguageUse.INTERPRETED))
    page = text(client.get("/en/events"))
    tongues = "English and Urdu, with interpretation into Bangla"
    for fact in ("Tue", "15", "Dec", "7:00\u202fPM", "Saints", tongues, "Step-free", "2 places left"):
        assert fact in page


def test_a_list_of_twenty_five_leads_on(app, client):
    for number in range(25):
        in_days(number + 1, title=f"Meeting {number}")
    first = text(client.get("/en/events"))
    onwards = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    second = text(client.get(onwards))
    assert titles(first) + titles(second) == [f"Meeting {number}" for number in range(25)]
    assert 'rel="next"' not in second


def test_pages_neither_skip_nor_repeat_where_starts_are_equal(app):
    start = NOW + timedelta(days=4)
    everyone = {make.event(starts_at=start).id for _ in range(7)}
    seen, after = [], None
    for turn in range(4):
        found = listing.page(Filters(), now=NOW, after=after, limit=2)
        seen += [card.id for card in found.cards]
        after = found.after
        if turn == 1:
            everyone.add(make.event(starts_at=start + timedelta(days=1)).id)  # published meanwhile, beyond
    assert len(seen) == len(set(seen))
    assert set(seen) == everyone
    assert after is None


@pytest.mark.parametrize("cursor", [
    "", "x", "20261201T120000.000000", "20261201T120000.000000~zz", "~", "a" * 5000, "٢٠٢٦", "\x00",
])
def test_a_broken_cursor_shows_the_beginning(app, client, cursor):
    in_days(3, title="Here")
    assert titles(text(client.get("/en/events", query_string={"after": cursor}))) == ["Here"]


# --- filters tell the truth --------------------------------------------------------------------------


@pytest.fixture
def three(app):
    town = make.neighbourhood("Town")
    ward = make.neighbourhood("Ward", parent_id=town.id)
    dinner = make.programme(name=Localized.of("en", "Dialogue dinner"), slug="dinner", sign=Sign.TABLE)
    hall = make.programme(slug="hall")
    in_days(2, title="Dinner", of=dinner, area=ward, languages=("ur",), seats_taken=12, is_step_free=True)
    in_days(5, title="Hall", of=hall, area=town, capacity=None, languages=("en", "ur"), has_childcare=True, is_step_free=True)
    in_days(9, title="Other", of=hall, languages=("en",), has_sign_language=True, venue_id=make.venue(has_hearing_loop=True).id)
    return {"town": town, "ward": ward}


@pytest.mark.parametrize(("query", "found"), [
    ("", ["Dinner", "Hall", "Other"]),
    ("programme=dinner", ["Dinner"]),
    ("programme=hall&language=ur", ["Hall"]),
    ("language=ur", ["Dinner", "Hall"]),
    ("language=fr", []),
    ("since=2026-12-06", ["Hall", "Other"]),
    ("day=2026-12-06", ["Hall"]),
    ("access=step-free", ["Dinner", "Hall"]),
    ("access=step-free&access=childcare", ["Hall"]),
    ("access=sign-language&access=hearing-loop", ["Other"]),
    ("free=y", ["Hall", "Other"]),
    ("free=y&language=ur&since=2026-12-01", ["Hall"]),
])
def test_filters(three, client, query, found):
    assert titles(text(client.get(f"/en/events?{query}"))) == found


def test_a_neighbourhood_has_those_below_it(three, client):
    assert titles(text(client.get(f"/en/events?area={three['town'].code}"))) == ["Dinner", "Hall"]
    assert titles(text(client.get(f"/en/events?area={three['ward'].code}"))) == ["Dinner"]


@pytest.mark.parametrize(("query", "said"), [
    ("since=2026-02-31", "This is not a day in the calendar."),
    ("since=0001-01-01", "This year looks wrong."),
    ("programme=nothing", "Please choose one of the list."),
    ("area=%00", "Please choose one of the list."),
    ("language=tlh", "Please choose one of the list."),
    ("access=lift", "Please choose from the list."),
])
def test_a_wrong_filter_is_said_and_not_heeded(three, client, query, said):
    page = text(client.get(f"/en/events?{query}&free=y"))
    assert said in page
    assert titles(page) == ["Hall", "Other"]


def test_filters_stay_while_looking_another_way(three, client):
    page = text(client.get("/en/events?access=step-free&access=childcare&language=ur&day=2026-12-06"))
    assert 'href="/en/events/calendar?language=ur&amp;access=step-free&amp;access=childcare"' in page
    assert 'hreflang="fr" href="https://engage.test/fr/events?access=step-free&amp;access=childcare&amp;' in page


def test_nothing_found_says_what_to_do(three, client):
    page = text(client.get("/en/events?language=fr"))
    assert "Nothing is planned yet that fits." in page
    assert 'href="/en/events">Show all meetings' in page


# --- the month -----------------------------------------------------------------------------------------


def month_cells(page):
    return dict(re.findall(r'<time datetime="([\d-]+)">.*?</time>\s*(?:<ul>(.*?)</ul>)?\s*</td>', page, re.DOTALL))


def test_the_month_shows_each_day(app, client):
    make.event(starts_at=datetime(2026, 12, 24, 18, tzinfo=UTC), title="Christmas dinner")
    for number in range(5):
        make.event(starts_at=datetime(2026, 12, 10, 9 + number, tzinfo=UTC), title=f"Tea {number}")
    cells = month_cells(text(client.get("/en/events/calendar")))
    assert len(cells) == 31
    assert "Christmas dinner" in cells["2026-12-24"]
    assert [f"Tea {number}" in cells["2026-12-10"] for number in range(5)] == [True, True, True, False, False]
    assert "day=2026-12-10" in cells["2026-12-10"]
    assert "2 more" in cells["2026-12-10"]
    assert cells["2026-12-11"] == ""


def test_a_late_evening_stands_on_the_day_people_were_told(app, client):
    make.event(starts_at=datetime(2027, 6, 30, 22, 30, tzinfo=UTC), title="Night walk")  # 23:30 in London
    make.event(starts_at=datetime(2027, 6, 30, 23, 30, tzinfo=UTC), title="After midnight")  # 1 July there
    june, july = (month_cells(text(client.get(f"/en/events/calendar?month=2027-{number}"))) for number in ("06", "07"))
    assert "Night walk" in june["2027-06-30"]
    assert "After midnight" in july["2027-07-01"]
    assert "After midnight" not in june["2027-06-30"]


@pytest.mark.parametrize("month", ["2027-03", "2026-10"])  # nights on which clocks change
def test_months_with_a_clock_change_have_every_day_once(app, client, month):
    cells = month_cells(text(client.get(f"/en/events/calendar?month={month}")))
    assert len(cells) == 31


def test_months_lead_to_their_neighbours(app, client):
    page = text(client.get("/en/events/calendar?month=2026-12&language=ur"))
    assert 'rel="next" href="/en/events/calendar?language=ur&amp;month=2027-01"' in page
    assert "month=2026-11" in page


@pytest.mark.parametrize("month", ["", "2026-13", "99999-01", "x", "0000-00", "1999-12"])
def test_a_month_that_makes_no_sense_is_this_one(app, client, month):
    assert "December 2026" in text(client.get("/en/events/calendar", query_string={"month": month}))


def test_weeks_begin_as_they_do_in_the_city(app, client):
    assert re.search(r"<thead>.*?<abbr title=\"(\w+)\"", text(client.get("/en/events/calendar")), re.DOTALL)[1] == "Monday"
    with db.transaction():
        city.change(country="US")
    assert re.search(r"<thead>.*?<abbr title=\"(\w+)\"", text(client.get("/en/events/calendar")), re.DOTALL)[1] == "Sunday"


# --- the page of a meeting -----------------------------------------------------------------------------


def test_the_page_says_all_and_offers_one_thing_to_do(app, client):
    event = in_days(11, has_childcare=True, food=Localized.of("en", "Free."), minors=Minors.NO)
    make.event_person(event, called="Amina")
    make.event_person(event, called="Zoë", role=PersonRole.OFFICIAL, title="Mayor")
    page = text(client.get(f"/en/events/{event.slug}"))
    facts = ("Saturday, December 12, 2026", "Town Hall", "1 George Street", "English", "Childcare", "Free.", "adults")
    for said in ("Dinner in Dallow", *facts, "Zoë", "Mayor", "Places left", "One table."):
        assert said in page, said
    assert "Hosted by \u2068Amina\u2069" in page
    assert page.count('class="button') == 1


def test_who_has_not_accepted_is_not_named(app, client):
    event = in_days(3)
    make.event_person(event, called="Invited", role=PersonRole.CO_HOST, acceptance="invited")
    assert "Invited" not in text(client.get(f"/en/events/{event.slug}"))


@pytest.mark.parametrize("state", sorted(set(State) - {State.PUBLISHED, State.CANCELLED, State.HELD}))
def test_what_is_not_published_is_not_there(app, client, state):
    event = in_days(3, state=state)
    assert client.get(f"/en/events/{event.slug}").status_code == 404
    assert client.get(f"/en/events/{event.slug}.ics").status_code == 404


@pytest.mark.parametrize(("values", "said"), [
    ({"capacity": 12, "seats_taken": 3}, "Places left"),
    ({"capacity": 12, "seats_taken": 11}, "1 place left"),
    ({"capacity": 12, "seats_taken": 12}, "Full, waiting list open"),
    ({"capacity": None}, "Open to all"),
    ({"is_sign_up_paused": True}, "Sign-up is paused"),
    ({"state": State.CANCELLED, "cancel_reason": Localized.of("en", "The hall was flooded.")}, "The hall was flooded."),
    ({"state": State.HELD}, "This meeting is over."),
])
def test_the_page_says_how_it_stands(app, client, values, said):
    event = in_days(3, **values)
    assert said in text(client.get(f"/en/events/{event.slug}"))


def test_plenty_gives_no_number_away(app, client):
    event = in_days(3, capacity=40, seats_taken=17)
    page = text(client.get(f"/en/events/{event.slug}"))
    assert not re.search(r"\b(17|23)\b", re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL))


def test_once_begun_nobody_signs_up(app, client):
    event = make.event(starts_at=NOW - timedelta(hours=1))
    page = text(client.get(f"/en/events/{event.slug}"))
    assert "This meeting is under way." in page
    assert "/join" not in page


def test_where_the_host_decides_one_asks(app, client):
    event = in_days(3, of=make.programme(sign_up_mode=SignUpMode.HOST_APPROVES))
    assert "Ask for a place" in text(client.get(f"/en/events/{event.slug}"))


def test_another_language_is_said_and_marked(app, client):
    event = in_days(3, description=Localized.of("ur", "ایک میز"))
    with db.transaction() as session:
        session.get(type(event), event.id).title = Localized.of("ur", "دسترخوان")
    page = text(client.get(f"/en/events/{event.slug}"))
    assert '<h1 lang="ur" dir="rtl">دسترخوان</h1>' in page
    assert "This meeting is described in Urdu." in page


def test_search_engines_and_messengers_are_told(app, client):
    event = in_days(11, title="A </script><b> & dinner", description=Localized.of("en", "**One** table."), capacity=12)
    page = text(client.get(f"/en/events/{event.slug}"))
    said = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    assert said["name"] == "A </script><b> & dinner"
    assert said["startDate"] == "2026-12-12T12:00:00+00:00"
    assert said["location"]["address"]["streetAddress"] == "1 George Street"
    assert said["eventStatus"] == "https://schema.org/EventScheduled"
    assert said["description"] == "One table."
    assert '<meta property="og:title" content="A &lt;/script&gt;&lt;b&gt; &amp; dinner">' in page
    assert f'<link rel="canonical" href="https://engage.test/en/events/{event.slug}">' in page
    for code in ("en", "fr", "es", "ar"):
        assert f'hreflang="{code}" href="https://engage.test/{code}/events/{event.slug}"' in page
    assert 'hreflang="x-default"' in page


# --- promises: cookies, statements, weight, versions -------------------------------------------------------


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


# --- for pages of others ------------------------------------------------------------------------------


def test_counts_by_neighbourhood(app):
    dallow, saints = make.neighbourhood("Dallow"), make.neighbourhood("Saints")
    for days, area in ((1, dallow), (2, dallow), (3, saints), (-1, saints)):
        in_days(days, area=area)
    in_days(4, area=dallow, state=State.DRAFT)
    assert listing.counts_by_neighbourhood(NOW) == {dallow.id: 2, saints.id: 1}
    assert listing.overview(2, now=NOW).counts == {dallow.id: 2, saints.id: 1}
    assert len(listing.overview(2, now=NOW).cards) == 2


def test_panels_show_what_is_coming(app, client):
    ward = make.neighbourhood("Ward")
    event = in_days(3, area=ward, title="Near you")
    programme = event.programme_id
    with app.test_request_context("/en/events"):
        app.preprocess_request()
        i18n.choose("en")
        assert "Near you" in render_panels("neighbourhood", places.area(ward.id))
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
