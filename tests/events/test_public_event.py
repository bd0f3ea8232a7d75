"""The page of a meeting, as everybody sees it."""

import json
import re
from datetime import timedelta

import pytest

from engage.core import db
from engage.core.text import Localized
from engage.events.rules import Minors, PersonRole, State
from engage.programmes.rules import SignUpMode
from tests import factories as make
from tests.conftest import NOW
from tests.events.public import at_noon, in_days, text, titles  # noqa: F401 - a fixture among them

pytestmark = pytest.mark.usefixtures("at_noon")


def test_the_page_says_all_and_offers_one_thing_to_do(app, client):
    event = in_days(11, has_childcare=True, food=Localized.of("en", "Free."), minors=Minors.NO)
    make.event_person(event, called="Amina")
    make.event_person(event, called="Zoë", role=PersonRole.OFFICIAL, title="Mayor")
    page = text(client.get(f"/en/events/{event.slug}"))
    facts = ("Saturday, 12 December 2026", "Town Hall", "1 George Street", "English", "Childcare", "Free.", "adults")
    for said in ("Dinner in Dallow", *facts, "Zoë", "Mayor", "Places left", "One table."):
        assert said in page, said
    assert "Hosted by \u2068Amina\u2069" in page
    assert page.count('class="button') == 1


def test_an_address_may_be_in_any_script(app, client):
    event = in_days(3, slug="عشاء-k3x9")
    listed = text(client.get("/ar/events"))
    path = re.search(r'<h2><a href="([^"]+)"', listed)[1]
    assert path.isascii()
    assert "Dinner in Dallow" in text(client.get(path))
    assert f"https://engage.test{path}" in client.get("/sitemap.xml").get_data(as_text=True)
    assert client.get(f"{path}.ics").status_code == 200
    assert event.slug not in path


def test_a_host_whose_name_is_forgotten_leaves_no_gap(app, client):
    event = in_days(3)
    make.event_person(event, called="")
    assert "Hosted by" not in text(client.get(f"/en/events/{event.slug}"))


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
