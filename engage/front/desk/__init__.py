"""The desk: what needs staff, on one page, and where they begin; and the ledger for administrators."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from flask import Blueprint, g, render_template, request

from engage.accounts import queries as accounts
from engage.core import access, pages
from engage.core.access import Role
from engage.core.city import city
from engage.core.fields import read_id, read_number
from engage.core.i18n import gettext as _
from engage.core.ledger import Entry, kinds_of, name_of
from engage.events import queries as events
from engage.events.models import Event
from engage.events.queries.working import ON_A_PAGE
from engage.front import menu, queries
from engage.front.forms import LedgerSearch, MeetingSearch
from engage.front.wording import GROUPS, PARTS
from engage.places import queries as places
from engage.registrations import queries as registrations
from engage.registrations.queries import Counts, Needed
from engage.registrations.wording import NEEDS

NOBODY = UUID(int=0)
STAFF = (Role.STAFF, Role.ADMINISTRATOR)
WEEK, MOST_IN_WEEK = timedelta(days=7), 50

bp = Blueprint("front_desk", __name__, template_folder="../templates")
bp.add_app_template_global(menu.wings)
bp.add_app_template_global(menu.room_of)

from engage.front.desk import printing  # noqa: E402 - it hangs its screens on `bp`

__all__ = ["bp", "printing"]


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
    return Week(_lines(found), more, _place(found[-1]))


def _place(event: Event) -> str:
    return pages.place_of(event.starts_at or event.created_at, event.id)


def _lines(found: list[Event]) -> list[Line]:
    ids = [event.id for event in found]
    counts, needed = registrations.counts_of(ids), registrations.needed_at(ids)
    nobody, nothing = Counts({}, {}), Needed({}, ())
    return [Line(event, counts.get(event.id, nobody), needed.get(event.id, nothing)) for event in found]


@bp.get("/<locale>/desk/sign-up")
@access.signed_in(*STAFF)
def sign_up() -> str:
    """Show the meetings that somebody who calls or stands at the counter can be signed up for, by words and area."""
    form, after = _meeting_search(), pages.turned_to()
    area, words = read_id(form.area.data), form.words.data or ""
    areas = places.with_below([area]) if area else None
    found = events.to_join(access.actor(), now=g.now, areas=areas, words=words, after=after)
    shown, more = found[:ON_A_PAGE], found[ON_A_PAGE:]
    return render_template(
        "front/sign_up.html", events=shown, form=form, following=_place(shown[-1]) if more else None,
        is_narrowed=bool(area or words or after),
    )


def _meeting_search() -> MeetingSearch:
    """Return the search with the neighbourhoods this member of staff works for."""
    form, mine = MeetingSearch(request.args), access.actor().areas(*STAFF)
    areas = [area for area in places.all_neighbourhoods() if mine is None or area.id in mine]
    form.area.choices = [("", _("All of the city") if mine is None else _("Everywhere you work"))]
    form.area.choices += [(str(area.id), area.name) for area in areas]
    return form


@bp.get("/<locale>/desk/ledger")
@access.signed_in(Role.ADMINISTRATOR)
def audit() -> tuple[str, int]:
    """Show what happened, newest first: by kind, by day, by whom or what it is about."""
    form = LedgerSearch(request.args)
    form.kind.choices = _kinds()
    wanted = _wanted(form)
    found = queries.entries(wanted or queries.Wanted(), city().zone)
    page, is_more = found[: queries.PAGE], len(found) > queries.PAGE
    subjects = {entry.id: {str(subject.subject_id) for subject in entry.subjects} for entry in page}
    following = _next(page) if is_more else None
    context = {"form": form, "entries": page, "subjects": subjects, "who": _who(page), "next": following}
    return render_template("front/audit.html", **context, named=name_of, parts=PARTS), 200 if wanted else 422


def _kinds() -> list[tuple[str, str]]:
    """Return what there is to look for: the groups, then each kind of fact, by what it is called."""
    each = sorted(((kind, name_of(kind)) for kind in queries.kinds()), key=lambda pair: pair[1])
    return [("", _("Everything")), *((key, str(group.name)) for key, group in GROUPS.items()), *each]


def _wanted(form: LedgerSearch) -> queries.Wanted | None:
    """Return what is looked for; None, with the reason at its field, for what makes no sense."""
    if not form.validate():
        return None
    about = _about(form.about.data) if form.about.data else None
    if about is not None and not about:
        form.about.errors = [*form.about.errors, _("Nobody with an account and no meeting is called so.")]
        return None
    before = read_number(request.args.get("before", ""))
    return queries.Wanted(_kinds_of(form.kind.data or ""), form.first.data, form.last.data, about, before)


def _kinds_of(chosen: str) -> frozenset[str] | None:
    """Return the kinds of facts that a choice means; None is all of them."""
    if chosen in GROUPS:
        return kinds_of(GROUPS[chosen].sort)
    return frozenset({chosen}) if chosen else None


def _about(typed: str) -> frozenset[UUID]:
    """Return whom or what is meant: an id of the ledger, people by name or address, meetings by title."""
    if known := read_id(typed):
        return frozenset({known})
    people = accounts.find_person(typed, access.actor())
    return frozenset(person.id for person in people) | frozenset(events.titled(typed))


def _who(entries: list[Entry]) -> dict[int, str]:
    """Return who did each thing, in words."""
    people = accounts.people(entry.by_id for entry in entries if entry.by_kind == "person" and entry.by_id)
    called = {person_id: person.called for person_id, person in people.items()}
    words = {
        "person": _("somebody whose account is gone"), "clock": _("the site, by itself"),
        "link": _("the holder of a personal link"), "nobody": _("somebody not signed in"),
    }
    return {entry.id: called.get(entry.by_id or NOBODY, words[entry.by_kind]) for entry in entries}


def _next(entries: list[Entry]) -> dict[str, str]:
    """Return the query of the next page: the same search, from the last entry on."""
    kept = {name: value for name, value in request.args.items() if name in ("kind", "first", "last", "about") and value}
    return {**kept, "before": str(entries[-1].id)} if entries else kept
