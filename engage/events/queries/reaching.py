"""For how many meetings something is that is said at one of them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from engage.core import db
from engage.core.access import Actor
from engage.events import policy
from engage.events.models import Event, GuestNote
from engage.events.rules import Reach, State


def reached(event: Event, reach: Reach, actor: Actor, now: datetime) -> list[UUID]:
    """Return the meetings a letter is for, the soonest first: this one, or all to come of its series at which
    the actor may write to guests. `event.people` must be loaded."""
    if reach == Reach.EVENT or event.series_id is None:
        return [event.id]
    coming = select(Event).where(Event.series_id == event.series_id, Event.state == State.PUBLISHED, Event.starts_at > now)
    found = db.session().scalars(coming.options(selectinload(Event.people)).order_by(Event.starts_at, Event.id))
    return [each.id for each in found if policy.may_write_to_guests(actor, each)]


def guest_note_of(event_id: UUID, form_key: str) -> UUID | None:
    """Return what the same form wrote when it was sent before."""
    same = select(GuestNote.id).where(GuestNote.event_id == event_id, GuestNote.form_key == form_key)
    return db.session().scalar(same)
