"""Concerns by id, those that stand for others, and what they may be about."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select

from engage.concerns.models import Concern
from engage.core import city, db
from engage.core.refusal import NotFound
from engage.core.text import Localized
from engage.events.models import Event
from engage.events.rules import PUBLIC
from engage.programmes import queries as programmes
from engage.programmes.models import Theme


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


def standing(concern: Concern) -> Concern:
    """Return the concern that a locked one was merged into, locked as well; itself where it stands."""
    return concern if concern.merged_into_id is None else locked(concern.merged_into_id)


def is_public() -> ColumnElement[bool]:
    """Return the criterion for concerns that everybody may see."""
    return and_(Concern.hidden_at.is_(None), Concern.merged_into_id.is_(None))


def is_shown(concern: Concern) -> bool:
    """Say whether everybody may see a concern."""
    return db.session().scalar(select(Concern.id).where(Concern.id == concern.id, is_public())) is not None


def meeting(event_id: UUID) -> Event:
    """Return the public meeting that a concern is raised for. Raises NotFound."""
    found = db.session().scalars(select(Event).where(Event.id == event_id, Event.state.in_(PUBLIC))).one_or_none()
    if found is None:
        raise NotFound
    return found


# --- what concerns are about: named on every page of theirs, so each process keeps it like the city's settings ---


@dataclass(frozen=True)
class Subject:
    """A programme or one of its themes, as pages of concerns name it."""

    id: UUID
    name: Localized
    slug: str = ""
    programme_id: UUID | None = None


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
    every = programmes.every()
    order = {programme.id: number for number, programme in enumerate(every)}
    themes = db.session().scalars(select(Theme).order_by(Theme.position, Theme.id))
    found = [Subject(theme.id, theme.name, programme_id=theme.programme_id) for theme in themes]
    named = tuple(Subject(row.id, row.name, slug=row.slug) for row in every)
    return Subjects(named, tuple(sorted(found, key=lambda theme: order.get(theme.programme_id or theme.id, len(order)))))


def themes_for(programme_id: UUID | None) -> list[Subject]:
    """Return the themes a concern may have: those of its programme, all there are where it has none."""
    return [theme for theme in subjects().themes if programme_id in (None, theme.programme_id)]
