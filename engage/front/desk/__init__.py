"""The desk: what needs staff, on one page; and the ledger for administrators."""

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, g, render_template, request

from engage.accounts import queries as accounts
from engage.core import access, pages
from engage.core.access import Role
from engage.core.city import city
from engage.core.fields import read_number
from engage.core.i18n import gettext as _
from engage.core.ledger import Entry, name_of
from engage.events.queries import listing
from engage.events.queries.cards import Card
from engage.front import queries
from engage.front.forms import LedgerSearch
from engage.front.wording import PARTS

NOBODY = UUID(int=0)
STAFF = (Role.STAFF, Role.ADMINISTRATOR)
WEEK, MOST_IN_WEEK = timedelta(days=7), 50

bp = Blueprint("front_desk", __name__, template_folder="../templates")

from engage.front.desk import printing  # noqa: E402 - it hangs its screens on `bp`

__all__ = ["bp", "printing"]


@bp.get("/<locale>/desk")
@access.signed_in(*Role)
def desk() -> str:
    """Show what waits for this reader, each thing leading to the page where it is settled."""
    queues = pages.queues()
    waiting = [(queue, count) for queue, count in queues if count]
    done = [queue for queue, count in queues if not count]
    return render_template("front/desk.html", waiting=waiting, done=done, week=_week())


def _week() -> list[Card] | None:
    """Return the meetings of the next seven days that this reader works for; None who isn't staff."""
    actor = access.actor()
    if not actor.has_role(*STAFF, anywhere=True):
        return None
    coming = listing.coming(MOST_IN_WEEK, now=g.now, filters=listing.Filters(areas=actor.areas(*STAFF)))
    return [card for card in coming if card.starts_at < g.now + WEEK]


@bp.get("/<locale>/desk/ledger")
@access.signed_in(Role.ADMINISTRATOR)
def audit() -> tuple[str, int]:
    """Show what happened, newest first: by kind, by day, by whom or what it is about."""
    form = LedgerSearch(request.args)
    form.kind.choices = [("", _("Everything")), *_kinds()]
    is_fine = form.validate()
    wanted = _wanted(form) if is_fine else queries.Wanted()
    found = queries.entries(wanted, city().zone)
    page, is_more = found[: queries.PAGE], len(found) > queries.PAGE
    subjects = {entry.id: {str(subject.subject_id) for subject in entry.subjects} for entry in page}
    following = _next(page) if is_more else None
    context = {"form": form, "entries": page, "subjects": subjects, "who": _who(page), "next": following}
    return render_template("front/audit.html", **context, named=name_of, parts=PARTS), 200 if is_fine else 422


def _kinds() -> list[tuple[str, str]]:
    """Return the kinds of facts there are, by what they are called."""
    return sorted(((kind, name_of(kind)) for kind in queries.kinds()), key=lambda pair: pair[1])


def _wanted(form: LedgerSearch) -> queries.Wanted:
    return queries.Wanted(
        kind=form.kind.data or "", first=form.first.data, last=form.last.data,
        about=UUID(form.about.data) if form.about.data else None, before=read_number(request.args.get("before", "")),
    )


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

