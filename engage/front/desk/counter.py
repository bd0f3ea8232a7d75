"""The counter: which meeting to sign somebody up for who calls or stands there."""

from flask import g, render_template, request

from engage.core import access, pages
from engage.core.fields import read_id
from engage.core.i18n import gettext as _
from engage.events import queries as events
from engage.events.queries.working import ON_A_PAGE
from engage.front.desk.blueprint import STAFF, bp, place
from engage.front.forms import MeetingSearch
from engage.places import queries as places


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
        "front/sign_up.html", events=shown, form=form, following=place(shown[-1]) if more else None,
        is_narrowed=bool(area or words or after),
    )


def _meeting_search() -> MeetingSearch:
    """Return the search with the neighbourhoods this member of staff works for."""
    form, mine = MeetingSearch(request.args), access.actor().areas(*STAFF)
    areas = [area for area in places.all_neighbourhoods() if mine is None or area.id in mine]
    form.area.choices = [("", _("All of the city") if mine is None else _("Everywhere you work"))]
    form.area.choices += [(str(area.id), area.name) for area in areas]
    return form
