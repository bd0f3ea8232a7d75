"""Concerns by id, and those that stand for others."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from engage.concerns.models import Concern
from engage.core import db
from engage.core.refusal import NotFound


def one(concern_id: UUID) -> Concern:
    """Return a concern as it is kept. Raises NotFound."""
    found = db.session().get(Concern, concern_id)
    if found is None:
        raise NotFound
    return found


def locked(concern_id: UUID) -> Concern:
    """Return a concern, locked until the transaction ends. Raises NotFound."""
    found = all_locked([concern_id])
    if not found:
        raise NotFound
    return found[0]


def all_locked(concern_ids: Iterable[UUID]) -> list[Concern]:
    """Return concerns, locked in the order of their ids until the transaction ends."""
    wanted = select(Concern).where(Concern.id.in_(list(concern_ids))).order_by(Concern.id).with_for_update()
    return list(db.session().scalars(wanted.execution_options(populate_existing=True)))
