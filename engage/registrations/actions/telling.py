"""Letters to all parties of an event at once."""

from collections.abc import Collection, Mapping
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
from engage.events.rules import Audience
from engage.messages import actions as messages
from engage.registrations import policy, queries
from engage.registrations.actions.common import AFTERWARDS, start_of, tell, thread


def ask_hosts(event: Event, now: datetime) -> None:
    """Tell the hosts that somebody asks for a place: once a day at most, with the number at delivery."""
    today = clock.local(now, event.zone).date()
    telling.tell_hosts(event, "guests_ask", about=f"guests_ask:{event.id}:{today}", now=now, expires_at=start_of(event))


def tell_all(
    *, event_id: UUID, kind: str, by: Actor, now: datetime, key: str = "", about: Mapping[str, Any] | None = None,
) -> None:
    """Post a letter to everybody registered, asking or waiting. Raises NotFound, NotAllowed."""
    require(policy.may_tend(by))
    event = event_queries.locked(event_id)
    for registration in queries.proven(event_id):
        set_committed_value(registration, "event", event)
        tell(registration, kind, now=now, key=key, about=about)


def bring_note(*, note_id: UUID, event_ids: Collection[UUID], audience: Audience, by: Actor, now: datetime) -> None:
    """Post what host or staff wrote, once to each address however many of these meetings it is for; not to who has ended
    such letters. Raises NotAllowed."""
    require(policy.may_tend(by))
    for reader in queries.addressed(event_ids, audience):
        if reader.has_ended:
            continue
        first, *others = reader.registration_ids
        messages.post(
            about=f"host_wrote:{note_id}:{reader.address_id}", kind="host_wrote", to=reader.address_id, now=now,
            facts={"registration_id": first, "others": [str(other) for other in others], "note_id": note_id},
            expires_at=max(reader.starts_at, now) + AFTERWARDS, thread=thread(first), subject_id=reader.event_id,
        )
