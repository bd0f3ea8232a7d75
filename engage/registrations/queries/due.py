"""What the clock looks for: what has run out, and what is kept no longer."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import case, or_, select

from engage.core import db
from engage.events.models import Event
from engage.registrations.models import Registration
from engage.registrations.rules import State


def lapsed(now: datetime, limit: int = 500) -> list[UUID]:
    """Return holds and offers that have run out, the oldest first."""
    until = case((Registration.state == State.HELD, Registration.held_until), else_=Registration.offered_until)
    due = select(Registration.id).where(Registration.state.in_({State.HELD, State.OFFERED}), until <= now)
    return list(db.session().scalars(due.order_by(until).limit(limit)))


def never_proven(before: datetime, limit: int = 500) -> list[UUID]:
    """Return sign-ups from before an instant whose address nobody has proven, and that hold no seats."""
    old = select(Registration.id).where(
        Registration.proven_at.is_(None), Registration.created_at < before, Registration.seats_held == 0
    )
    return list(db.session().scalars(old.limit(limit)))


def with_needs_of_before(before: datetime, limit: int = 500) -> list[UUID]:
    """Return registrations that still have needs though their event ended before an instant."""
    old = select(Registration.id).join(Registration.event).where(Registration.needs.has(), Event.ends_at < before)
    return list(db.session().scalars(old.limit(limit)))


def named_of_before(before: datetime, limit: int = 500) -> list[UUID]:
    """Return registrations that still name somebody though their event ended before an instant."""
    is_named = or_(Registration.address_id.is_not(None), Registration.is_first_time.is_not(None))
    old = select(Registration.id).join(Registration.event).where(is_named, Event.ends_at < before)
    return list(db.session().scalars(old.limit(limit)))
