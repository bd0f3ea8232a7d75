"""The programmes a list can be narrowed by: few, rarely changed, named on every page, so each process keeps
them and reads them again whenever it reads the city's settings again."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from engage.core import city, db
from engage.core.text import Localized
from engage.programmes.models import Programme
from engage.programmes.rules import Sign


@dataclass(frozen=True)
class Way:
    """A programme as lists name it: plain values, safe to keep between requests."""

    id: UUID
    slug: str
    name: Localized
    sign: Sign


_kept: tuple[city.City, list[Way]] | None = None


def ways() -> list[Way]:
    """Return the programmes under way, in the city's order."""
    global _kept  # noqa: PLW0603 - what this process remembers, no longer than the city's settings
    settings = city.city()
    if _kept is None or _kept[0] is not settings:
        _kept = (settings, _read())
    return _kept[1]


def _read() -> list[Way]:
    under_way = select(Programme.id, Programme.slug, Programme.name, Programme.sign).where(
        Programme.is_active, Programme.is_closed.is_(False)
    )
    rows = db.session().execute(under_way.order_by(Programme.position, Programme.slug))
    return [Way(row.id, row.slug, row.name, Sign(row.sign)) for row in rows]
