"""Agendas, minutes and promises as everybody may read them: two statements a page, the first of them a glance."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from engage.concerns.models import ActionItem, Agenda, AgendaItem, Concern, MinutesVersion
from engage.core import db
from engage.core.refusal import NotFound
from engage.events.models import Event
from engage.events.queries.listing import LISTED
from engage.events.rules import PUBLIC
from engage.places.models import Neighbourhood
from engage.programmes.models import Programme

# The one place that says which meetings' papers everybody may read.
PUBLIC_MEETING: ColumnElement[bool] = and_(or_(*(Event.state == state for state in sorted(PUBLIC))), LISTED)

_STANDING = aliased(Concern)
_HIDDEN = select(Concern.id).outerjoin(_STANDING, _STANDING.id == Concern.merged_into_id).where(
    or_(Concern.hidden_at.is_not(None), _STANDING.hidden_at.is_not(None))
)
_NEWEST = select(func.max(MinutesVersion.number)).where(MinutesVersion.event_id == Event.id).scalar_subquery()
_GLANCE = db.Glance(
    select(Event.id, Event.version, Agenda.version, Agenda.published_at, _NEWEST)
    .join(Agenda, Agenda.event_id == Event.id).where(Event.slug == bindparam("slug"), PUBLIC_MEETING)
)
AROUND: tuple[Any, ...] = (  # without shapes and guides, which are large
    joinedload(Event.programme).load_only(Programme.slug, Programme.name),
    joinedload(Event.neighbourhood).load_only(Neighbourhood.code, Neighbourhood.name), joinedload(Event.venue),
)


@dataclass(frozen=True)
class Papers:
    """What the public papers of a meeting change with."""

    event_id: UUID
    version: str
    has_agenda: bool
    newest: int  # the last version of the minutes; 0: there are none


def glance(slug: str) -> Papers:
    """Return what there is to read of a meeting. Raises NotFound for what isn't everybody's."""
    row = _GLANCE.first(slug=slug)
    if row is None:
        raise NotFound
    event_id, version, agenda_version, published_at, newest = row
    return Papers(event_id, f"{event_id}-{version}-{agenda_version}-{newest or 0}", published_at is not None, newest or 0)


def is_readable(slug: str) -> bool:
    """Say whether everybody may read the papers of a meeting."""
    return _GLANCE.first(slug=slug) is not None


def agenda(event_id: UUID) -> tuple[Event, list[AgendaItem], frozenset[UUID]]:
    """Return a meeting, the items of its agenda in order, and which of them are hidden, in one statement. Raises NotFound."""
    is_hidden = AgendaItem.concern_id.in_(_HIDDEN)
    wanted = select(Event, AgendaItem, is_hidden).outerjoin(AgendaItem, AgendaItem.event_id == Event.id)
    wanted = wanted.where(Event.id == event_id).options(*AROUND, joinedload(AgendaItem.concern))
    rows = db.session().execute(wanted.order_by(AgendaItem.position, AgendaItem.id)).all()
    if not rows:
        raise NotFound
    items = [item for _event, item, _is_hidden in rows if item is not None]
    return rows[0][0], items, frozenset(item.id for _event, item, is_hidden in rows if item is not None and is_hidden)


@dataclass(frozen=True)
class Minutes:
    """Published minutes: all versions, the newest first, and what came of them as it stands today."""

    event: Event
    versions: list[MinutesVersion]
    actions: list[ActionItem]
    hidden: frozenset[str]  # the items whose concern the city has hidden since

    def version(self, number: int) -> MinutesVersion:
        return next(version for version in self.versions if version.number == number)


def minutes(event_id: UUID) -> Minutes:
    """Return the published minutes of a meeting, in one statement. Raises NotFound."""
    wanted = select(MinutesVersion, ActionItem, AgendaItem.id).outerjoin(
        ActionItem, ActionItem.event_id == MinutesVersion.event_id
    ).outerjoin(AgendaItem, and_(AgendaItem.event_id == MinutesVersion.event_id, AgendaItem.concern_id.in_(_HIDDEN)))
    event = joinedload(MinutesVersion.event).options(*AROUND)
    order = MinutesVersion.number.desc(), ActionItem.due_on, ActionItem.created_at, ActionItem.id
    rows = db.session().execute(wanted.where(MinutesVersion.event_id == event_id).options(event).order_by(*order)).all()
    if not rows:
        raise NotFound
    versions = list(dict.fromkeys(row[0] for row in rows))
    actions = list(dict.fromkeys(row[1] for row in rows if row[1] is not None))
    return Minutes(versions[0].event, versions, actions, frozenset(str(row[2]) for row in rows if row[2] is not None))


def is_told() -> ColumnElement[bool]:
    """Return the criterion for action items everybody may know of: as soon as the minutes are public."""
    published = exists().where(MinutesVersion.event_id == ActionItem.event_id, Event.id == ActionItem.event_id, PUBLIC_MEETING)
    return or_(ActionItem.event_id.is_(None), published)
