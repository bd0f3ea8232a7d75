"""The door of an event, on a phone: check in, undo, walk-ins, close; and what a scanned code shows.

What a stranger's scan shows depends on nothing that is stored: it tells neither guest nor event.
"""

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from engage.attendance import actions, forms, queries, rules
from engage.core import access, clock, refusal, text
from engage.core.access import Actor
from engage.core.db import transaction
from engage.core.fields import Form
from engage.core.i18n import gettext as _
from engage.core.i18n import ngettext
from engage.core.pages import Panel, in_their_language, told
from engage.core.refusal import NotFound, Refused, require
from engage.events import policy
from engage.events import queries as events_queries
from engage.events.models import Event
from engage.events.rules import State as EventState

bp = Blueprint("attendance", __name__, template_folder="templates")

DOOR = "/<locale>/host/events/<uuid:event_id>/check-in"
LONGEST_SEARCH = 80

Page = str | tuple[str, int] | Response


@bp.get(DOOR)
@access.signed_in()
def check_in(event_id: UUID) -> Page:
    """Show who is expected and who has come."""
    return _door(event_id)


@bp.post(f"{DOOR}/<uuid:registration_id>")
@access.signed_in()
def mark(event_id: UUID, registration_id: UUID) -> Page:
    """Check a party in."""
    form = forms.CheckInForm()
    if not form.validate_on_submit():
        return _door(event_id, message=_wrong(form), status=422)
    try:
        with transaction():
            called = queries.called(event_id, registration_id)
            is_new = actions.check_in(
                event_id=event_id, registration_id=registration_id, came=form.came.data or 0, by=access.actor(), now=clock.now()
            )
    except Refused as refused:
        return _door(event_id, message=refusal.say(refused), status=409)
    return told(_marked(text.isolate(called), is_new=is_new), ".check_in", event_id=event_id)


@bp.post(f"{DOOR}/<uuid:registration_id>/undo")
@access.signed_in()
def undo(event_id: UUID, registration_id: UUID) -> Page:
    """Take a check-in back."""
    return _undone(event_id, lambda: actions.undo(
        event_id=event_id, registration_id=registration_id, by=access.actor(), now=clock.now()
    ))


@bp.post(f"{DOOR}/walk-ins")
@access.signed_in()
def add_walk_in(event_id: UUID) -> Page:
    """Add people who came without a place."""
    form = forms.walk_in_form(())
    if not form.validate_on_submit():
        return _door(event_id, walk_in=form, status=422)
    try:
        with transaction():
            is_new = actions.add_walk_in(
                event_id=event_id, form_key=form.form_key.data or "", people=form.people.data or 0,
                called=form.called.data or "", language=form.language.data or None, by=access.actor(), now=clock.now(),
            )
    except Refused as refused:
        return _door(event_id, walk_in=form, message=refusal.say(refused), status=409)
    return told(_added(form.people.data or 0, is_new=is_new), ".check_in", event_id=event_id)


@bp.post(f"{DOOR}/walk-ins/<uuid:walk_in_id>/remove")
@access.signed_in()
def remove_walk_in(event_id: UUID, walk_in_id: UUID) -> Page:
    """Take walk-ins back."""
    return _undone(event_id, lambda: actions.remove_walk_in(
        event_id=event_id, walk_in_id=walk_in_id, by=access.actor(), now=clock.now()
    ))


@bp.get(f"{DOOR}/list")
@access.signed_in()
def door_list(event_id: UUID) -> Page:
    """Show the list of guests for paper."""
    event = _event(event_id)
    return render_template("attendance/list.html", event=event, guests=queries.expected(event_id))


@bp.get(f"{DOOR}/close")
@access.signed_in()
def closing(event_id: UUID) -> Page:
    """Show who has not come, and ask whether to close."""
    return _closing(event_id)


@bp.post(f"{DOOR}/close")
@access.signed_in()
def close(event_id: UUID) -> Page:
    """Close an event."""
    if not Form().validate_on_submit():
        return _closing(event_id, message=_expired(), status=422)
    try:
        with transaction():
            actions.close(event_id=event_id, by=access.actor(), now=clock.now())
    except Refused as refused:
        return _closing(event_id, message=refusal.say(refused), status=409)
    return told(_("The meeting is closed. Thank you for welcoming everybody."), ".check_in", event_id=event_id)


@bp.get("/c/<uuid:event_id>/<code>")
@access.anyone
def open_code(event_id: UUID, code: str) -> Response:
    """Lead who scans a guest's code on, in the language of whoever scans, not of the guest."""
    return in_their_language(".scan", event_id=event_id, code=code)


