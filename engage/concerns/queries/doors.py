"""Which concerns and meetings may know of each other: what is said behind closed doors stays there."""

from uuid import UUID

from sqlalchemy import ColumnElement, or_, select

from engage.concerns.models import Concern, ConcernStep
from engage.core import db
from engage.events.models import Event
from engage.events.queries.listing import LISTED
from engage.programmes.models import Programme


def is_outside() -> ColumnElement[bool]:
    """Return the criterion for concerns that were raised in no closed programme."""
    closed = select(Programme.id).where(Programme.is_closed)
    return or_(Concern.programme_id.is_(None), Concern.programme_id.not_in(closed))


def is_heard() -> ColumnElement[bool]:
    """Return the criterion for lines of a concern's way that its people may read: not of a closed meeting it is no part of."""
    heard = select(Event.id).where(or_(LISTED, Event.programme_id == Concern.programme_id)).correlate(Concern)
    return or_(ConcernStep.event_id.is_(None), ConcernStep.event_id.in_(heard))


def may_hear(concern: Concern, event_id: UUID | None) -> bool:
    """Say whether a concern's people may be told of a meeting."""
    if event_id is None:
        return True
    within = or_(LISTED, Event.programme_id == concern.programme_id)
    return db.session().scalar(select(Event.id).where(Event.id == event_id, within)) is not None


def are_apart(concern: Concern, other: Concern) -> bool:
    """Say whether a closed door is between two concerns."""
    if concern.programme_id == other.programme_id:
        return False
    both = select(Concern.id).where(Concern.id.in_([concern.id, other.id]), is_outside())
    return len(db.session().scalars(both).all()) < len({concern.id, other.id})
