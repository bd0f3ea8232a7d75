"""Behind closed doors: no page, feed, map, letter of news or calendar says a word of it to those who may not know."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import select

from engage import events, worker
from engage.core import db
from engage.core.access import NOBODY, mark_of
from engage.core.refusal import Refused
from engage.events.actions import Wish
from engage.events.models import Event, Series, Subscription
from tests import factories as make
from tests.conftest import NOW
from tests.trust import world as worlds
from tests.trust.closed import CANARIES, PROGRAMME, SERIES
from tests.trust.test_canaries import _text, _whole
from tests.trust.test_routes import GETS, _path

OUTSIDE = ("nobody", "stranger", "staff_elsewhere", "accepted", "waiting", "cancelled")


@pytest.fixture
def world(app):
    with time_machine.travel(NOW, tick=False):
        yield worlds.build(app)


def _paths(app, world):
    """Every page there is, opened as usual, and with the closed meeting in the place of the open one."""
    adapter = app.url_map.bind("localhost")
    for rule in GETS:
        yield rule, _path(app, rule, world)
        values = {name: world.value(rule.endpoint, name) for name in rule.arguments}
        for name, value in (("event_id", world.closed.id), ("subject_id", world.closed.id), ("slug", world.closed.slug),
                            ("slug", "canary-circle"), ("slug", SERIES), ("programme", "canary-circle")):
            if name in values:
                yield rule, adapter.build(rule.endpoint, {**values, name: value})


def _seen(app, world, role, canaries=CANARIES):
    return {
        rule.endpoint for rule, path in _paths(app, world)
        if any(canary in _text(world.clients[role].get(path, follow_redirects=True)) for canary in canaries)
    }


@pytest.mark.slow
@pytest.mark.parametrize("role", OUTSIDE)
def test_nobody_outside_reads_of_it_anywhere(app, world, role):
    # Staff may begin such a meeting where they work, and so know what kind there is.
    canaries = [each for each in CANARIES if each != PROGRAMME or role != "staff_elsewhere"]
    assert _seen(app, world, role, canaries) == set()


@pytest.mark.slow
def test_no_page_for_everybody_shows_it_even_to_those_inside(app, world):
    is_public = lambda name: mark_of(app.view_functions[name]).kind == "public"  # noqa: E731
    for role in ("host", "staff", "administrator"):
        seen = _seen(app, world, role)
        assert {"events.manage", "events.inside", "registrations_desk.guests"} <= seen, "the control: they do read it"
        assert not [name for name in seen if is_public(name)]


@pytest.mark.slow
def test_lists_with_every_filter_say_nothing(app, world):
    client = app.test_client()
    area = world.rows["area"]
    for path in ("/en/", "/en/events", "/en/events?programme=canary-circle", f"/en/events?area={area}", "/en/events/calendar",
                 "/en/events/calendar?month=2026-11", "/en/neighbourhoods/" + area, "/en/neighbourhoods", "/en/news",
                 "/en/host", "/en/feeds/events.ics", "/en/feeds/events.atom", f"/en/feeds/neighbourhoods/{area}.ics",
                 "/sitemap.xml",
                 f"/en/feeds/neighbourhoods/{area}.atom", "/en/feeds/programmes/canary-circle.ics", "/en/ways/canary-circle"):
        text = _text(client.get(path, follow_redirects=True))
        assert not any(canary in text for canary in (*CANARIES, world.closed.slug, str(world.closed.id))), path


@pytest.mark.slow
def test_a_closed_series_has_no_page_and_nobody_follows_it(app, world):
    series_id = db.session().scalar(select(Series.id).where(Series.slug == SERIES))
    client = app.test_client()
    for path in (f"/en/series/{SERIES}", f"/en/feeds/series/{SERIES}.ics", f"/en/news?series={series_id}"):
        assert client.get(path).status_code == 404, path
    with pytest.raises(Refused), db.transaction():
        events.actions.subscribe(email="a@example.org", wish=Wish(series_id=series_id), locale="en", by=NOBODY, now=NOW)


@pytest.mark.slow
def test_who_followed_a_series_before_it_closed_hears_no_more_of_it(app, world):
    dates = list(db.session().scalars(select(Event).join(Series, Event.series_id == Series.id).where(Series.slug == SERIES)))
    with db.transaction():
        wish = make.keep(Subscription(
            address_id=make.address().id, series_id=dates[0].series_id, locale="en", created_at=NOW, proven_at=NOW,
        ))
    told = {"subscription_id": str(wish.id), "event_ids": [str(event.id) for event in dates]}
    assert events.letters.new_dates(told, NOW) is None


@pytest.mark.slow
def test_letters_of_news_do_not_tell_of_it(app, world):
    week_ago = NOW - timedelta(days=9)
    with db.transaction():
        make.event("Open to all", published_at=NOW)
        make.keep(Subscription(address_id=make.address().id, locale="en", created_at=week_ago, proven_at=week_ago))
    events.jobs.tell_subscribers(NOW)
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        worker.once(app)
    read = [_whole(file) for file in Path(app.extensions["engage_config"].mail.folder).glob("*.eml")]
    assert any("Open to all" in letter for letter in read), "the control: there was news"
    assert not [letter for letter in read if any(canary in letter for canary in CANARIES)]


@pytest.mark.slow
def test_who_is_invited_reads_it_and_only_there(app, world):
    client = app.test_client()
    invitation_id = world.rows["invitation_id"]
    with client.session_transaction() as session:
        session["links"] = {f"invitation:{invitation_id}": 0}
    world.clients["invited"] = client
    assert _seen(app, world, "invited") == {"registrations.invited", "registrations.join_invited"}
