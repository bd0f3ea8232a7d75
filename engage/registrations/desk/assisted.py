"""Staff sign up who calls or stands at the counter; who was here before is found, and what they said filled in."""

from typing import Any
from uuid import UUID

from flask import render_template, request

from engage.core import access, clock, refusal
from engage.core.db import transaction
from engage.core.fields import read_id
from engage.core.i18n import gettext as _
from engage.core.pages import told
from engage.core.refusal import Refused, require
from engage.core.text import isolate
from engage.events.models import Event
from engage.registrations import actions, policy, queries
from engage.registrations.desk.blueprint import GUESTS, Page, bp, hosted
from engage.registrations.forms import AssistedForm, SearchForm, assisted_form, known_of
from engage.registrations.models import Registration
from engage.registrations.rules import State
from engage.registrations.wording import STATES


@bp.route(f"{GUESTS}/new", methods=["GET", "POST"])
@access.signed_in()
def register(event_id: UUID) -> Page:
    """Let staff sign up somebody who calls or stands at the counter."""
    event = hosted(event_id)
    require(policy.may_register(access.actor(), event))
    caller = _caller()
    form = assisted_form(event, known_of(caller) if caller else None)
    if not form.is_submitted():
        return _page(event, form, 200, caller=caller)
    if not form.validate():
        return _page(event, form, 422)
    try:
        with transaction():
            found = actions.register_by_staff(event_id=event_id, form=form.given(), by=access.actor(), now=clock.now())
            called, state = found.called, State(found.state)
    except Refused as refused:
        return _page(hosted(event_id), form, 409, problem=refusal.say(refused))
    return told(_("%(name)s: %(state)s.", name=isolate(called), state=STATES[state]), ".guests", event_id=event_id)


def _caller() -> Registration | None:
    """Return who was chosen among those who were here before."""
    chosen = read_id(request.args.get("again"))
    return queries.caller(chosen, access.actor()) if chosen else None


def _page(event: Event, form: AssistedForm, status: int, **more: Any) -> tuple[str, int]:
    search = SearchForm(request.args)
    found = queries.callers(search.who.data or "", access.actor()) if search.validate() else []
    page = render_template("registrations/register.html", event=event, form=form, search=search, callers=found, **more)
    return page, status


