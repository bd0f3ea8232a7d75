"""Concerns as everybody may see them: one with its way, and lists with their numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, Uuid, bindparam, cast, func, or_, select, true
from sqlalchemy.orm import joinedload

from engage.concerns.models import Concern, ConcernStep, ConcernsVersion
from engage.concerns.queries import voices
from engage.concerns.queries.concerns import is_public
from engage.concerns.queries.doors import is_heard
from engage.concerns.queries.reading import is_told
from engage.concerns.rules.steps import Step
from engage.core import db
from engage.core.refusal import NotFound
from engage.core.text import Localized
from engage.events.models import Event
from engage.events.queries.cards import aggregated
from engage.places.models import Neighbourhood

PAGE = 20


@dataclass(frozen=True)
class Filters:
    """What a reader looks for; nothing set is everything that was raised in the city."""

    areas: frozenset[UUID] | None = None  # with those below them
    programme_id: UUID | None = None
    theme_id: UUID | None = None
    step: Step | None = None


@dataclass(frozen=True)
class Card:
    """A concern as a list shows it: plain values. `words` are the last answer, action or outcome."""

    id: UUID
    body: Localized
    summary: Localized | None
    step: Step
    theme_id: UUID | None
    neighbourhood_id: UUID | None
    raised_at: datetime
    stepped_at: datetime
    words: Localized | None
    number: int


@dataclass(frozen=True)
class Found:
    """One page of a list, and the numbers of all there is in that area and programme."""

    cards: list[Card]
    is_more: bool
    by_step: Mapping[str, int]
    by_theme: Mapping[UUID, int]

    @property
    def total(self) -> int:
        return sum(self.by_step.values())


# --- versions --------------------------------------------------------------------------------------

_NUMBER = db.Glance(select(ConcernsVersion.number).where(ConcernsVersion.id == 1))
_ONE = db.Glance(select(Concern.version, Concern.merged_into_id).where(
    Concern.id == bindparam("concern_id", type_=Uuid()), or_(Concern.merged_into_id.is_not(None), is_public())
))


def version() -> str:
    """Return what every list of concerns changes with."""
    row = _NUMBER.first()
    return f"concerns-{row[0] if row else 0}"


@dataclass(frozen=True)
class Glance:
    """What a concern's page changes with, or the concern it is part of by now."""

    version: str
    merged_into_id: UUID | None


def glance(concern_id: UUID) -> Glance:
    """Return the little that decides about a concern's page. Raises NotFound for what nobody may see."""
    row = _ONE.first(concern_id=concern_id)
    if row is None:
        raise NotFound
    return Glance(f"{concern_id}-{row[0]}", row[1])


# --- one -------------------------------------------------------------------------------------------


def one(concern_id: UUID) -> tuple[Concern, int]:
    """Return a concern everybody may see with all its page shows, and how many it matters to. Raises NotFound."""
    return _found(select(Concern, voices.number_of()).where(Concern.id == concern_id, is_public()))


def with_way(concern_id: UUID) -> tuple[Concern, int]:
    """Return a concern for whose it is, though others may not see it. Raises NotFound."""
    return _found(select(Concern, voices.number_of()).where(Concern.id == concern_id))


def whole(concern_id: UUID) -> tuple[Concern, int]:
    """Return a concern with all of its way, for staff. Raises NotFound."""
    return _found(select(Concern, voices.number_of()).where(Concern.id == concern_id), true())


def _found(wanted: Select[*tuple[Concern, int]], which: ColumnElement[bool] | None = None) -> tuple[Concern, int]:
    event = (Event.slug, Event.title, Event.state, Event.starts_at, Event.ends_at, Event.zone)
    around = (
        joinedload(Concern.neighbourhood).load_only(Neighbourhood.code, Neighbourhood.name),
        joinedload(Concern.event).load_only(*event),
        joinedload(Concern.steps.and_(is_heard() if which is None else which)).joinedload(ConcernStep.event).load_only(*event),
        joinedload(Concern.actions.and_(is_told())),
    )
    row = db.session().execute(wanted.options(*around).execution_options(populate_existing=True)).unique().one_or_none()
    if row is None:
        raise NotFound
    return row[0], row[1]


def line(step_id: UUID) -> ConcernStep | None:
    """Return one line of a concern's way, with its meeting."""
    wanted = select(ConcernStep).where(ConcernStep.id == step_id).options(joinedload(ConcernStep.event))
    return db.session().scalars(wanted.execution_options(populate_existing=True)).one_or_none()


# --- lists -----------------------------------------------------------------------------------------

_HEARD = (ConcernStep.concern_id == Concern.id, is_heard())
_STEPPED = select(func.max(ConcernStep.at)).where(*_HEARD).correlate(Concern).scalar_subquery()
_WORDS = (
    select(ConcernStep.words).where(*_HEARD, ConcernStep.words.is_not(None))
    .order_by(ConcernStep.at.desc()).limit(1).correlate(Concern).scalar_subquery()
)
_COLUMNS = (
    Concern.id, Concern.body, Concern.summary, Concern.step, Concern.theme_id, Concern.neighbourhood_id, Concern.raised_at,
    _STEPPED.label("stepped_at"), _WORDS.label("words"), voices.number_of().label("number"),
)


def page(filters: Filters, number: int = 1) -> Found:
    """Return a page of what was raised, newest first, and the numbers around it, in one statement."""
    wanted = select(*_COLUMNS).where(*_around(filters), *_narrowed(filters))
    wanted = wanted.order_by(Concern.raised_at.desc(), Concern.id).limit(PAGE + 1).offset((number - 1) * PAGE)
    rows = wanted.subquery("page")
    head = select(_counts(filters, Concern.step).label("steps"), _counts(filters, Concern.theme_id).label("themes"))
    heading = head.subquery("head")
    framed = select(heading, rows).select_from(heading.outerjoin(rows, true()))
    found = db.session().execute(framed.order_by(rows.c.raised_at.desc(), rows.c.id)).all()
    cards = [_card(row) for row in found if row.id is not None]
    by_theme = {UUID(theme): count for theme, count in _numbers(found[0].themes).items()}
    return Found(cards[:PAGE], len(cards) > PAGE, _numbers(found[0].steps), by_theme)


def _card(row: Any) -> Card:
    return Card(**{name: getattr(row, name) for name in Card.__dataclass_fields__})


def _around(filters: Filters) -> list[ColumnElement[bool]]:
    conditions = [is_public()]
    if filters.areas is not None:
        conditions.append(Concern.neighbourhood_id.in_(filters.areas))
    if filters.programme_id is not None:
        conditions.append(Concern.programme_id == filters.programme_id)
    return conditions


def _narrowed(filters: Filters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.theme_id is not None:
        conditions.append(Concern.theme_id == filters.theme_id)
    if filters.step is not None:
        conditions.append(Concern.step == filters.step)
    return conditions


def _counts(filters: Filters, column: Any) -> Any:
    counted = select(column.label("key"), func.count().label("number")).where(*_around(filters), column.is_not(None))
    groups = counted.group_by(column).subquery()
    return select(aggregated(cast(groups.c.key, String) + ":" + cast(groups.c.number, String))).scalar_subquery()


def _numbers(joined: str | None) -> dict[str, int]:
    pairs = (pair.rsplit(":", 1) for pair in (joined or "").split(",") if pair)
    return {key: int(number) for key, number in pairs}
