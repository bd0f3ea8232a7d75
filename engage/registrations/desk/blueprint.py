"""The blueprint that registrations' screens for hosts and staff hang on, and how they find their event."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint
from werkzeug.wrappers import Response

from engage.core import access
from engage.core.refusal import NotFound, require
from engage.events import queries as event_queries
from engage.events.models import Event
from engage.events.rules import PUBLIC
from engage.events.views.finding import event_for
from engage.registrations import policy, queries
from engage.registrations.models import Registration

bp = Blueprint("registrations_desk", __name__, template_folder="../templates")

GUESTS = "/<locale>/host/events/<uuid:event_id>/guests"
Page = Response | tuple[str, int]


def hosted(event_id: UUID) -> Event:
    """Return a public event for its hosts and staff. Raises NotFound, NotAllowed."""
    event = event_queries.for_manage(event_id)
    require(policy.may_host(access.actor(), event))
    if event.state not in PUBLIC:
        raise NotFound
    return event


def public_for(check: Callable[..., bool], event_id: UUID) -> Event:
    """Return a public event for who may act on it; for all others it does not exist. Raises NotFound."""
    event = event_for(check, event_id)
    if event.state not in PUBLIC:
        raise NotFound
    return event


def guest_of(event: Event, registration_id: UUID) -> Registration:
    """Return a guest of this event. Raises NotFound for one of another."""
    registration = queries.one(registration_id)
    if registration.event_id != event.id:
        raise NotFound
    return registration
