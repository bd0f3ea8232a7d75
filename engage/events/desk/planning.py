"""Planning a series: what it is, then every date with what is known of it, then all of them at once.

Until that is confirmed, the plan lives in the page alone.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from flask import render_template, request
from werkzeug.wrappers import Response

from engage.accounts import queries as accounts
from engage.accounts.models import Person
from engage.core import access, clock, i18n
from engage.core.access import Role
from engage.core.city import city
from engage.core.fields import Form, read_id
from engage.core.i18n import common_languages, ngettext
from engage.core.i18n import gettext as _
from engage.core.pages import Tried, attempt, told
from engage.core.refusal import NotFound, Refused
from engage.events import actions, adapters, policy, queries, rules, wording
from engage.events.actions import Plan, WhenAndWhere, writing
from engage.events.actions.writing import Span
from engage.events.desk.blueprint import STAFF, Page, bp, my_venues
from engage.events.forms import DateForm, DetailsForm, RuleForm, SeriesForm, WhatForm, carried, planned_dates, sent_dates
from engage.events.queries import Shared, Wanted
from engage.events.rules import Missing
from engage.events.rules.series import EVENING, days_of, rotate, rule_refusal
from engage.places.models import Venue
from engage.programmes import queries as programmes

NOT_SENT = Tried(is_done=False)
WRONG = Tried(is_done=False, status=422)


@dataclass(frozen=True)
class Row:
    """One date of a preview with what is known of it; without a `span`, something about its time is wrong."""

    form: DateForm
    venue: Venue | None
    span: Span | None = None
    notes: list[str] = field(default_factory=list)
    shared: list[Shared] = field(default_factory=list)

    @property
    def is_dropped(self) -> bool:
        return bool(self.form.is_dropped.data)

    @property
    def is_wrong(self) -> bool:
        return self.span is None and not self.is_dropped


@bp.route("/<locale>/desk/series/new", methods=["GET", "POST"])
@access.signed_in(*STAFF)
def schedule_series() -> Response | Page:
    """Plan a series on one page, look at every date on the next, and publish all of them together."""
    venues = my_venues()
    series, what, details = SeriesForm(venues, _leaders()), WhatForm(programmes.active()), DetailsForm(None)
    context = {"series": series, "what": what, "details": details, "common": common_languages()}
    if (tried := _looked_at(series, what, details)) is not None:
        return render_template("events/series_new.html", **context, problem=tried.problem), tried.status
    if "make" in request.form and (earlier := queries.series_of_form(series.form_key.data or "")):
        return told(_sent_before(), ".series", series_id=earlier)
    rows = preview(series, venues, read_id(series.facilitator.data))
    made: list[UUID] = []
    tried = _make(rows, series, lambda dates: made.append(actions.schedule_series(
        plan=_plan(series, what, details), dates=dates, by=access.actor(), now=clock.now(),
    )), what, details)
    if tried.is_done:
        return told(_("All of them are public now."), ".series", series_id=made[0])
    hidden = carried(series, what, details)
    return _preview_page(rows, series, tried, hidden=hidden, title=what.title.data or "", action="events_desk.schedule_series")


def _sent_before() -> str:
    return _("This page was sent before, so nothing was made twice. These are the dates that are public.")


def _leaders() -> list[Person]:
    """Return who may lead the talk where this reader plans."""
    return accounts.role_holders_within(Role.FACILITATOR, access.actor().areas(*STAFF))


def _plan(series: SeriesForm, what: WhatForm, details: DetailsForm) -> Plan:
    return Plan(
        series.form_key.data or "", series.rule, what.given(), details.given(what.written_in.data),
        read_id(series.facilitator.data),
    )


def _looked_at(series: SeriesForm, what: WhatForm, details: DetailsForm) -> Tried | None:
    """Say how the first page is to be shown, or None once it is whole and its dates can be looked at."""
    if not series.is_submitted() or "back" in request.form:
        return NOT_SENT
    are_whole = [form.validate() for form in (series, what, details)]
    if not all(are_whole) or not is_a_rule(series):
        return WRONG
    missing = rules.missing(
        {Missing.DESCRIPTION: what.description.data, Missing.LANGUAGES: details.spoken.data},
        known=(Missing.DESCRIPTION, Missing.LANGUAGES),
    )
    pointed = [form.point_out(missing) for form in (what, details)]
    return WRONG if any(pointed) or not _has_room(what, details) else None


def is_a_rule(form: RuleForm) -> bool:
    """Say whether a valid form's rule makes a series; if not, it says why beside the field."""
    refusal = rule_refusal(form.rule)
    if refusal:
        form.show(Refused(refusal))
    return refusal is None


def _has_room(what: WhatForm, details: DetailsForm) -> bool:
    programme = programmes.programme(what.given().programme_id)
    least, most = programme.least_guests, programme.most_guests
    capacity = most if details.capacity.data is None else details.capacity.data
    if refusal := rules.capacity_refusal(capacity, least, most):
        details.show(Refused(refusal, least=max(least or 1, 1), most=most))
    return refusal is None


