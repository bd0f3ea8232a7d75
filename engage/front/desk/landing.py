"""What waits for whoever lands on the desk, and staff's meetings of the week with their numbers."""

from dataclasses import dataclass
from datetime import timedelta

from flask import g, render_template

from engage.core import access, pages
from engage.core.access import Role
from engage.events import queries as events
from engage.events.models import Event
from engage.front.desk.blueprint import STAFF, bp, place
from engage.registrations import queries as registrations
from engage.registrations.queries import Counts, Needed
from engage.registrations.wording import NEEDS

WEEK, MOST_IN_WEEK = timedelta(days=7), 50


@dataclass(frozen=True)
class Line:
    """A meeting of the week with its numbers."""

    event: Event
    counts: Counts
    needed: Needed


@dataclass(frozen=True)
class Week:
    """The meetings of the next days, how many more there are, and after which place in the list of all."""

    lines: list[Line]
    more: int
    after: str | None


@bp.get("/<locale>/desk")
@access.signed_in(*Role)
def desk() -> str:
    """Show what waits for this reader, each thing leading to the page where it is settled."""
    queues = pages.queues()
    waiting = [(queue, count) for queue, count in queues if count]
    done = [queue for queue, count in queues if not count]
    is_staff = access.actor().has_role(*STAFF, anywhere=True)
    week = _week() if is_staff else None
    return render_template("front/desk.html", waiting=waiting, done=done, week=week, is_staff=is_staff, needs=NEEDS)


def _week() -> Week:
    """Return the meetings under way and of the next seven days that this reader works for, and how many are left out."""
    actor, until = access.actor(), g.now + WEEK
    found = events.coming_to(actor, since=g.now, until=until, limit=MOST_IN_WEEK)
    if len(found) < MOST_IN_WEEK:
        return Week(_lines(found), 0, None)
    more = events.count_coming_to(actor, since=g.now, until=until) - len(found)
    return Week(_lines(found), more, place(found[-1]))


def _lines(found: list[Event]) -> list[Line]:
    ids = [event.id for event in found]
    counts, needed = registrations.counts_of(ids), registrations.needed_at(ids)
    nobody, nothing = Counts({}, {}), Needed({}, ())
    return [Line(event, counts.get(event.id, nobody), needed.get(event.id, nothing)) for event in found]
