"""Named selects of programmes."""

from uuid import UUID

from sqlalchemy import select

from engage.core import db
from engage.core.refusal import NotFound
from engage.programmes.models import Programme, Theme


def active() -> list[Programme]:
    """Return the programmes events may be proposed in, in the city's order."""
    return list(db.session().scalars(select(Programme).where(Programme.is_active).order_by(Programme.position, Programme.slug)))


def every() -> list[Programme]:
    """Return all programmes, ended ones last."""
    in_order = select(Programme).order_by(Programme.is_active.desc(), Programme.position, Programme.slug)
    return list(db.session().scalars(in_order))


def by_slug(slug: str) -> Programme:
    """Return the programme of a URL, ended or not. Raises NotFound."""
    return _found(db.session().scalars(select(Programme).where(Programme.slug == slug)).one_or_none())


def programme(programme_id: UUID) -> Programme:
    """Return a programme. Raises NotFound."""
    return _found(db.session().get(Programme, programme_id))


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


def slugs() -> frozenset[str]:
    return frozenset(db.session().scalars(select(Programme.slug)))


def themes(programme_id: UUID) -> list[Theme]:
    """Return a programme's priority themes in order."""
    wanted = select(Theme).where(Theme.programme_id == programme_id).order_by(Theme.position, Theme.id)
    return list(db.session().scalars(wanted))


def shown(slug: str) -> tuple[Programme, list[Theme]]:
    """Return a programme with its themes, in one statement. Raises NotFound."""
    wanted = select(Programme, Theme).outerjoin(Theme, Theme.programme_id == Programme.id).where(Programme.slug == slug)
    rows = db.session().execute(wanted.order_by(Theme.position, Theme.id)).all()
    return _found(rows[0][0] if rows else None), [theme for _, theme in rows if theme is not None]


def themes_by_programme() -> dict[UUID, list[Theme]]:
    """Return all themes in order, by the id of their programme."""
    found: dict[UUID, list[Theme]] = {}
    for theme in db.session().scalars(select(Theme).order_by(Theme.position, Theme.id)):
        found.setdefault(theme.programme_id, []).append(theme)
    return found