@bp.get("/<locale>/c/<uuid:event_id>/<code>")
@access.anyone
def scan(event_id: UUID, code: str) -> Page:
    """Show who keeps the door the guest of a scanned code; tell anybody else nothing."""
    event = _event_at_my_door(access.actor(), event_id)
    if event is None:
        return render_template("attendance/code.html", path=request.path)
    guest = queries.guest_by_code(event_id, code)
    turnout = queries.came(event_id)
    return render_template("attendance/scan.html", event=event, guest=guest, turnout=turnout, shut=_shut(event))


def _door(event_id: UUID, *, walk_in: forms.WalkInForm | None = None, message: str = "", status: int = 200) -> tuple[str, int]:
    event, search = _event(event_id), text.clean(request.args.get("q", ""))[:LONGEST_SEARCH]
    page = render_template(
        "attendance/check_in.html", event=event, search=search, guests=queries.expected(event_id, search),
        turnout=queries.came(event_id), walk_ins=queries.walk_ins(event_id), message=message,
        form=walk_in or forms.walk_in_form(language.code for language in event.languages),
        shut=_shut(event), **_stage(event),
    )
    return page, status


def _closing(event_id: UUID, *, message: str = "", status: int = 200) -> tuple[str, int]:
    event = _event(event_id)
    require(policy.may_close(access.actor(), event))
    missing = [guest for guest in queries.expected(event_id) if not guest.has_come]
    page = render_template(
        "attendance/close.html", event=event, missing=missing, turnout=queries.came(event_id), message=message, **_stage(event)
    )
    return page, status


def _undone(event_id: UUID, take_back: Any) -> Page:
    if not Form().validate_on_submit():
        return _door(event_id, message=_expired(), status=422)
    try:
        with transaction():
            was_there = take_back()
    except Refused as refused:
        return _door(event_id, message=refusal.say(refused), status=409)
    done = _("Taken back.") if was_there else _("This was taken back already. Nothing has changed.")
    return told(done, ".check_in", event_id=event_id)


def _event(event_id: UUID) -> Event:
    event = events_queries.for_manage(event_id)
    require(policy.may_check_in(access.actor(), event))
    if event.starts_at is None:
        raise NotFound
    return event


def _event_at_my_door(actor: Actor, event_id: UUID) -> Event | None:
    """Return an event whose door the actor keeps; for a stranger not even that it exists is looked up."""
    if not actor.is_signed_in:
        return None
    try:
        event = events_queries.for_manage(event_id)
    except NotFound:
        return None
    return event if event.starts_at is not None and policy.may_check_in(actor, event) else None


def _stage(event: Event) -> dict[str, bool]:
    now = clock.now()
    is_on = event.state == EventState.PUBLISHED
    return {
        "is_closed": event.state == EventState.HELD,
        "is_over": is_on and event.ends_at is not None and event.ends_at <= now,
        "is_open": is_on and event.starts_at is not None and event.starts_at - rules.OPENS_BEFORE <= now,
    }


def _shut(event: Event) -> str:
    """Return why nobody can be checked in now, or nothing."""
    refused = rules.shut(event.state, event.starts_at, event.zone, clock.now()) if event.starts_at else None
    return refusal.say(refused) if refused else ""


def _wrong(form: forms.CheckInForm) -> str:
    return _expired() if form.has_expired else str(form.came.errors[0])


def _expired() -> str:
    return _("This page was open for a long time. Please press the button once more.")


def _marked(name: str, *, is_new: bool) -> str:
    if is_new:
        return _("%(name)s is checked in.", name=name)
    return _("%(name)s was checked in already. Nothing has changed.", name=name)


def _added(people: int, *, is_new: bool) -> str:
    if not is_new:
        return _("They were added already. Nothing has changed.")
    return ngettext("%(count)s person added.", "%(count)s people added.", people, count=people)


def _panel(actor: Actor, event: Event) -> dict[str, Any] | None:
    """Return the numbers for the page of hosts and staff."""
    has_door = event.starts_at is not None and event.state in (EventState.PUBLISHED, EventState.HELD)
    if not has_door or not policy.may_check_in(actor, event):
        return None
    turnout, may_close = queries.came(event.id), policy.may_close(actor, event)
    return {"event": event, "turnout": turnout, "may_close": may_close, "shut": _shut(event), **_stage(event)}


PANELS = (Panel("event", 40, "attendance/panel.html", _panel),)
