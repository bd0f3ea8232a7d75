"""Find an event for who may act on it."""

from collections.abc import Callable
from uuid import UUID

from engage.core import access
from engage.core.refusal import NotFound
from engage.events import queries
from engage.events.models import Event


def event_for(check: Callable[..., bool], event_id: UUID) -> Event:
    """Return an event for who may act on it; for all others it does not exist. Raises NotFound."""
    event = queries.for_manage(event_id)
    if not check(access.actor(), event):
        raise NotFound
    return event
