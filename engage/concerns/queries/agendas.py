"""Agendas as those who make them see them, and the concerns that could come onto one."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from engage.concerns.models import Agenda, AgendaItem, Concern, MinutesItem, Voice
from engage.concerns.queries import concerns
from engage.concerns.queries.concerns import is_public
from engage.concerns.rules.steps import UNANSWERED
from engage.core import db
from engage.core.refusal import NotFound
from engage.events.models import Event
from engage.events.queries.listing import LISTED
from engage.events.rules import State as EventState
from engage.places import queries as places

MOST_OFFERED = 30


@dataclass(frozen=True)
class Supported:
    """A concern, and how many it matters to."""

    concern: Concern
    voices: int


def of(event_id: UUID) -> Agenda | None:
    return db.session().get(Agenda, event_id, populate_existing=True)


def items(event_id: UUID) -> list[AgendaItem]:
    """Return the items of an agenda in order, with their concerns."""
    wanted = select(AgendaItem).where(AgendaItem.event_id == event_id).options(joinedload(AgendaItem.concern))
    return list(db.session().scalars(wanted.order_by(AgendaItem.position, AgendaItem.id)))


def by_concern(items: Iterable[AgendaItem]) -> dict[Concern, list[AgendaItem]]:
    """Return the concerns of an agenda, locked, each with the items about it; one that was merged is the one that stands."""
    about = [(item.concern_id, item) for item in items if item.concern_id]
    standing = concerns.all_standing([concern_id for concern_id, _item in about])
    found: dict[Concern, list[AgendaItem]] = {each: [] for each in sorted(set(standing.values()), key=lambda each: each.id)}
    for concern_id, item in about:
        found[standing[concern_id]].append(item)
    return found


def with_concerns(concern_ids: Iterable[UUID]) -> list[AgendaItem]:
    """Return the items of any agenda that are about some concerns."""
    wanted = select(AgendaItem).where(AgendaItem.concern_id.in_(list(concern_ids)))
    return list(db.session().scalars(wanted.order_by(AgendaItem.id).execution_options(populate_existing=True)))


def item(event_id: UUID, item_id: UUID) -> AgendaItem:
    """Return one item of an agenda. Raises NotFound."""
    wanted = select(AgendaItem).where(AgendaItem.event_id == event_id, AgendaItem.id == item_id)
    found = db.session().scalars(wanted.options(joinedload(AgendaItem.concern))).one_or_none()
    if found is None:
        raise NotFound
    return found


def fitting(event: Event, only: Collection[UUID] | None = None) -> list[Supported]:
    """Return the unanswered concerns that could come to a meeting, the most supported first; `only` asks for some.

    They were raised for it, for its neighbourhood and those below, or for its programme and no place in particular.
    """
    voices = select(func.count()).where(Voice.concern_id == Concern.id, or_(Voice.proven_at.is_not(None), Voice.is_author))
    number = voices.scalar_subquery()
    is_on = exists().where(AgendaItem.event_id == event.id, AgendaItem.concern_id == Concern.id)
    wanted = select(Concern, number).where(
        Concern.step.in_(UNANSWERED), Concern.hidden_at.is_(None), Concern.merged_into_id.is_(None), ~is_on, _belongs(event)
    )
    if only is not None:
        wanted = wanted.where(Concern.id.in_(only))
    is_for_it = case((Concern.event_id == event.id, 0), else_=1)
    rows = db.session().execute(wanted.order_by(number.desc(), is_for_it, Concern.raised_at, Concern.id).limit(MOST_OFFERED))
    return [Supported(concern, count) for concern, count in rows]


def _belongs(event: Event) -> ColumnElement[bool]:
    areas = places.with_below({event.neighbourhood_id}) if event.neighbourhood_id else frozenset()
    of_programme = and_(Concern.programme_id == event.programme_id, Concern.neighbourhood_id.is_(None))
    near = or_(Concern.event_id == event.id, Concern.neighbourhood_id.in_(areas), of_programme)
    return and_(near, _may_be_told_at(event))


def _may_be_told_at(event: Event) -> ColumnElement[bool]:
    """Say of a concern that it doesn't pass a closed door: in neither direction, but within one programme."""
    is_open = exists().where(Event.id == event.id, LISTED)
    return or_(Concern.programme_id == event.programme_id, and_(is_public(), is_open))


def has_minutes(item_id: UUID) -> bool:
    """Say whether anything was written down about an item."""
    return db.session().get(MinutesItem, item_id) is not None


def is_on_another(concern_id: UUID, event_id: UUID) -> bool:
    """Say whether a concern stands on the published agenda of another meeting to come."""
    other = aliased(AgendaItem)
    standing = select(other.id).join(Agenda, Agenda.event_id == other.event_id).join(Event, Event.id == other.event_id).where(
        other.concern_id == concern_id, other.event_id != event_id, Agenda.published_at.is_not(None),
        Event.state == EventState.PUBLISHED,
    )
    return db.session().scalars(standing.limit(1)).first() is not None
