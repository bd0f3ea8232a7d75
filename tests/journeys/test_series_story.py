"""A series in three neighbourhoods, around Ramadan and the night clocks change: planned, joined, followed, moved, extended;
and a concern raised in Arabic while signing up, from the agenda over the minutes to done."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from engage.events.models import Event
from engage.places.models import Neighbourhood, Venue
from tests.journeys import guesting, heard, hosting, series_stage, stage
from tests.journeys.guesting import Guest

pytestmark = pytest.mark.journey

TOLD_IN = (0, 1, 3)  # each database, each direction of writing, with scripts and without
BUILD = series_stage.build
TITLE = "What matters here?"
# Every second Sunday from 14 February; the second is moved out of Ramadan, the clocks go forward on 28 March.
DAYS = ["2027-02-14", "2027-03-14", "2027-03-16", "2027-03-28", "2027-04-11", "2027-04-25"]
FOLLOWER = "follower@example.org"


@dataclass
class Story:
    site: object
    staff: object
    guest: Guest
    visitor: object
    series: str = ""


def test_six_meetings_of_which_one_is_moved(site, visitor, run):
    story = Story(site, visitor(), Guest(visitor("ar"), "نور", "noor@example.org"), visitor)
    _plan(story)
    _are_as_planned(story)
    _join(story)
    _follow(story, visitor("fr"))
    _move_the_first(story)
    _add_one(story)
    first = heard.is_on_the_agenda(story)
    heard.is_in_the_minutes(story, first)
    heard.is_done(story)
    heard.everybody_sees_it(story, visitor())


def _plan(story):
    """Find where to plan a series, see every date with what falls on it, move one, and only then publish."""
    staff = story.staff
    staff.open(f"/{staff.locale}/desk")
    hosting.sign_in(staff, stage.STAFF)
    staff.follow("/desk/series/new")
    staff.tick("pattern", "weekly")
    staff.write(every=2, first_day="2027-02-14", times=6, start="18:30", end="20:30")
    staff.write(title=TITLE, description="Tea and a list.")
    for name in series_stage.HALLS:
        staff.page.locator("label", has_text=name).locator("[name=venues]").check()
    staff.tick("programme", story.site.stage.programmes["neighbourhood_meeting"])
    staff.tick("spoken", "en", "ar")
    staff.send()
    _marks_are_seen(staff)
    staff.unfold(1)
    staff.write(**{"within": "/desk/series/new", "date1-day": "2027-03-16"})
    staff.press("look")
    assert story.site.rows(select(Event.id)) == []
    staff.press("make")
    story.series = staff.page.url.rsplit("/", 1)[1]


def _marks_are_seen(staff):
    dates = staff.page.locator("ol.dates > li")
    for number in (0, 1):
        expect(dates.nth(number)).to_contain_text(staff.words("Ramadan evening"))
    expect(dates.nth(2).locator(".chip")).to_have_count(0)
    expect(dates.nth(3).locator(".chip")).to_have_count(1)  # the clocks
    expect(dates.nth(5)).to_contain_text(staff.words("Passover"))


def _are_as_planned(story):
    """Six public dates at the hour people were told, whatever the clocks did, at three places in turn."""
    placed = select(Event.wall_start, Event.starts_at, Venue.name, Neighbourhood.name.label("area"))
    wanted = placed.join(Venue, Event.venue_id == Venue.id).join(Neighbourhood, Event.neighbourhood_id == Neighbourhood.id)
    rows = story.site.rows(wanted.order_by(Event.starts_at))
    assert [row.wall_start.strftime("%Y-%m-%d %H:%M") for row in rows] == [f"{day} 18:30" for day in DAYS]
    assert [row.starts_at.astimezone(UTC).hour for row in rows] == [18, 18, 18, 17, 17, 17]
    assert {(row.name, row.area) for row in rows} == set(series_stage.HALLS.items())


def _join(story):
    """Sign up for the first date, found by its title, and say what one wants to talk about; then confirm the place."""
    guest = story.guest
    guesting.find(guest, TITLE)
    guesting.sign_up(guest)
    heard.is_raised(guest)
    guest.follow_letter(0)
    guest.visitor.send("/confirm")
    guest.visitor.site.work()


def _follow(story, follower):
    """Follow the whole series, from its own page."""
    follower.open(f"/{follower.locale}/events")
    follower.follow_words(TITLE)
    follower.page.locator("main .facts a[href*='/series/']").click()
    follower.page.locator("main a[href*='/news?series=']").click()
    follower.write(email=FOLLOWER)
    follower.send("/news")
    story.site.work()
    follower.open(story.site.link(story.site.newest(FOLLOWER), "/link/"))
    follower.send("/start")


def _move_the_first(story):
    """Half an hour later, the first alone: who gets a letter is said before, and one does."""
    staff, before = story.staff, story.guest.letters
    staff.open(f"/{staff.locale}/desk/series/{story.series}")
    staff.follow("/change/time")
    staff.tick("scope", "this")
    staff.write(start="19:00", end="21:00")
    staff.send()
    expect(staff.page.locator("main .dates > li")).to_have_count(1)
    story.site.work()
    assert story.guest.letters == before
    staff.press("do")
    story.site.work()
    assert story.guest.letters == before + 1
    starts = [row.starts_at for row in story.site.rows(select(Event.starts_at).order_by(Event.starts_at))]
    assert starts[0] == datetime(2027, 2, 14, 19, 0, tzinfo=UTC)
    assert {start.astimezone(UTC).minute for start in starts[1:]} == {30}


def _add_one(story):
    """One more date: whoever follows hears of it, in their language."""
    staff, before = story.staff, len(story.site.letters(FOLLOWER))
    staff.follow("/dates")
    staff.tick("pattern", "days")
    staff.write(days="2027-05-09", start="18:30", end="20:30")
    staff.page.locator("label", has_text="Saints Hall").locator("[name=venues]").check()
    staff.send()
    staff.press("make")
    story.site.work()
    letters = story.site.letters(FOLLOWER)
    assert len(letters) == before + 1
    assert "9 mai 2027" in letters[-1].get_body(("plain",)).get_content()
    assert TITLE in letters[-1]["Subject"]
