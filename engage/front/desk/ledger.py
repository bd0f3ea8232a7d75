"""What happened, for administrators: searched by kind, by day, by whom or what it is about."""

from uuid import UUID

from flask import render_template, request

from engage.accounts import queries as accounts
from engage.core import access
from engage.core.access import Role
from engage.core.city import city
from engage.core.fields import read_id, read_number
from engage.core.i18n import gettext as _
from engage.core.ledger import Entry, kinds_of, name_of
from engage.events import queries as events
from engage.front import queries
from engage.front.desk.blueprint import bp
from engage.front.forms import LedgerSearch
from engage.front.wording import GROUPS, PARTS

NOBODY = UUID(int=0)


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