@bp.route("/<locale>/desk/series/<uuid:series_id>/dates", methods=["GET", "POST"])
@access.signed_in(*STAFF)
def add_dates(series_id: UUID) -> Response | Page:
    """Plan more dates of a series, with the words and details of its last one."""
    series = queries.one_series(series_id)
    if not policy.may_open_series(access.actor(), queries.dates(series_id)):
        raise NotFound
    venues = my_venues()
    form = RuleForm(venues)
    is_sent = form.is_submitted() and "back" not in request.form
    if not is_sent or not form.validate() or not is_a_rule(form):
        page = render_template("events/series_dates.html", series=series, form=form, problem="")
        return page, 422 if is_sent else 200
    rows = preview(form, venues)
    added: list[int] = []
    tried = _make(rows, form, lambda dates: added.append(actions.add_dates(
        series_id=series_id, form_key=form.form_key.data or "", dates=dates, by=access.actor(), now=clock.now(),
    )))
    if tried.is_done:
        done = _("Added. Whoever follows this series gets a letter.") if added[0] else _sent_before()
        return told(done, ".series", series_id=series_id)
    return _preview_page(
        rows, form, tried, hidden=carried(form), title=queries.one_series(series_id).title.shown(i18n.locale()).text,
        action="events_desk.add_dates", series_id=series_id,
    )


# --- every date, and what is known of it -------------------------------------------------------------


def preview(form: RuleForm, venues: list[Venue], person_id: UUID | None = None) -> list[Row]:
    """Return the dates that were sent, else those the rule names, each with its marks."""
    days = days_of(form.rule)
    turns = rotate(form.places, len(days))
    forms = sent_dates(venues) or planned_dates(days, turns, form.start.data, form.end.data, venues)
    known = {str(venue.id): venue for venue in venues}
    rows = [_row(each, known.get(each.venue.data)) for each in forms]
    shared = iter(queries.clashes([_wanted(row, row.span, person_id) for row in rows if row.span]))
    found = [next(shared) if row.span else [] for row in rows]
    return [Row(row.form, row.venue, row.span, row.notes, clashes) for row, clashes in zip(rows, found, strict=True)]


def _row(form: DateForm, venue: Venue | None) -> Row:
    span = _span(form)
    return Row(form, venue, span, _notes(span) if span else [])


def _span(form: DateForm) -> Span | None:
    if form.is_dropped.data or not form.validate():
        return None
    when = form.given().when
    try:
        return writing.span(when, city().zone, clock.now()) if when else None
    except Refused as refused:
        form.show(refused)
        return None


def _wanted(row: Row, span: Span, person_id: UUID | None) -> Wanted:
    venue = row.venue
    assert venue  # noqa: S101 - a date with a time has a place of the list
    return Wanted(span.starts_at, span.ends_at, city().zone, venue.id, venue.neighbourhood_id, person_id)


def _notes(span: Span) -> list[str]:
    """Return what calendars and clocks say of a date, each once."""
    day, is_evening = span.wall_start.date(), span.wall_end.time() > EVENING or span.wall_end.date() > span.wall_start.date()
    notes = adapters.public_holidays(day, city().country, i18n.locale())
    notes += [
        wording.feast(kept.feast, is_eve=kept.is_eve, is_evening=is_evening)
        for kept in adapters.feasts(span.wall_start, span.wall_end)
    ]
    if adapters.clocks_change(day, city().zone):
        hour = i18n.hour(span.starts_at, city().zone)
        notes.append(_("The clocks change the night before or after. The meeting stays at %(hour)s.", hour=hour))
    return list(dict.fromkeys(notes))


def _make(rows: list[Row], form: RuleForm, act: Callable[[list[WhenAndWhere]], object], *more: Form) -> Tried:
    """Do what the button says with the dates that are left, if each of them is right."""
    if any(row.is_wrong for row in rows):
        return WRONG
    if "make" not in request.form:
        return NOT_SENT
    dates = [row.form.given() for row in rows if not row.is_dropped]
    return attempt(form, lambda: act(dates), *more)


def _preview_page(
    rows: list[Row], form: RuleForm, tried: Tried, *, hidden: list[tuple[str, str]], title: str, action: str, **values: UUID
) -> Page:
    """Show every date before anything is made."""
    kept = [row for row in rows if not row.is_dropped]
    marked = sum(bool(row.notes or row.shared) for row in kept)
    page = render_template(
        "events/series_preview.html", rows=rows, form=form, hidden=hidden, title=title, problem=_problem(form, tried, kept),
        kept=len(kept), marked=marked, wording=wording, action=action, values=values, is_twice=_is_twice(kept),
    )
    return page, tried.status


def _problem(form: RuleForm, tried: Tried, kept: list[Row]) -> str:
    """Return what to say on top: a refusal may stand beside a field of the page before, which isn't shown."""
    beside = [message for name in ("days", "venues") for message in form[name].errors]
    wrong = sum(row.is_wrong for row in kept)
    asks = ngettext("%(num)s date needs another look.", "%(num)s dates need another look.", wrong) if wrong else ""
    return tried.problem or " ".join(beside) or asks


def _is_twice(rows: list[Row]) -> frozenset[str]:
    """Return the dates at whose time and place another one of the same plan is."""
    seen: dict[tuple[datetime, str], str] = {}
    twice: set[str] = set()
    for row in rows:
        if row.span:
            key = (row.span.starts_at, str(row.form.venue.data))
            twice |= {row.form.day.name} if key in seen else set()
            seen.setdefault(key, row.form.day.name)
    return frozenset(twice)
