"""What only pages made of many features ask the database."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import selectinload

from engage.core import city, clock, db
from engage.core.ledger import Entry, Subject
from engage.core.text import Localized
from engage.programmes import queries as programmes
from engage.programmes.models import Programme
from engage.programmes.rules import Proposers, Sign

PAGE = 50


# --- ways to meet: named on every start page, so each process keeps them like the city's settings ---


@dataclass(frozen=True)
class Way:
    """A programme as start pages name it: plain values, safe to keep between requests."""

    slug: str
    name: Localized
    summary: Localized
    sign: Sign
    who_may_propose: Proposers


_kept: tuple[city.City, list[Way]] | None = None


def ways() -> list[Way]:
    """Return the ways to meet, in the city's order; a change of programmes changes the city's settings."""
    global _kept  # noqa: PLW0603 - what this process remembers, no longer than the city's settings
    settings = city.city()
    if _kept is None or _kept[0] is not settings:
        _kept = (settings, [_way(programme) for programme in programmes.public()])
    return _kept[1]


def _way(programme: Programme) -> Way:
    return Way(**{name: getattr(programme, name) for name in Way.__dataclass_fields__})


# --- the ledger ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Wanted:
    """What an administrator looks for in the ledger; `before` is the last entry of the page before."""

    kinds: frozenset[str] | None = None
    first: date | None = None
    last: date | None = None
    about: frozenset[UUID] | None = None
    before: int | None = None


def entries(wanted: Wanted, zone: str) -> list[Entry]:
    """Return a page of the ledger and one entry more if there is one, newest first."""
    found = _narrowed(select(Entry), wanted, zone).options(selectinload(Entry.subjects))
    return list(db.session().scalars(found.order_by(Entry.id.desc()).limit(PAGE + 1)))


def _narrowed(found: Select[tuple[Entry]], wanted: Wanted, zone: str) -> Select[tuple[Entry]]:
    if wanted.kinds is not None:
        found = found.where(Entry.kind.in_(wanted.kinds))
    if wanted.first:
        found = found.where(Entry.at >= _midnight(wanted.first, zone))
    if wanted.last:
        found = found.where(Entry.at < _midnight(wanted.last + timedelta(days=1), zone))
    if wanted.about is not None:
        about = select(Subject.entry_id).where(Subject.subject_id.in_(wanted.about))
        found = found.where(or_(Entry.by_id.in_(wanted.about), Entry.id.in_(about)))
    if wanted.before:
        found = found.where(Entry.id < wanted.before)
    return found


def _midnight(day: date, zone: str) -> datetime:
    return clock.at(datetime.combine(day, time()), zone)


def kinds() -> list[str]:
    """Return the kinds of facts the ledger holds, in order."""
    return list(db.session().scalars(select(Entry.kind).distinct().order_by(Entry.kind)))

