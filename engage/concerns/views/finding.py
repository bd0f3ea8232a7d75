"""Find a meeting for who may act on its papers."""

from collections.abc import Callable
from uuid import UUID

from engage.core import access
from engage.core.refusal import NotFound
from engage.events import queries as events
from engage.events.models import Event


def event_for(check: Callable[..., bool], event_id: UUID) -> Event:
    """Return a meeting for who may act on it; for all others it does not exist. Raises NotFound."""
    event = events.for_manage(event_id)
    if not check(access.actor(), event):
        raise NotFound
    return event
