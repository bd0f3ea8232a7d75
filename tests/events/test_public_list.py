"""What everybody finds: the list, its filters, the month."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from engage.core import city, db
from engage.core.text import Localized
from engage.events.models import EventLanguage
from engage.events.queries import listing
from engage.events.queries.listing import Filters
from engage.events.rules import LanguageUse, State
from engage.programmes.rules import Sign
from tests import factories as make
from tests.conftest import NOW
from tests.events.public import at_noon, in_days, text, titles  # noqa: F401 - a fixture among them

pytestmark = pytest.mark.usefixtures("at_noon")


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
    for fact in ("Tue", "15", "Dec", "19:00", "Saints", tongues, "Step-free", "2 places left"):
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



def month_cells(page):
    return dict(re.findall(r'<time datetime="([\d-]+)">.*?</time>\s*(?:<ul>(.*?)</ul>)?\s*</td>', page, re.DOTALL))


def test_the_month_shows_each_day(app, client):
    make.event(starts_at=datetime(2026, 12, 24, 18, tzinfo=UTC), title="Christmas dinner")
    for number in range(5):
        make.event(starts_at=datetime(2026, 12, 10, 9 + number, tzinfo=UTC), title=f"Tea {number}")
    page = text(client.get("/en/events/calendar"))
    cells = month_cells(page)
    assert len(cells) == 31
    assert page.count("Today</small>") == 1
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
