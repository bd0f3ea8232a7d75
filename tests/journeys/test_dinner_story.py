"""A dinner at somebody's home: given back once and published, asked for and answered kindly, and an address that only
those who are invited see, from the hour the host chose until it is over."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from tests.journeys import guesting, hosting, stage
from tests.journeys.guesting import Guest

pytestmark = pytest.mark.journey

TOLD_IN = (0, 4)  # each database, language, and scripts on and off
TITLES = {"en": "Supper under the lamp", "ar": "عشاء تحت المصباح"}
STREET, BELL = "17 Quince Passage", "The green door, ring twice"
NOTE = "Please say what there is for people who eat no meat."
STARTS = datetime(2026, 11, 6, 19, 0, tzinfo=UTC)
ENDS = STARTS + timedelta(hours=3)
SHOWN_FROM = STARTS - timedelta(hours=30)
DECIDE = STARTS - timedelta(days=3)
MOMENT = timedelta(minutes=1)


@dataclass
class Dinner:
    site: object
    title: str
    host: object
    event_id: str = ""


def test_a_dinner_from_an_idea_to_an_address(site, visitor, run):
    dinner = Dinner(site, TITLES[run.locale], visitor())
    _propose(dinner)
    _mend_and_publish(dinner, visitor())
    guests = [Guest(visitor(locale), called, f"{name}@example.org") for locale, called, name in (
        ("fr", "Camille", "camille"), (None, "نور", "noor"), (None, "Ben", "ben"),
    )]
    _ask(dinner, guests)
    camille, noor, declined = guests
    _answer(dinner, yes=(camille, noor), no=declined)
    _go_ahead(dinner)
    _see_the_address(dinner, (camille, noor))
    _tell_nobody_else(dinner, visitor(), declined)
    _forget_the_address(dinner, camille)


def _propose(dinner):
    hosting.begin_proposal(dinner.host)
    dinner.event_id = hosting.propose(
        dinner.host, kit="dialogue_dinner", title=dinner.title, about="Ten people, one pot.",
        time=("2026-11-06", "19:00", "22:00"), place=_at_home, details=_details,
    )


def _at_home(host):
    host.choose(neighbourhood=host.site.stage.area)
    host.write(address=STREET, directions=BELL, reveal_hours=30)


def _details(host):
    host.tick("spoken", "en", "ar")
    host.write(capacity=10)


def _mend_and_publish(dinner, staff):
    """Staff give the proposal back with a note; the host mends it and sends it in again."""
    hosting.review(staff, dinner.title)
    staff.reads_nothing_of(STREET)
    staff.unfold()
    staff.write(within="/changes", note=NOTE)
    staff.send("/changes")
    dinner.site.work()
    dinner.host.open(dinner.site.link(dinner.site.newest(stage.HOST), "/my/events/"))
    dinner.host.reads(NOTE)
    dinner.host.follow("/draft/what")
    dinner.host.write(description="Ten people, one pot of lentils.")
    dinner.host.send()
    dinner.host.open(f"/{dinner.host.locale}/my/events/{dinner.event_id}")
    dinner.host.send("/submit")
    staff.open(f"/{staff.locale}/desk/proposals")
    staff.follow_words(dinner.title)
    hosting.publish(staff)


def _ask(dinner, guests):
    """Three ask for a place, one of them for two with a diet; the host gets one letter about them."""
    for guest in guests:
        guesting.find(guest, dinner.title)
        guest.visitor.reads_nothing_of(STREET)
        is_first = guest is guests[0]
        guesting.sign_up(guest, people=2 if is_first else 1, extra=_eats_no_meat if is_first else None)
        guesting.confirm(guest, has_place=False)
        guest.visitor.says("The host has your request.")
    letter = dinner.site.newest(stage.HOST)
    assert dinner.site.link(letter, f"/host/events/{dinner.event_id}/guests")


def _eats_no_meat(visitor):
    visitor.unfold()
    visitor.tick("dishes", "vegetarian")
    visitor.tick("may_keep")


def _answer(dinner, *, yes, no):
    """The host sees names and counted needs, and no address; two may come, one is told kindly."""
    host = dinner.host
    host.open(f"/{host.locale}/host/events/{dinner.event_id}/guests")
    host.reads(*(guest.called for guest in (*yes, no)), host.words("Vegetarian"))
    host.reads_nothing_of(*(guest.email for guest in (*yes, no)))
    for guest in yes:
        host.press_beside(guest.called, "/approve")
    host.press_beside(no.called, "/decline")
    dinner.site.work()
    for guest in yes:
        guest.follow_letter()
        guesting.code_of(guest)
        guest.visitor.reads_nothing_of(STREET)
    assert no.visitor.words("There are other meetings, and you are welcome there.") in no.text


def _go_ahead(dinner):
    """Fewer than hoped for have signed up: three days before, the host is asked, and goes ahead."""
    dinner.site.at(DECIDE - MOMENT)
    before = len(dinner.site.letters(stage.HOST))
    dinner.site.at(DECIDE)
    assert len(dinner.site.letters(stage.HOST)) == before + 1
    dinner.host.open(dinner.site.link(dinner.site.newest(stage.HOST), "/my/events/"))
    dinner.host.send("/go-ahead")
    dinner.host.says("Good: it takes place. Those who signed up are counting on you.")


def _see_the_address(dinner, guests):
    """At the hour the host chose, and not a minute before, a letter leads to the address."""
    dinner.site.at(SHOWN_FROM - MOMENT)
    before = [guest.letters for guest in guests]
    dinner.site.at(SHOWN_FROM)
    assert [guest.letters for guest in guests] == [count + 1 for count in before]
    for guest in guests:
        guest.follow_letter()
        guest.visitor.reads(STREET, BELL)


def _tell_nobody_else(dinner, stranger, declined):
    """Neither who was declined, nor a stranger, nor any letter at all learns the address."""
    declined.follow_letter(-2)  # the one that said the host has the request: the last has no link
    declined.visitor.says("There is no place for you this time.")
    declined.visitor.reads_nothing_of(STREET, BELL)
    stranger.open(f"/{stranger.locale}/events")
    stranger.follow_words(dinner.title)
    stranger.reads_nothing_of(STREET, BELL)
    assert not [text for text in dinner.site.all_that_was_written() if STREET in text or BELL in text]


def _forget_the_address(dinner, guest):
    dinner.site.at(ENDS - MOMENT)
    guest.follow_letter()
    guest.visitor.reads(STREET)
    dinner.site.at(ENDS)
    guest.follow_letter()
    guest.visitor.reads_nothing_of(STREET, BELL)
