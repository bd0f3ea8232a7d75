"""What waits for review, all events, scheduling one, calling it off."""

from uuid import UUID

from flask import render_template, request
from werkzeug.wrappers import Response

from engage.core import access, clock
from engage.core.access import Actor, Role
from engage.core.fields import Choice, Form, read_id
from engage.core.i18n import common_languages, locale
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.pages import Queue, attempt, attempted, place_of, told, turned_to
from engage.core.refusal import NotFound, Refused
from engage.events import actions, policy, queries, rules, wording
from engage.events.desk.blueprint import REVIEWERS, STAFF, Page, bp, my_venues
from engage.events.forms import CancelForm, DetailsForm, ScheduleForm, WhenForm
from engage.events.queries.working import ON_A_PAGE
from engage.events.rules import State
from engage.places import queries as places
from engage.programmes import queries as programmes

COMING, PAST = "coming", "past"
SPANS = ((COMING, _l("To come")), (PAST, _l("Past")))
SHOWN_STATES = tuple(state for state in State if state != State.WITHDRAWN)


class Filter(Form):
    """Narrow the list of events; reads the address bar."""

    which = Choice(_l("When"), choices=SPANS)
    state = Choice(_l("State"), choices=[])
    programme = Choice(_l("Kind of meeting"), choices=[])
    area = Choice(_l("Neighbourhood"), choices=[])

    class Meta(Form.Meta):
        csrf = False


@bp.get("/<locale>/desk/proposals")
@access.signed_in(*REVIEWERS)
def queue() -> str:
    """Show the proposals that wait for a decision, the longest-waiting first, and those with an answer."""
    actor = access.actor()
    return render_template(
        "events/desk_queue.html", waiting=queries.to_review(actor), answered=queries.answered(actor),
        unhosted=queries.unhosted(actor), undecided=queries.to_decide(actor, clock.now()), wording=wording,
    )


@bp.get("/<locale>/desk/events")
@access.signed_in(*REVIEWERS, Role.FACILITATOR)
def index() -> str:
    """Show the events staff work with, to come or past, by state, programme and area."""
    form = _filter()
    area = read_id(form.area.data)
    found = queries.for_staff(
        access.actor(), is_past=form.which.data == PAST, now=clock.now(),
        state=State(form.state.data) if form.state.data in SHOWN_STATES else None,
        programme_id=read_id(form.programme.data), areas=places.with_below([area]) if area else None, after=turned_to(),
    )
    shown, more = found[:ON_A_PAGE], found[ON_A_PAGE:]
    following = place_of(shown[-1].starts_at or shown[-1].created_at, shown[-1].id) if more else None
    return render_template("events/desk_index.html", form=form, events=shown, following=following, spans=SPANS, wording=wording)


def _filter() -> Filter:
    form = Filter(request.args)
    if form.which.data not in dict(SPANS):
        form.which.data = COMING
    form.state.choices = [("", _("All")), *((state.value, wording.state(state)) for state in SHOWN_STATES)]
    names = ((str(row.id), row.name.shown(locale()).text) for row in programmes.every())
    form.programme.choices = [("", _("All kinds")), *names]
    form.area.choices = [("", _("All of the city")), *((str(area.id), area.name) for area in places.all_neighbourhoods())]
    return form


@bp.route("/<locale>/desk/events/new", methods=["GET", "POST"])
@access.signed_in(*STAFF)
def schedule() -> Response | Page:
    """Put the city's own meeting before the public, on one page."""
    what, when, details = ScheduleForm(programmes.active()), _when_form(), DetailsForm(None)
    if what.is_submitted() and (earlier := queries.event_of_form(what.form_key.data or "")):
        sent_before = _("This page was sent before, so nothing was made twice. This is the meeting that is public.")
        return told(sent_before, "events.manage", event_id=earlier)
    tried, made = attempted(what, lambda: actions.schedule(
        form_key=what.form_key.data or "", what=what.given(), when_and_where=when.given(),
        details=details.given(what.written_in.data), by=access.actor(), now=clock.now(),
    ), when, details)
    if tried.is_done:
        return told(_("It is public now."), "events.manage", event_id=made)
    page = render_template(
        "events/desk_schedule.html", what=what, when=when, details=details, problem=tried.problem, common=common_languages(),
    )
    return page, tried.status


def _when_form() -> WhenForm:
    """Return the form of time and place with the places this member of staff works for."""
    mine = access.actor().areas(*STAFF)
    areas = [area for area in places.all_neighbourhoods() if mine is None or area.id in mine]
    return WhenForm(None, areas, my_venues(), may_be_home=False)


@bp.route("/<locale>/my/events/<uuid:event_id>/cancel", methods=["GET", "POST"])
@access.signed_in()
def cancel(event_id: UUID) -> Response | Page:
    """Call an event off: on its own page, with a reason and a typed word."""
    event = queries.for_manage(event_id)
    if not policy.may_cancel(access.actor(), event):
        raise NotFound
    if refusal := rules.cancel_refusal(event.state, event.ends_at, clock.now()):
        raise Refused(refusal, state=event.state)
    form = CancelForm()
    tried = attempt(form, lambda: actions.cancel(
        event_id=event_id, reason=form.reason.data or "", locale=form.written_in.data, by=access.actor(), now=clock.now()
    ))
    if tried.is_done:
        done = _("It is cancelled. Everybody who signed up gets a letter with your reason.")
        return told(done, "events.manage", event_id=event_id)
    event = queries.for_manage(event_id)
    told_of = queries.told_of([event], access.actor())
    page = render_template("events/cancel.html", event=event, form=form, problem=tried.problem, told_of=told_of)
    return page, tried.status


def _count_to_decide(actor: Actor) -> int:
    return queries.count_to_decide(actor, clock.now())


QUEUES: tuple[Queue, ...] = (
    Queue(_l("Proposals to review"), "events_desk.queue", queries.count_to_review, REVIEWERS, "proposals"),
    Queue(_l("Proposals with an answer"), "events_desk.queue", queries.count_answered, REVIEWERS, "answered"),
    Queue(_l("Meetings with too few guests"), "events_desk.queue", _count_to_decide, STAFF, "undecided"),
    Queue(_l("Meetings whose host has left"), "events_desk.queue", queries.count_unhosted, STAFF, "unhosted"),
)
