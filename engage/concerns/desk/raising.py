"""Typing in what is said at a meeting."""

from typing import Any
from uuid import UUID

from flask import render_template
from werkzeug.wrappers import Response

from engage.concerns import policy
from engage.concerns.actions import raising as actions
from engage.concerns.actions.raising import Given, Raised
from engage.concerns.desk.blueprint import bp
from engage.concerns.forms.raising import About, RaiseForm
from engage.concerns.queries import concerns
from engage.concerns.queries import tending as queries
from engage.concerns.rules import codes
from engage.core import access, clock, i18n
from engage.core.access import Actor
from engage.core.i18n import gettext as _
from engage.core.pages import Panel, attempt, told
from engage.core.refusal import NotFound
from engage.events.models import Event
from engage.events.rules import PUBLIC

Page = Response | tuple[str, int]


@bp.route("/<locale>/desk/events/<uuid:event_id>/concerns/new", methods=["GET", "POST"])
@access.signed_in(*policy.STAFF)
def type_in(event_id: UUID) -> Page:
    """Take down what somebody says at a meeting, one after the other."""
    event = concerns.meeting(event_id)
    if not policy.may_type_in(access.actor(), event.neighbourhood_id):
        raise NotFound
    form, made = RaiseForm(About(event=event), None, data={"language": i18n.locale()}), list[Raised]()
    tried = attempt(form, lambda: made.append(actions.raise_concern(
        given=Given(**{**form.given(), "event_id": event_id, "locale": _letters_in(form.language.data)}), is_typed_in=True,
        by=access.actor(), now=clock.now(),
    )))
    if not tried.is_done:
        page = render_template(
            "concerns/type_in.html", event=concerns.meeting(event_id), form=form, problem=tried.problem
        )
        return page, tried.status
    return told(_said(made[0]), ".type_in", event_id=event_id)


def _letters_in(language: str) -> str:
    """Return the language of letters to whom staff write for: what they speak, where the site does."""
    return language if i18n.is_offered(language) else i18n.locale()


def _said(raised: Raised) -> str:
    if not raised.code:
        return _("Written down. We have sent a letter that asks whether the address is right.")
    return _("Written down. Please pass this code on, to look it up with: %(code)s", code=codes.spaced(raised.code))


def _of_event(actor: Actor, event: Event) -> dict[str, Any] | None:
    """Show staff how many concerns were raised for a meeting, and where to type in another."""
    if event.state not in PUBLIC or not policy.may_type_in(actor, event.neighbourhood_id):
        return None
    return {"event": event, "number": queries.number_for(event.id)}


PANELS: tuple[Panel, ...] = (Panel("event", 60, "concerns/event_panel.html", _of_event),)
