"""Concerns by id, those that stand for others, and what they may be about."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select

from engage.concerns.models import Concern, ConcernStep
from engage.concerns.queries.doors import is_outside
from engage.core import city, db
from engage.core.refusal import NotFound
from engage.core.text import Localized
from engage.events.models import Event
from engage.events.rules import PUBLIC
from engage.programmes import queries as programmes
from engage.programmes.models import Theme


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


def all_standing(concern_ids: Iterable[UUID]) -> dict[UUID, Concern]:
    """Return for each of some concerns the one that stands for it, locked in the order of their ids."""
    leading = select(Concern.id, func.coalesce(Concern.merged_into_id, Concern.id)).where(Concern.id.in_(list(concern_ids)))
    leads: dict[UUID, UUID] = {row[0]: row[1] for row in db.session().execute(leading)}
    found = {concern.id: standing(concern) for concern in all_locked(set(leads.values()))}
    return {concern_id: found[to] for concern_id, to in leads.items()}


def stand_in(concern_id: UUID) -> Concern:
    """Return the concern that stands for one, locked until the transaction ends. Raises NotFound."""
    found = all_standing([concern_id])
    if not found:
        raise NotFound
    return found[concern_id]


def standing(concern: Concern) -> Concern:
    """Return the concern that a locked one was merged into, locked as well; itself where it stands."""
    return concern if concern.merged_into_id is None else locked(concern.merged_into_id)


def way(concern_id: UUID) -> list[ConcernStep]:
    """Return what is written on a concern's way, the newest first."""
    wanted = select(ConcernStep).where(ConcernStep.concern_id == concern_id)
    return list(db.session().scalars(wanted.order_by(ConcernStep.at.desc(), ConcernStep.id)))


def lines(concern_id: UUID, event_id: UUID | None) -> list[ConcernStep]:
    """Return what is written on a concern's way of one meeting, or of none, the newest first."""
    return [line for line in way(concern_id) if line.event_id == event_id]


def is_public() -> ColumnElement[bool]:
    """Return the criterion for concerns that everybody may see; what is said behind closed doors stays there."""
    return and_(Concern.hidden_at.is_(None), Concern.merged_into_id.is_(None), is_outside())


def is_shown(concern: Concern) -> bool:
    """Say whether everybody may see a concern."""
    return db.session().scalar(select(Concern.id).where(Concern.id == concern.id, is_public())) is not None


def meeting(event_id: UUID) -> Event:
    """Return the public meeting that a concern is raised for. Raises NotFound."""
    found = db.session().scalars(select(Event).where(Event.id == event_id, Event.state.in_(PUBLIC))).one_or_none()
    if found is None:
        raise NotFound
    return found


def hold_meeting(event_id: UUID) -> None:
    """Keep a meeting from being changed until the transaction ends; who changes it waits, or is waited for."""
    db.session().execute(select(Event.id).where(Event.id == event_id).with_for_update(read=True, key_share=True))


# --- what concerns are about: named on every page of theirs, so each process keeps it like the city's settings ---


@dataclass(frozen=True)
class Subject:
    """A programme, or a theme of one or of a neighbourhood, as pages of concerns name it."""

    id: UUID
    name: Localized
    slug: str = ""
    programme_id: UUID | None = None
    neighbourhood_id: UUID | None = None
    is_offered: bool = True  # not retired, nor of a closed programme


@dataclass(frozen=True)
class Subjects:
    """All there is to name."""

    programmes: tuple[Subject, ...]
    themes: tuple[Subject, ...]

    def theme_names(self) -> dict[UUID, Localized]:
        return {theme.id: theme.name for theme in self.themes}


_kept: tuple[city.City, Subjects] | None = None


def subjects() -> Subjects:
    """Return programmes and themes in the city's order; a change of either changes the city's settings."""
    global _kept  # noqa: PLW0603 - what this process remembers, no longer than the city's settings
    settings = city.city()
    if _kept is None or _kept[0] is not settings:
        _kept = (settings, _read())
    return _kept[1]


def _read() -> Subjects:
    every = [programme for programme in programmes.every() if not programme.is_closed]
    order = {programme.id: number for number, programme in enumerate(every)}
    themes = db.session().scalars(select(Theme).order_by(Theme.position, Theme.id))
    found = [Subject(
        theme.id, theme.name, programme_id=theme.programme_id, neighbourhood_id=theme.neighbourhood_id,
        is_offered=not theme.is_retired and (theme.programme_id is None or theme.programme_id in order),
    ) for theme in themes]
    named = tuple(Subject(row.id, row.name, slug=row.slug) for row in every)
    return Subjects(named, tuple(sorted(found, key=lambda theme: order.get(theme.programme_id or theme.id, len(order)))))


def themes_of(*, programme_id: UUID | None = None, area_id: UUID | None = None) -> list[Subject]:
    """Return the themes that a programme or a neighbourhood has of its own."""
    theirs = (theme for theme in subjects().themes if (programme_id and theme.programme_id == programme_id)
              or (area_id and theme.neighbourhood_id == area_id))
    return [theme for theme in theirs if theme.is_offered]


def themes_for(programme_id: UUID | None, area_id: UUID | None = None) -> list[Subject]:
    """Return the themes a concern may have: of its programme and neighbourhood, of any where it has none."""
    fitting = (
        theme for theme in subjects().themes
        if (programme_id in (None, theme.programme_id) if theme.programme_id else area_id in (None, theme.neighbourhood_id))
    )
    return [theme for theme in fitting if theme.is_offered]
