"""Letters to those who host an event, each in their own language."""

from datetime import datetime, timedelta
from typing import Any

from engage.core.access import Actor
from engage.events import policy, queries
from engage.events.models import Event, EventPerson
from engage.events.rules import Acceptance
from engage.messages import actions as messages
from engage.messages.rules import Topic

DECISIONS_FOR = timedelta(days=30)  # a decision is still worth a letter that late


def tell_hosts(
    event: Event, kind: str, *, about: str, now: datetime, expires_at: datetime | None = None, **details: Any
) -> bool:
    """Post a letter to host and co-hosts; `about` makes it one letter each. `event.people` must be loaded.

    Says whether one of the letters is new.
    """
    hosts = [part for part in event.people if part.role in policy.HOSTING and part.acceptance == Acceptance.ACCEPTED]
    told = [tell_host(event, part, kind, about=about, now=now, expires_at=expires_at, **details) for part in hosts]
    return any(told)


def tell_host(
    event: Event, part: EventPerson, kind: str, *, about: str, now: datetime, expires_at: datetime | None = None, **details: Any
) -> bool:
    """Post a letter to one of those who host; say whether it is new."""
    to = queries.address_of(part)
    return to is not None and messages.post(
        about=f"{about}:{part.id}", kind=kind, to=to, now=now, expires_at=expires_at or now + DECISIONS_FOR,
        facts={"event_id": event.id, "part_id": part.id, **details}, subject_id=event.id,
    )


def tell_others(event: Event, kind: str, *, about: str, by: Actor, now: datetime, **details: Any) -> None:
    """Post a letter to all who host or facilitate but the one who acts. `event.people` must be loaded."""
    for part in queries.others_there(event, by):
        tell_host(event, part, kind, about=about, now=now, expires_at=event.ends_at, **details)


def expect_answer(event: Event, by: Actor) -> None:
    """Let the city's answer reach the host who sends a proposal in, whatever letters they ended before."""
    for part in event.people:
        if part.role in policy.HOSTING and policy.is_own(by, part) and (to := queries.address_of(part)):
            messages.resume_topic(address_id=to, topic=Topic.PROPOSALS)

