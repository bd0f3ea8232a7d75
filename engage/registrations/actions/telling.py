"""Letters to all parties of an event at once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm.attributes import set_committed_value

from engage.core import clock
from engage.core.access import Actor
from engage.core.refusal import require
from engage.events import queries as event_queries
from engage.events.actions import telling
from engage.events.models import Event
from engage.registrations import policy, queries
from engage.registrations.actions.common import start_of, tell


def ask_hosts(event: Event, now: datetime) -> None:
    """Tell the hosts that somebody asks for a place: once a day at most, with the number at delivery."""
    today = clock.local(now, event.zone).date()
    telling.tell_hosts(event, "guests_ask", about=f"guests_ask:{event.id}:{today}", now=now, expires_at=start_of(event))


def tell_all(
    *, event_id: UUID, kind: str, by: Actor, now: datetime, key: str = "", about: Mapping[str, Any] | None = None,
    only_seated: bool = False,
) -> None:
    """Post a letter to everybody registered, asking or waiting; or to those who have a place alone.

    Raises NotFound, NotAllowed.
    """
    require(policy.may_tend(by))
    event = event_queries.locked(event_id)
    for registration in queries.seated(event_id) if only_seated else queries.proven(event_id):
        set_committed_value(registration, "event", event)
        tell(registration, kind, now=now, key=key, about=about)
