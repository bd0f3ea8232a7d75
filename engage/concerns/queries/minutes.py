"""Minutes as they are being written, and the versions that were published."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func, select

from engage.concerns.models import ActionItem, MinutesItem, MinutesVersion
from engage.core import db


def written(item_ids: Collection[UUID]) -> dict[UUID, MinutesItem]:
    """Return what is written about items, by item."""
    rows = db.session().scalars(select(MinutesItem).where(MinutesItem.agenda_item_id.in_(item_ids)))
    return {row.agenda_item_id: row for row in rows}


def of_item(item_id: UUID) -> MinutesItem | None:
    return db.session().get(MinutesItem, item_id, populate_existing=True)


def versions(event_id: UUID) -> list[MinutesVersion]:
    """Return the published versions, the newest first."""
    wanted = select(MinutesVersion).where(MinutesVersion.event_id == event_id)
    return list(db.session().scalars(wanted.order_by(MinutesVersion.number.desc())))


def are_published(event_id: UUID) -> bool:
    return bool(db.session().scalar(select(func.count()).where(MinutesVersion.event_id == event_id)))


def actions(event_id: UUID) -> list[ActionItem]:
    """Return what a meeting had somebody do, the most urgent first."""
    wanted = select(ActionItem).where(ActionItem.event_id == event_id)
    return list(db.session().scalars(wanted.order_by(ActionItem.due_on, ActionItem.created_at, ActionItem.id)))
