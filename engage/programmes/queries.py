"""Named selects of programmes."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, select

from engage.core import db
from engage.core.refusal import NotFound
from engage.places.models import Neighbourhood
from engage.programmes.models import Programme, Theme

Counts = Callable[[UUID, datetime | None], int]
_counted_by: list[Counts] = []


def active() -> list[Programme]:
    """Return the programmes events may be proposed in, in the city's order."""
    return list(db.session().scalars(select(Programme).where(Programme.is_active).order_by(Programme.position, Programme.slug)))


def public() -> list[Programme]:
    """Return those of them that everybody may know of."""
    return [programme for programme in active() if not programme.is_closed]


def every() -> list[Programme]:
    """Return all programmes, ended ones last."""
    in_order = select(Programme).order_by(Programme.is_active.desc(), Programme.position, Programme.slug)
    return list(db.session().scalars(in_order))


def by_slug(slug: str) -> Programme:
    """Return the programme of a URL, ended or not. Raises NotFound."""
    return _found(db.session().scalars(select(Programme).where(Programme.slug == slug)).one_or_none())


def programme(programme_id: UUID) -> Programme:
    """Return a programme. Raises NotFound."""
    return _found(find(programme_id))


def find(programme_id: UUID) -> Programme | None:
    """Return a programme, or None where there is none."""
    return db.session().get(Programme, programme_id)


def locked(programme_id: UUID) -> Programme:
    """Return a programme that nobody else changes until this transaction ends. Raises NotFound."""
    wanted = select(Programme).where(Programme.id == programme_id).with_for_update()
    return _found(db.session().scalars(wanted.execution_options(populate_existing=True)).one_or_none())


def _found(programme: Programme | None) -> Programme:
    if programme is None:
        raise NotFound
    return programme


def made_from(kit: str) -> Programme | None:
    """Return the first programme made from a kit."""
    wanted = select(Programme).where(Programme.kit == kit).order_by(Programme.position, Programme.slug).limit(1)
    return db.session().scalars(wanted).one_or_none()


def counted_by(counts: Counts) -> None:
    """Take the function that counts a programme's meetings; events gives it."""
    _counted_by[:] = [counts]


def meetings(programme_id: UUID, since: datetime | None) -> int:
    """Return how many meetings of a programme people were shown, that end after an instant if one is given."""
    return _counted_by[0](programme_id, since) if _counted_by else 0


def slugs() -> frozenset[str]:
    return frozenset(db.session().scalars(select(Programme.slug)))


def themes(programme_id: UUID) -> list[Theme]:
    """Return a programme's priority themes in order, without retired ones."""
    return [theme for theme in every_theme(programme_id=programme_id) if not theme.is_retired]


def themes_of_area(neighbourhood_id: UUID) -> list[Theme]:
    """Return a neighbourhood's priority themes in order, without retired ones."""
    return [theme for theme in every_theme(neighbourhood_id=neighbourhood_id) if not theme.is_retired]


def themes_of_ids(theme_ids: Sequence[UUID]) -> list[Theme]:
    """Return themes by their ids and in the order of these, retired ones among them."""
    found = {theme.id: theme for theme in db.session().scalars(select(Theme).where(Theme.id.in_(theme_ids)))}
    return [found[theme_id] for theme_id in theme_ids if theme_id in found]


def every_theme(*, programme_id: UUID | None = None, neighbourhood_id: UUID | None = None) -> list[Theme]:
    """Return the themes of a programme or a neighbourhood in order, retired ones last."""
    of_one = Theme.programme_id == programme_id if programme_id else Theme.neighbourhood_id == neighbourhood_id
    return list(db.session().scalars(select(Theme).where(of_one).order_by(Theme.is_retired, Theme.position, Theme.id)))


def lock_area(neighbourhood_id: UUID) -> None:
    """Let one change of a neighbourhood's themes at a time go on, until this transaction ends. Raises NotFound."""
    row = select(Neighbourhood.id).where(Neighbourhood.id == neighbourhood_id).with_for_update()
    if db.session().scalar(row) is None:
        raise NotFound


def theme(theme_id: UUID) -> Theme | None:
    """Return a theme, retired or not."""
    return db.session().get(Theme, theme_id)


def shown(slug: str) -> tuple[Programme, list[Theme]]:
    """Return a programme with its themes, in one statement. Raises NotFound."""
    wanted = select(Programme, Theme).outerjoin(
        Theme, and_(Theme.programme_id == Programme.id, Theme.is_retired.is_(False))
    ).where(Programme.slug == slug)
    rows = db.session().execute(wanted.order_by(Theme.position, Theme.id)).all()
    return _found(rows[0][0] if rows else None), [theme for _, theme in rows if theme is not None]


def themes_by_programme() -> dict[UUID, list[Theme]]:
    """Return all themes of programmes in order, by the id of their programme, without retired ones."""
    found: dict[UUID, list[Theme]] = {}
    offered = select(Theme).where(Theme.programme_id.is_not(None), Theme.is_retired.is_(False))
    for theme in db.session().scalars(offered.order_by(Theme.position, Theme.id)):
        if theme.programme_id:
            found.setdefault(theme.programme_id, []).append(theme)
    return found


def themes_by_area() -> dict[UUID, list[Theme]]:
    """Return all themes of neighbourhoods in order, by the id of their neighbourhood, without retired ones."""
    found: dict[UUID, list[Theme]] = {}
    offered = select(Theme).where(Theme.neighbourhood_id.is_not(None), Theme.is_retired.is_(False))
    for theme in db.session().scalars(offered.order_by(Theme.position, Theme.id)):
        if theme.neighbourhood_id:
            found.setdefault(theme.neighbourhood_id, []).append(theme)
    return found
