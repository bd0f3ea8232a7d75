"""Named selects of places.

Neighbourhoods change a few times a year and every page names some, so each process keeps them, and
reads them again whenever it reads the city's settings again.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, undefer

from engage.core import city, db
from engage.core.refusal import NotFound
from engage.places.models import Neighbourhood, Venue


@dataclass(frozen=True)
class Area:
    """A neighbourhood as pages use it: plain values, safe to keep between requests."""

    id: UUID
    code: str
    name: str
    parent_id: UUID | None
    outline: str | None
    label_x: int | None
    label_y: int | None
    label_room: int | None
    right: int | None
    bottom: int | None


_WORD_AND_NUMBER = re.compile(r"(\D*)([0-9]*)")

Counts = Callable[[datetime], Mapping[UUID, int]]

_kept: tuple[city.City, list[Area]] | None = None
_counted_by: list[Counts] = []


def all_neighbourhoods() -> list[Area]:
    """Return every area, by name."""
    global _kept  # noqa: PLW0603 - what this process remembers, no longer than the city's settings
    settings = city.city()
    if _kept is None or _kept[0] is not settings:
        _kept = (settings, _read())
    return _kept[1]


def forget() -> None:
    """Have the next reader read the neighbourhoods again."""
    global _kept  # noqa: PLW0603
    _kept = None


def _read() -> list[Area]:
    columns = [getattr(Neighbourhood, name) for name in Area.__dataclass_fields__]
    rows = db.session().execute(select(*columns))
    return sorted((Area(*row) for row in rows), key=lambda area: (_counting(area.name), area.code))


def _counting(name: str) -> tuple[tuple[str, int], ...]:
    """Order names as people count: District 2 before District 10."""
    return tuple((word.casefold(), int(number or 0)) for word, number in _WORD_AND_NUMBER.findall(name))


def neighbourhood(code: str) -> Area:
    """Return the area of a code. Raises NotFound."""
    return _one(area for area in all_neighbourhoods() if area.code == code)


def area(area_id: UUID) -> Area:
    """Return the area of an id. Raises NotFound."""
    return _one(area for area in all_neighbourhoods() if area.id == area_id)


def _one(found: Iterator[Area]) -> Area:
    first = next(found, None)
    if first is None:
        raise NotFound
    return first


def with_below(ids: Collection[UUID]) -> frozenset[UUID]:
    """Return areas together with all below them."""
    found = set(ids)
    while below := {area.id for area in all_neighbourhoods() if area.parent_id in found} - found:
        found |= below
    return frozenset(found)


def venues(*, active: bool = True) -> list[Venue]:
    """Return the venues with their neighbourhoods, by name; those no longer used as well if not `active`."""
    wanted = select(Venue).options(joinedload(Venue.neighbourhood)).order_by(Venue.name, Venue.id)
    return list(db.session().scalars(wanted.where(Venue.is_active) if active else wanted))


def venue(venue_id: UUID) -> Venue:
    """Return a venue with its neighbourhood. Raises NotFound."""
    wanted = select(Venue).options(joinedload(Venue.neighbourhood)).where(Venue.id == venue_id)
    found = db.session().scalars(wanted).one_or_none()
    if found is None:
        raise NotFound
    return found


def locked_venue(venue_id: UUID) -> Venue:
    """Return a venue that nobody else changes until this transaction ends. Raises NotFound."""
    found = db.session().scalars(select(Venue).where(Venue.id == venue_id).with_for_update()).one_or_none()
    if found is None:
        raise NotFound
    return found


def has_twin(venue: Venue) -> bool:
    """Say whether another venue in use has the same name and address."""
    same = select(Venue.id).where(Venue.is_active, Venue.name == venue.name, Venue.address == venue.address)
    return any(found != venue.id for found in db.session().scalars(same))


def by_code() -> dict[str, Neighbourhood]:
    """Return the rows of all areas with their shapes, by code, for an import to change."""
    wanted = select(Neighbourhood).options(undefer("*"), joinedload(Neighbourhood.parent))
    return {row.code: row for row in db.session().scalars(wanted)}


def lock() -> None:
    """Let one import at a time go on, until this transaction ends."""
    db.session().execute(select(city.CityRow.id).with_for_update())


def counted_by(counts: Counts) -> None:
    """Take the function that counts coming meetings by neighbourhood; events gives it."""
    _counted_by[:] = [counts]


def coming_counts(now: datetime) -> Mapping[UUID, int]:
    """Return how many meetings are coming, by the id of their neighbourhood."""
    return _counted_by[0](now) if _counted_by else {}


# --- the map, and the same as a list -------------------------------------------------------------


@dataclass(frozen=True)
class Counted:
    """An area with the number of coming meetings there and in all areas below it."""

    area: Area
    coming: int


@dataclass(frozen=True)
class Group:
    """Areas under one that has none above it; `head` is None for those that stand alone."""

    head: Counted | None
    members: list[Counted]


@dataclass(frozen=True)
class Chart:
    """A city as it is drawn and listed."""

    drawn: list[Counted]  # a shape that is divided into others is not drawn: they are
    groups: list[Group]
    width: int
    height: int


def chart(areas: Collection[Area], counts: Mapping[UUID, int]) -> Chart:
    """Return areas with what is coming, ready to be drawn and listed."""
    below: dict[UUID | None, list[Area]] = {}
    for area in areas:
        below.setdefault(area.parent_id, []).append(area)
    shaped = [area for area in areas if area.outline and not any(child.outline for child in below.get(area.id, ()))]
    return Chart(
        drawn=[Counted(area, _coming(area, below, counts)) for area in shaped],
        groups=_groups(below, counts),
        width=max((area.right or 0 for area in shaped), default=0),
        height=max((area.bottom or 0 for area in shaped), default=0),
    )


def _coming(area: Area, below: Mapping[UUID | None, list[Area]], counts: Mapping[UUID, int]) -> int:
    return counts.get(area.id, 0) + sum(_coming(child, below, counts) for child in below.get(area.id, ()))


def _groups(below: Mapping[UUID | None, list[Area]], counts: Mapping[UUID, int]) -> list[Group]:
    top = below.get(None, [])
    alone = [Counted(area, counts.get(area.id, 0)) for area in top if area.id not in below]
    heads = [area for area in top if area.id in below]
    groups = [Group(Counted(head, _coming(head, below, counts)), _under(head, below, counts)) for head in heads]
    return [Group(None, alone), *groups] if alone else groups


def _under(head: Area, below: Mapping[UUID | None, list[Area]], counts: Mapping[UUID, int]) -> list[Counted]:
    found: list[Counted] = []
    for area in below.get(head.id, ()):
        found += [Counted(area, _coming(area, below, counts)), *_under(area, below, counts)]
    return found
