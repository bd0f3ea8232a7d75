"""A meeting's whole life in a real browser: an idea, a review, guests without accounts, a full house, reminders over
the night clocks change, the door, and what those who came say about it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from engage.messages.models import OutboxLetter
from engage.messages.rules import ENDED
from engage.registrations.models import Registration
from tests.journeys import guesting, hosting, stage
from tests.journeys.guesting import Guest

pytestmark = pytest.mark.journey

TITLES = {"en": "Soup and stories", "ar": "حساء وحكايات"}
# The clocks go back two days before: a week before 19:00 is another instant than 168 hours before.
STARTS = datetime(2026, 10, 27, 19, 0, tzinfo=UTC)
ENDS = STARTS + timedelta(hours=2, minutes=30)
REMINDERS = (
    datetime(2026, 10, 20, 18, 0, tzinfo=UTC),  # 19:00 in summer time
    datetime(2026, 10, 26, 18, 0, tzinfo=UTC),
    STARTS - timedelta(hours=2),
)
MORNING_AFTER = datetime(2026, 10, 28, 9, 0, tzinfo=UTC)
MOMENT = timedelta(minutes=1)
SEATS = 6
FRENCH, FIRST, TWICE, LEAVING, MISSING, WAITING = "Camille", "نور", "Ben", "Dana", "Eli", "Farid"


@dataclass
class Story:
    """Who is in it, and what they have by now."""

    site: object
    visitor: object
    title: str
    event_id: str = ""
    guests: dict[str, Guest] = field(default_factory=dict)

    def guest(self, called, locale=None):
        number = len(self.guests) + 1
        self.guests[called] = Guest(self.visitor(locale), called, f"guest{number}@example.org")
        return self.guests[called]

    def letters(self):
        return {called: guest.letters for called, guest in self.guests.items()}


def test_a_meeting_from_an_idea_to_its_results(site, visitor, run):
    story = Story(site, visitor, TITLES[run.locale])
    host = visitor()
    _propose(story, host)
    _publish(story, visitor())
    _fill(story)
    _wait(story)
    _hand_on(story)
    _are_reminded(story)
    slip = _keep_the_door(story, host)
    _say_how_it_was(story, host, slip)
    _nothing_is_left(story)


def _propose(story, host):
    hosting.begin_proposal(host)
    story.event_id = hosting.propose(
        host, kit="neighbourhood_meeting", title=story.title, about="Bring a bowl. We bring the soup.",
        time=("2026-10-27", "19:00", "21:30"), place=_in_the_library, details=_details,
    )


def _in_the_library(host):
    host.choose(venue=host.site.stage.venue, neighbourhood=host.site.stage.area)


def _details(host):
    host.tick("spoken", "en", "ar")
    host.tick("is_step_free")
    host.write(capacity=SEATS, food="Lentil soup, bread")


def _publish(story, staff):
    hosting.review(staff, story.title)
    hosting.publish(staff)
    letter = story.site.newest(stage.HOST)
    assert story.title in letter["Subject"]
    assert story.site.link(letter, f"/{staff.locale}/my/events/{story.event_id}")


def _fill(story):
    """Let five parties take all six places; one of them reads French, and comes with a child."""
    _is_shown_in_french(story)
    guesting.sign_up(story.guests[FRENCH], people=2, speaks=("fr", "en"), extra=_says_what_she_needs)
    for called in (FIRST, TWICE, LEAVING, MISSING):
        guesting.find(story.guest(called), story.title)
        guesting.sign_up(story.guests[called])
    for guest in story.guests.values():
        guesting.confirm(guest)
    _signs_up_twice(story)


def _is_shown_in_french(story):
    """The page is French, and says of what isn't which language it is in."""
    camille = story.guest(FRENCH, "fr")
    guesting.find(camille, story.title)
    written = "en" if story.title.isascii() else "ar"
    expect(camille.visitor.page.locator(f"h1[lang={written}]")).to_have_text(story.title)
    camille.visitor.says("No account needed. It takes about a minute.")


def _says_what_she_needs(visitor):
    visitor.unfold()
    visitor.tick("access", "step_free")
    visitor.tick("dishes", "no_pork")
    visitor.tick("may_keep")


