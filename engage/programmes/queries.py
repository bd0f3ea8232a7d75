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
