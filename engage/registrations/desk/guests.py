"""Hosts' and staff's screens of who comes, who asks, and what is needed.

Hosts see names, party sizes, languages and counted needs, never an address; staff see the phone
number of who can't be reached by letter.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import render_template

from engage.core import access, clock, refusal
from engage.core.access import Actor
from engage.core.db import transaction
from engage.core.fields import Form
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.pages import Panel, Queue, told
from engage.core.refusal import Refused
from engage.core.text import isolate
from engage.events.models import Event
from engage.events.rules import PUBLIC
from engage.messages.rules import Channel
from engage.registrations import actions, policy, queries, rules
from engage.registrations.desk.blueprint import GUESTS, Page, bp, guest_of, hosted
from engage.registrations.models import Registration
from engage.registrations.rules import PROVEN, State
from engage.registrations.wording import NEEDS, STATES

ORDER = (State.REQUESTED, State.CONFIRMED, State.OFFERED, State.WAITING)


@bp.get(GUESTS)
@access.signed_in()
def guests(event_id: UUID) -> Page:
    """Show the guests of an event to its hosts and to staff of its area."""
    return _page(event_id)


@bp.post(f"{GUESTS}/<uuid:registration_id>/approve")
@access.signed_in()
def approve(event_id: UUID, registration_id: UUID) -> Page:
    """Say yes to a request."""
    return _press(event_id, registration_id, actions.approve, _("%(name)s has a place now, and gets a letter."))


@bp.post(f"{GUESTS}/<uuid:registration_id>/decline")
@access.signed_in()
def decline(event_id: UUID, registration_id: UUID) -> Page:
    """Say no to a request, kindly."""
    return _press(event_id, registration_id, actions.decline, _("We tell %(name)s kindly that there is no place this time."))


@bp.get(f"{GUESTS}/<uuid:registration_id>/remove")
@access.signed_in()
def removing(event_id: UUID, registration_id: UUID) -> str:
    """Ask once before a guest is taken off the list."""
    event = hosted(event_id)
    return render_template("registrations/remove.html", event=event, registration=guest_of(event, registration_id))


@bp.post(f"{GUESTS}/<uuid:registration_id>/remove")
@access.signed_in()
def remove(event_id: UUID, registration_id: UUID) -> Page:
    """Take a guest off the list."""
    return _press(event_id, registration_id, actions.remove, _("%(name)s is off the list, and is told kindly."))


@bp.get("/<locale>/desk/requests")
@access.signed_in()
def requests() -> str:
    """Show the guests who wait for an answer, each leading to the page where it is given."""
    return render_template("registrations/requests.html", asked=queries.requests(access.actor(), clock.now()))


def _press(event_id: UUID, registration_id: UUID, act: Callable[..., None], done: str) -> Page:
    if not Form().validate_on_submit():
        return _page(event_id, _("This page was open for a long time. Please press the button once more."), 422)
    try:
        with transaction():
            called = guest_of(hosted(event_id), registration_id).called
            act(registration_id=registration_id, by=access.actor(), now=clock.now())
    except Refused as refused:
        return _page(event_id, refusal.say(refused), 409)
    return told(done % {"name": isolate(called)}, ".guests", event_id=event_id)


def _page(event_id: UUID, problem: str = "", status: int = 200) -> Page:
    event = hosted(event_id)
    everybody = queries.guests(event_id)
    named = sorted((guest for guest in everybody if guest.state in PROVEN), key=lambda guest: ORDER.index(State(guest.state)))
    page = render_template(
        "registrations/guests.html", event=event, problem=problem, guests=named, counts=queries.counted(everybody),
        needed=_needed(named, State.CONFIRMED), asking=_needed(named, State.REQUESTED), states=STATES, needs=NEEDS,
        **_rights(event, named),
    )
    return page, status


def _rights(event: Event, named: list[Registration]) -> dict[str, Any]:
    """Return what this reader may see and do, and whether anything can still be done."""
    actor, now = access.actor(), clock.now()
    is_staff = policy.may_see_contacts(actor, event)
    return {
        "is_staff": is_staff, "phones": _phones(named) if is_staff else {}, "may_register": policy.may_register(actor, event),
        "is_over": rules.event_refusal(event.state, event.starts_at or now, now) is not None,
    }


def _needed(registrations: list[Registration], state: State) -> queries.Needed:
    return queries.needed([guest for guest in registrations if guest.state == state])


def _phones(registrations: list[Registration]) -> dict[UUID, str]:
    """Return the numbers of those no letter reaches."""
    return {
        guest.id: guest.address.value
        for guest in registrations if guest.address is not None and guest.address.channel == Channel.PHONE
    }


def _load_event_panel(actor: Actor, event: Event) -> dict[str, Any] | None:
    if event.state not in PUBLIC or not policy.may_host(actor, event):
        return None
    is_over = rules.event_refusal(event.state, event.starts_at or clock.now(), clock.now()) is not None
    return {"event": event, "counts": queries.counts(event.id), "is_over": is_over}


def _requests(actor: Actor) -> int:
    return queries.count_requests(actor, clock.now())


PANELS = (Panel("event", 20, "registrations/event_panel.html", _load_event_panel),)
QUEUES = (Queue(_l("Guests waiting for an answer"), "registrations_desk.requests", _requests),)
