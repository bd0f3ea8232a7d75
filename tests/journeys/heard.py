"""What becomes of a concern in a story: raised at sign-up, on the agenda, in the minutes, done, and told to its author."""

from datetime import UTC, datetime

from sqlalchemy import select

from engage.concerns.models import Concern
from engage.events.models import Event
from tests.journeys import hosting, stage

WORDS = "الطريق إلى المدرسة مظلم، وأخاف على أطفالي."  # The way to school is dark, and I fear for my children.
DECISION, PROMISE, OUTCOME = "سنضيء الطريق.", "تركيب ثلاثة مصابيح", "المصابيح الثلاثة مضاءة."
AT_THE_MEETING = datetime(2027, 2, 14, 20, 0, tzinfo=UTC)
SPRING = datetime(2027, 3, 2, 10, 0, tzinfo=UTC)


def is_raised(guest):
    """Say what one wants to talk about, on the page after signing up, and have the letters about it begin."""
    visitor = guest.visitor
    visitor.press_link("/concerns/new?event=")
    visitor.write(text=WORDS, email=guest.email, place="خلف المدرسة")
    visitor.send()
    visitor.site.work()
    guest.follow_letter()
    visitor.reads(WORDS)
    visitor.send("/start")


def is_on_the_agenda(story):
    """Staff choose it for the agenda, and publish that; its author hears when it is on."""
    staff, guest = story.staff, story.guest
    first = story.site.rows(select(Event.id).order_by(Event.starts_at).limit(1))[0].id
    staff.open(f"/{staff.locale}/my/events/{first}")
    staff.follow("/agenda")
    staff.reads(WORDS)
    staff.tick("concerns")
    staff.send("/agenda/concerns")
    staff.send("/agenda/publish")
    _is_told(story, "Your concern is on the agenda")
    guest.visitor.open(f"/{guest.visitor.locale}/events/{_slug(story, first)}/agenda")
    guest.visitor.reads(WORDS)
    return first


def is_in_the_minutes(story, event_id):
    """What was said and decided is written down, with who does what by when; publishing it answers the concern."""
    story.site.at(AT_THE_MEETING)
    staff = story.staff
    staff.open(f"/{staff.locale}/desk")
    hosting.sign_in(staff, stage.STAFF)
    staff.open(f"/{staff.locale}/my/events/{event_id}")
    staff.follow("/minutes")
    staff.press_link("/minutes/")
    _say(staff, said_ar="مظلم منذ الخريف.", decision_ar=DECISION)
    staff.press_link("/action")
    staff.write(due_on="2027-03-01", department="Highways", email="lamps@example.org")
    _say(staff, what_ar=PROMISE)
    staff.open(f"/{staff.locale}/my/events/{event_id}/minutes")
    staff.send("/minutes/publish")
    _is_told(story, "Somebody is working on your concern", DECISION)


def is_done(story):
    """It is late, and nudged; then its owner says by their own link that it is done, and the author reads that in Arabic."""
    story.site.at(SPRING)
    owner = story.visitor()
    letters = story.site.letters("lamps@example.org")
    assert len(letters) == 2, "given, and overdue the day after"
    owner.open(story.site.link(letters[-1], "/link/"))
    owner.unfold_all()
    owner.page.fill("main form[action$='/done'] [name='outcome_ar']", OUTCOME)
    owner.send("/done")
    _is_told(story, "Done: what came of your concern", OUTCOME)


def everybody_sees_it(story, passing):
    """The neighbourhood's page of what came of concerns leads to its way."""
    concern = story.site.rows(select(Concern.id))[0].id
    passing.open(f"/{passing.locale}/concerns")
    passing.reads(WORDS)
    passing.press_link(f"/concerns/{concern}")
    for step in ("Raised", "On the agenda", "Being acted on", "Done"):
        passing.says(step)
    passing.reads(DECISION, OUTCOME, "Highways")


def _say(visitor, **texts):
    """Write in Arabic, which other readers find behind a tap, and send the form."""
    visitor.unfold_all()
    visitor.write(**texts)
    visitor.send()


def _is_told(story, subject, *words):
    """The author has one letter more, in Arabic, with the words that were said."""
    story.site.work()
    guest = story.guest
    assert guest.visitor.words(subject) in guest.letter["Subject"]
    assert all(word in guest.text for word in (WORDS, *words))


def _slug(story, event_id):
    return story.site.rows(select(Event.slug).where(Event.id == event_id))[0].slug
