"""Changing dates of a series: what about them, which of them, and, before anything is done, who gets a letter."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import abort, render_template, request
from werkzeug.wrappers import Response

from engage.core import access, clock, i18n
from engage.core.i18n import common_languages, ngettext
from engage.core.i18n import gettext as _
from engage.core.pages import Tried, attempted, told
from engage.core.refusal import Refused
from engage.events import actions, queries, wording
from engage.events.actions import Alteration, Edited
from engage.events.desk.blueprint import STAFF, Page, bp, my_venues
from engage.events.desk.outcomes import Outcome, outcomes
from engage.events.desk.series import opened
from engage.events.forms import (
    PlaceForm,
    ScopeForm,
    SeriesCallOffForm,
    SeriesCapacityForm,
    SeriesDetailsForm,
    SeriesWordsForm,
    ShiftForm,
    carried,
)
from engage.events.models import Event, Series
from engage.events.queries import Told
from engage.events.rules import State
from engage.events.rules.series import Scope, SeriesReason

FORMS: Mapping[str, Callable[[Event], Any]] = {  # each of these forms turns into an `Alteration`
    "time": ShiftForm,
    "place": lambda event: PlaceForm(event, my_venues()),
    "texts": SeriesWordsForm,
    "details": SeriesDetailsForm,
    "capacity": SeriesCapacityForm,
    "cancel": lambda _event: SeriesCallOffForm(),
}


@dataclass(frozen=True)
class Reach:
    """Which dates and whom a change reaches, said before it is made."""

    outcomes: list[Outcome]
    told: Told | None  # None: of such a change nobody is told
    fields: tuple[str, ...]  # the names of those that were changed, where a change is made of several


@bp.route("/<locale>/desk/series/<uuid:series_id>/change/<what>", methods=["GET", "POST"])
@access.signed_in(*STAFF)
def alter(series_id: UUID, what: str) -> Response | Page:
    """Change one thing about this date, this and those that follow, or all to come."""
    series, dates = opened(series_id)
    if what not in FORMS:
        abort(404)
    now = clock.now()
    coming = [event for event in dates if event.state == State.PUBLISHED and event.starts_at and event.starts_at > now]
    if not coming:
        raise Refused(SeriesReason.NOTHING_TO_COME)
    scope = ScopeForm(coming, **_asked_for(coming))
    event = _chosen(coming, scope.date.data)
    return _change(Asked(series, event, what, scope, FORMS[what](_chosen(coming, scope.shown.data))))


def _chosen(coming: list[Event], event_id: str | None) -> Event:
    return next((event for event in coming if str(event.id) == event_id), coming[0])


def _asked_for(coming: list[Event]) -> dict[str, str]:
    """Return the date that a link names."""
    asked = request.args.get("date", "")
    return {"date": asked} if any(str(event.id) == asked for event in coming) else {}


@dataclass(frozen=True)
class Asked:
    """What somebody wants to change: one kind of thing, about one date and perhaps others."""

    series: Series
    event: Event
    what: str
    scope: ScopeForm
    form: Any


def _change(asked: Asked) -> Response | Page:
    """Show the form, then whom it reaches, then do it."""
    if not asked.scope.is_submitted() or "back" in request.form:
        return _page(asked, Tried(is_done=False))
    are_whole = [form.validate() for form in (asked.scope, asked.form)]
    if not all(are_whole):
        return _page(asked, Tried(is_done=False, status=422))
    change: Alteration = asked.form.alteration()
    return _make(asked, change) if "do" in request.form else _look(asked, change)


def _look(asked: Asked, change: Alteration) -> Page:
    """Show what a change comes to and whom it reaches; what can't be, or comes to nothing, is said at the form."""
    now = clock.now()
    ids = queries.dates_in(asked.series.id, Scope(asked.scope.scope.data), asked.event, now)
    try:
        found = outcomes(queries.events(ids), change, now)
    except Refused as refused:
        return _page(asked, Tried(is_done=False, problem=asked.form.show(refused), status=409))
    if wrong := next((outcome for outcome in found if outcome.refused), None):
        return _page(asked, Tried(is_done=False, problem=_cannot_be(asked.form, wrong), status=409))
    return _page(asked, Tried(is_done=False), _reach(found, change))


def _cannot_be(form: Any, wrong: Outcome) -> str:
    """Say beside its field why a change can't be made, and return at which date."""
    event = wrong.event
    assert wrong.refused  # noqa: S101 - as it was found
    assert event.starts_at  # noqa: S101 - a public event has a time
    assert event.ends_at  # noqa: S101
    return form.show(wrong.refused) or _(
        "The meeting on %(when)s can't be changed like this.", when=i18n.when(event.starts_at, event.ends_at, event.zone)
    )


def _reach(found: list[Outcome], change: Alteration) -> Reach:
    told_of = queries.told_of([outcome.event for outcome in found], access.actor()) if change.tells else None
    return Reach(found, told_of, change.changed if isinstance(change, Edited) else ())


def _make(asked: Asked, change: Alteration) -> Response | Page:
    series_id, event_id = asked.series.id, asked.event.id
    tried, changed = attempted(asked.scope, lambda: actions.alter(
        series_id=series_id, event_id=event_id, scope=Scope(asked.scope.scope.data), change=change, by=access.actor(),
        now=clock.now(),
    ), asked.form)
    if changed:
        return told(_done(changed, tells=change.tells), ".series", series_id=series_id)
    series, event = queries.one_series(series_id), queries.for_manage(event_id)  # what was read before is gone with it
    return _page(Asked(series, event, asked.what, asked.scope, asked.form), tried)


def _page(asked: Asked, tried: Tried, reach: Reach | None = None) -> Page:
    page = render_template(
        "events/series_alter.html", asked=asked, problem=tried.problem, reach=reach, common=common_languages(),
        hidden=carried(asked.scope, asked.form) if reach else (), wording=wording,
    )
    return page, tried.status


def _done(count: int, *, tells: bool) -> str:
    if tells:
        return ngettext(
            "%(num)s meeting is changed. Whoever had signed up for it gets a letter.",
            "%(num)s meetings are changed. Whoever had signed up for one of them gets a letter.",
            count,
        )
    return ngettext("%(num)s meeting is changed.", "%(num)s meetings are changed.", count)