def _signs_up_twice(story):
    """Sign up once more with the same address: the page is the same, and a letter says that nothing changed."""
    ben = story.guests[TWICE]
    guesting.find(ben, story.title)
    guesting.sign_up(ben)
    assert ben.visitor.words("You are signed up already: %(title)s", title="") in ben.letter["Subject"]
    ben.follow_letter()
    assert guesting.code_of(ben) == ben.code


def _wait(story):
    """Let one more come, who finds the house full and joins the line."""
    farid = story.guest(WAITING)
    guesting.find(farid, story.title)
    farid.visitor.says("Full, waiting list open")
    guesting.sign_up(farid)
    guesting.confirm(farid, has_place=False)
    farid.visitor.says("You are number %(position)s on the waiting list.", position=1)


def _hand_on(story):
    """Let the place of somebody who can't come go to whoever waits."""
    leaving, waiting = story.guests[LEAVING], story.guests[WAITING]
    before = waiting.letters
    guesting.cancel(leaving)
    assert waiting.letters == before + 1
    guesting.accept(waiting)


def _are_reminded(story):
    """Each reminder comes at its minute, once, to everybody with a place and to nobody else."""
    for due in REMINDERS:
        before = story.letters()
        story.site.at(due - MOMENT)
        assert story.letters() == before
        story.site.at(due)
        story.site.at(due + MOMENT)
        assert story.letters() == {called: count + (called != LEAVING) for called, count in before.items()}


def _keep_the_door(story, host):
    """Check in by name, by a guest's code and without a place; one does not come. Returns a code on paper."""
    story.site.at(STARTS - timedelta(minutes=20))
    _scan(story, host)
    hosting.open_door(host, story.event_id)
    for called in (FIRST, TWICE, WAITING):
        hosting.check_in(host, called)
    hosting.add_walk_in(host, "Gül", "tr")
    [slip] = hosting.print_codes(host, story.event_id, 1)
    story.site.at(ENDS + timedelta(minutes=30))
    hosting.close(host, story.event_id)
    assert hosting.tally(host) == {"came": 6, "registered": 6, "checked_in": 5, "without_a_place": 1}
    return slip


def _scan(story, host):
    """A stranger who scans a guest's code learns nothing; who keeps the door checks the party in, once."""
    camille = story.guests[FRENCH]
    code = guesting.scanned(camille, f"/c/{story.event_id}/{camille.code}")
    stranger = story.visitor()
    stranger.open(code)
    stranger.reads_nothing_of(FRENCH, story.title)
    hosting.scan(host, code)
    host.open(code)
    host.says("They were checked in already. Nothing has changed.")


def _say_how_it_was(story, host, slip):
    """Four answer by letter and one on paper; only the fifth answer shows anything."""
    story.site.at(MORNING_AFTER - MOMENT)
    before = story.letters()
    story.site.at(MORNING_AFTER)
    came = {FRENCH, FIRST, TWICE, WAITING}
    assert story.letters() == {called: count + (called in came) for called, count in before.items()}
    for called, heard, words in ((FIRST, 5, ""), (TWICE, 5, ""), (FRENCH, 4, "La soupe !"), (WAITING, 3, "")):
        story.guests[called].follow_letter()
        guesting.answer(story.guests[called].visitor, heard=heard, again="yes", words=words)
    assert hosting.results(host, story.event_id) is None
    _answers_on_paper(story.visitor(), slip)
    assert hosting.results(host, story.event_id) == [0, 0, 1, 1, 3]
    host.reads("La soupe !")


def _answers_on_paper(walk_in, slip):
    walk_in.open(slip)
    guesting.answer(walk_in, heard=5, met="several")
    walk_in.open(slip)
    walk_in.says("Already answered, thank you")


def _nothing_is_left(story):
    """Six parties signed up, and no letter is left lying once all it could speak of is past."""
    assert story.site.rows(select(func.count()).select_from(Registration)) == [(6,)]
    story.site.at(ENDS + timedelta(days=40))
    assert story.site.rows(select(OutboxLetter.kind).where(OutboxLetter.state.not_in(ENDED))) == []
