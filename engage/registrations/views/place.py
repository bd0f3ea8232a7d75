"""One's own place: where it stands, in plain words, and the one thing that can be done next."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Response as FlaskResponse
from flask import render_template
from markupsafe import Markup

from engage.core import access, clock, pages
from engage.core.access import Actor
from engage.core.db import transaction
from engage.core.i18n import gettext as _
from engage.core.pages import Panel
from engage.core.refusal import NotFound, require
from engage.events import actions as events
from engage.registrations import policy, queries, rules
from engage.registrations.adapters import qr
from engage.registrations.letters import about
from engage.registrations.models import Registration
from engage.registrations.rules import LIVE, State
from engage.registrations.views.blueprint import bp
from engage.registrations.wording import NEEDS, STATES

PAST_SHOWN_FOR = timedelta(days=183)


@bp.get("/<locale>/my/places/<uuid:registration_id>")
@access.by_link(policy.PLACE, "registration_id")
def show(registration_id: UUID) -> str:
    """Show a place to whoever holds its link, has proven its address, or is staff of its area."""
    return page(registration_id)


@bp.get("/<locale>/my/places/<uuid:registration_id>/meeting.ics")
@access.by_link(policy.PLACE, "registration_id")
def calendar_entry(registration_id: UUID) -> FlaskResponse:
    """Give a confirmed place as a calendar entry; later letters change the same entry."""
    registration = mine(registration_id)
    place = about.load({"registration_id": str(registration_id)}, clock.now())
    if place is None or registration.state != State.CONFIRMED or place.is_event_cancelled:
        raise NotFound
    [entry] = about.calendar(place, "REQUEST", clock.now())
    answer = FlaskResponse(entry.content, content_type=entry.content_type)
    answer.headers["Content-Disposition"] = f"attachment; filename={entry.name}"
    return answer


def mine(registration_id: UUID) -> Registration:
    """Return a place to whoever may see it. Raises NotFound, NotAllowed."""
    registration = queries.one(registration_id)
    require(policy.may_see(access.actor(), registration, registration.event.neighbourhood_id))
    return registration


def page(registration_id: UUID, problem: str = "") -> str:
    """Return the page of a place, with what went wrong just now."""
    registration, now, home = mine(registration_id), clock.now(), None
    if _may_look(registration):
        home = _look(registration_id, now)
        registration = mine(registration_id)  # the look ended a transaction
    event = registration.event
    shown = {
        "registration": registration, "event": event, "problem": problem, "state_name": STATES[State(registration.state)],
        "needs": _needs(registration), "home": home,
        "home_from": queries.home_shown_from(event) if event.has_private_place else None,
        "line": queries.line(registration) if registration.state == State.WAITING else None,
        "is_over": rules.event_refusal(event.state, event.starts_at or now, now) is not None,
        "code_picture": _code_picture(registration), "is_own": policy.is_own(access.actor(), registration),
    }
    return render_template("registrations/place.html", **shown)


def _needs(registration: Registration) -> list[str]:
    needs = queries.needs_of(registration)
    return [words or str(NEEDS[need]) for need, words in needs.items()]


@dataclass(frozen=True)
class Home:
    """A host's address as a guest sees it, once it is time."""

    address: str
    directions: str


def _may_look(registration: Registration) -> bool:
    """Say whether there is a home that this reader is a guest at. Staff who open a guest's page on the
    phone see the address on the event's own page."""
    is_guest = registration.state == State.CONFIRMED and policy.is_own(access.actor(), registration)
    return is_guest and registration.event.has_private_place


def _look(registration_id: UUID, now: datetime) -> Home | None:
    """Return the private address if it is time; the look is written down."""
    with transaction():
        event = queries.one(registration_id).event
        kept = events.address_for(actor=_as_guest(access.actor(), registration_id), event=event, now=now, is_guest=True)
        return Home(kept.address, kept.directions) if kept else None


def _as_guest(actor: Actor, registration_id: UUID) -> Actor:
    """Return who looks by this place's link alone: the log names it, whatever else they have opened."""
    return replace(actor, links=actor.links & {(policy.PLACE, registration_id)})


def _code_picture(registration: Registration) -> Markup | None:
    if registration.state != State.CONFIRMED:
        return None
    scan = pages.address("attendance.open_code", event_id=registration.event_id, code=registration.code)
    return qr(scan, _("Code for the door"))


def _load_mine(actor: Actor, _subject: Any) -> dict[str, Any] | None:
    """Return a signed-in person's places, coming and past, and the requests that wait for them as a host."""
    now = clock.now()
    places = queries.for_addresses(actor.addresses, since=now - PAST_SHOWN_FOR) if actor.addresses else []
    coming = [place for place in places if place.state in LIVE and place.event.ends_at and place.event.ends_at > now]
    past = [place for place in reversed(places) if place not in coming and place.state == State.CONFIRMED]
    asked = queries.events_with_requests(actor, now)
    if not (coming or past or asked):
        return None
    return {"coming": coming, "past": past, "asked": asked, "states": STATES}


MINE: Panel = Panel("my", 10, "registrations/my_panel.html", _load_mine)
