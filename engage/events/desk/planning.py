"""Planning a series: what it is, then every date with what is known of it, then all of them at once.

Until that is confirmed, the plan lives in the page alone.
"""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from flask import render_template, request, url_for
from werkzeug.wrappers import Response

from engage.accounts import queries as accounts
from engage.accounts.models import Person
from engage.core import access, clock, i18n
from engage.core.access import Role
from engage.core.fields import Form, read_id
from engage.core.i18n import common_languages, ngettext
from engage.core.i18n import gettext as _
from engage.core.pages import Tried, attempted, told
from engage.core.refusal import Refused
from engage.events import actions, queries, rules, wording
from engage.events.actions import Plan, WhenAndWhere
from engage.events.desk.blueprint import STAFF, Page, bp, my_venues
from engage.events.desk.previewing import Row, previewed
from engage.events.desk.series import opened
from engage.events.forms import DetailsForm, RuleForm, SeriesForm, WhatForm, carried
from engage.events.rules import Missing
from engage.events.rules.series import rule_refusal
from engage.programmes import queries as programmes

NOT_SENT = Tried(is_done=False)
WRONG = Tried(is_done=False, status=422)
T = TypeVar("T")


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
    chosen = {person.id: person.called for person in _leaders() if person.id == read_id(series.facilitator.data)}
    rows = previewed(series, venues, chosen)
    tried, made = _make(rows, series, lambda dates: actions.schedule_series(
        plan=_plan(series, what, details), dates=dates, by=access.actor(), now=clock.now(),
    ), what, details)
    if tried.is_done:
        return told(_("All of them are public now."), ".series", series_id=made)
    return _preview_page(
        rows, series, tried, hidden=carried(series, what, details), title=what.title.data or "", leaders=chosen.values(),
        action=url_for("events_desk.schedule_series"),
    )


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
    series, before = opened(series_id)
    venues = my_venues()
    form = RuleForm(venues)
    is_sent = form.is_submitted() and "back" not in request.form
    if not is_sent or not form.validate() or not is_a_rule(form):
        page = render_template("events/series_dates.html", series=series, form=form, problem="")
        return page, 422 if is_sent else 200
    title, leaders = series.title.shown(i18n.locale()).text, queries.leaders(before)
    rows = previewed(form, venues, leaders)
    tried, count = _make(rows, form, lambda dates: actions.add_dates(
        series_id=series_id, form_key=form.form_key.data or "", dates=dates, by=access.actor(), now=clock.now(),
    ))
    if tried.is_done:
        done = _("Added. Whoever follows this series gets a letter.") if count else _sent_before()
        return told(done, ".series", series_id=series_id)
    return _preview_page(
        rows, form, tried, hidden=carried(form), title=title, leaders=leaders.values(),
        action=url_for("events_desk.add_dates", series_id=series_id),
    )


def _make(
    rows: list[Row], form: RuleForm, act: Callable[[list[WhenAndWhere]], T], *more: Form
) -> tuple[Tried, T | None]:
    """Do what the button says with the dates that are left, if each of them is right."""
    if any(row.is_wrong for row in rows):
        return WRONG, None
    if "make" not in request.form:
        return NOT_SENT, None
    dates = [row.form.given() for row in rows if not row.is_dropped]
    return attempted(form, lambda: act(dates), *more)


def _preview_page(rows: list[Row], form: RuleForm, tried: Tried, **shown: Any) -> Page:
    """Show every date before anything is made."""
    kept = [row for row in rows if not row.is_dropped]
    page = render_template(
        "events/series_preview.html", rows=rows, form=form, problem=_problem(form, tried, kept), wording=wording,
        kept=len(kept), marked=sum(row.marks.has_any for row in kept), **shown,
    )
    return page, tried.status


def _problem(form: RuleForm, tried: Tried, kept: list[Row]) -> str:
    """Return what to say on top: a refusal may stand beside a field of the page before, which isn't shown."""
    beside = [message for name in ("days", "venues") for message in form[name].errors]
    wrong = sum(row.is_wrong for row in kept)
    asks = ngettext("%(num)s date needs another look.", "%(num)s dates need another look.", wrong) if wrong else ""
    return tried.problem or " ".join(beside) or asks
