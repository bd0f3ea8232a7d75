"""A consultation in Dallow: themes ranked on the site and on paper, six priorities agreed on and published."""

from dataclasses import dataclass
from datetime import date, time

import pytest
from playwright.sync_api import expect

from engage.core import db, secrets
from engage.core.access import Actor, Role, Scope
from engage.events import actions as events
from engage.events.actions import Details, What, When, WhenAndWhere, Where
from tests.journeys import hosting, series_stage, stage

pytestmark = pytest.mark.journey

TOLD_IN = (1, 3)  # each database, with scripts and without
TITLE, QUESTION = "Dallow Cares", "What should change first in Dallow?"
READER = "noor@example.org"
THEMES = 6


def build(locale):
    """Found Luton with a meeting of the consultation at the library."""
    built = series_stage.build(locale)
    with db.transaction():
        events.schedule(
            form_key=secrets.new_token(),
            what=What(built.programmes["consultation_series"], "en", "What matters in Dallow?", "Tea and three dots each."),
            when_and_where=WhenAndWhere(
                When(date(2026, 11, 3), time(18), time(20)), Where(neighbourhood_id=built.area, venue_id=built.venue)
            ),
            details=Details("en", spoken=("en", "ar")), by=Actor(scopes=(Scope(Role.STAFF),)), now=stage.START,
        )
    return built


BUILD = build


@dataclass
class Story:
    site: object
    staff: object
    consultation: str = ""
    slug: str = "dallow-cares"


def test_six_priorities(site, visitor, run):
    story = Story(site, visitor())
    _begin(story)
    _answer_by_letter(story, visitor("ar"))
    _answer_with_an_account(story, visitor())
    _enter_paper(story)
    _close(story)
    _read(story, visitor("ar"))


def _begin(story):
    staff = story.staff
    staff.open(f"/{staff.locale}/desk")
    hosting.sign_in(staff, stage.STAFF)
    staff.follow("/desk/concerns", within="nav")
    staff.follow("/desk/consultations", within="nav")
    staff.follow("/desk/consultations/new")
    staff.choose(programme=story.site.stage.programmes["consultation_series"], neighbourhood=story.site.stage.area)
    staff.unfold_all()
    staff.write(title_en=TITLE, question_en=QUESTION)
    staff.send()
    story.consultation = staff.page.url.rsplit("/", 1)[1]
    staff.send("/start")
    staff.says("People can choose now what matters most to them.")


def _rank(visitor, slug, *places):
    """Choose themes by their place in the list, from the consultation's page on."""
    visitor.open(f"/{visitor.locale}/consultations")
    visitor.press_link(f"/consultations/{slug}")
    visitor.follow("/rank")
    for number, place in enumerate(places, 1):
        visitor.page.select_option(f"main form select[name='place_{number}']", index=place)


def _answer_by_letter(story, reader):
    """Without an account a letter asks, and only its button counts."""
    _rank(reader, story.slug, 2, 5)
    reader.write(email=READER)
    reader.send()
    story.site.work()
    _counts(story, 0)
    letter = story.site.newest(READER)
    assert '<html lang="ar"' in letter.get_body(("html",)).get_content()
    reader.open(story.site.link(letter, "/link/"))
    reader.send("/confirm")
    _counts(story, 1)


def _answer_with_an_account(story, resident):
    """With an account it counts at once; a second answer takes the place of the first."""
    resident.open(f"/{resident.locale}/my")
    resident.press_link("/sign-in")
    hosting.sign_in(resident, stage.HOST)
    for places in ((1, 2), (2, 3, 4)):
        _rank(resident, story.slug, *places)
        resident.send()
    _counts(story, 2)


def _counts(story, number):
    """So many answers on the site count, as staff see it."""
    staff = story.staff
    staff.open(f"/{staff.locale}/desk/consultations/{story.consultation}")
    expect(staff.page.locator("main dl.plain dd").first).to_have_text(str(number))


def _enter_paper(story):
    """Three sheets from the meeting, a line each."""
    staff = story.staff
    staff.follow("/sheets")
    staff.page.select_option("main select[name='meeting']", index=1)
    staff.write(sheets="2 5 1\n2 6\n5 2")
    staff.send()
    expect(staff.page.locator("main dl.plain dd").nth(1)).to_have_text("3")


def _close(story):
    staff = story.staff
    staff.follow("/close")
    expect(staff.page.locator("main input[name^='place_']")).to_have_count(THEMES)
    staff.write(conclusion_ar="اتفقنا على ستة أشياء.")
    staff.send()
    staff.says("The priorities are published.")


def _read(story, passing):
    """Everybody reads the six in order, with their numbers, in their own language."""
    passing.open(f"/{passing.locale}/consultations/{story.slug}")
    passing.reads("اتفقنا على ستة أشياء.")
    rows = passing.page.locator("main tbody tr")
    expect(rows).to_have_count(THEMES)
    numbers = [int(cell) for cell in rows.locator("td.number:nth-of-type(2)").all_text_contents()]
    assert numbers == sorted(numbers, reverse=True)
    assert numbers[0] == 3 + 3 + 3 + 3 + 2  # twice first on the site, twice on paper, once second
    passing.follow("/consultations")
    passing.reads(TITLE)
