"""A home's address: shown to few, and each look is written down."""

from datetime import datetime
from uuid import UUID

from engage.core import db
from engage.core.access import Actor
from engage.events import policy, queries, rules
from engage.events.models import AddressLook, Event, PrivateAddress


def address_for(*, actor: Actor, event: Event, now: datetime, is_guest: bool) -> PrivateAddress | None:
    """Return an event's private address for whoever may see it now, and write the look down.

    `is_guest` says that the actor's place is confirmed; `event.people` must be loaded. Works inside
    the open transaction. Gives None where there is no such address or this is not the time for it.
    """
    kept = queries.private_address(event.id) if event.has_private_place else None
    if kept is None:
        return None
    is_time = rules.is_address_shown(
        starts_at=event.starts_at, ends_at=event.ends_at, reveal_hours=kept.reveal_hours, now=now
    )
    if not policy.may_see_address(actor, event, is_guest=is_guest, is_time=is_time):
        return None
    kind, by_id = _who(actor)
    db.session().add(AddressLook(event_id=event.id, by_kind=kind, by_id=by_id, at=now))
    return kept


def _who(actor: Actor) -> tuple[str, UUID | None]:
    if actor.person_id is not None:
        return "person", actor.person_id
    links = sorted(actor.links, key=str)
    return ("link", links[0][1]) if links else ("nobody", None)
