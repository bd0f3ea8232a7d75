"""What is coming, as public lists show it: plain values, read in one statement, and the number they change with.

Nothing here reads private addresses: a place is a public venue or a neighbourhood.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Uuid,
    and_,
    bindparam,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.orm import aliased

from engage.core import clock, db
from engage.core.city import city
from engage.core.db import Instant
from engage.events.models import Event, EventLanguage, ListingVersion
from engage.events.queries.cards import ACCESS, COLUMNS, Card, aggregated, card_of
from engage.events.rules import State
from engage.places.models import Venue
from engage.programmes.models import Programme

PAGE = 20
PER_DAY = 3  # meetings named on one day of the month calendar; the day's own list has all


@dataclass(frozen=True)
class Filters:
    """What a reader looks for; nothing set is everything that is coming."""

    programme: str | None = None
    areas: frozenset[UUID] | None = None  # with those below them
    first_day: date | None = None
    day: date | None = None
    language: str | None = None
    access: frozenset[str] = frozenset()
    has_places: bool = False
    series_id: UUID | None = None


@dataclass(frozen=True)
class Found:
    """One page of a list. `after` leads on; `languages` and `counts` (by neighbourhood) are of all that is coming."""

    cards: list[Card]
    after: str | None = None
    languages: tuple[str, ...] = ()
    counts: Mapping[UUID, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Month:
    """The meetings of a month by day: the first few of each, and how many there are."""

    cards: Mapping[date, list[Card]]
    totals: Mapping[date, int]


_closed = aliased(Programme)  # another name for it: a list that joins programmes has its own
# Say of an event that its programme is open to all: every list, feed and public page asks this.
LISTED: ColumnElement[bool] = Event.programme_id.not_in(select(_closed.id).where(_closed.is_closed))


def coming_at(now: Any) -> ColumnElement[bool]:
    """Say of an event that everybody may see it and it has not begun."""
    return and_(Event.state == State.PUBLISHED, Event.starts_at > now, LISTED)


# --- the version -----------------------------------------------------------------------------------

_NEXT_START = select(Event.starts_at).where(coming_at(bindparam("now", type_=Instant))).order_by(Event.starts_at).limit(1)
_NUMBER = select(ListingVersion.number).where(ListingVersion.id == 1)
_VERSION = db.Glance(select(_NUMBER.scalar_subquery(), _NEXT_START.scalar_subquery()))


def version(now: datetime) -> str:
    """Return what every list of coming meetings changes with: what was published, and who has begun."""
    number, next_start = _VERSION.first(now=now) or (0, None)
    return f"{number or 0}-{next_start.timestamp() if next_start else 0:.0f}"


# --- pages of the list -------------------------------------------------------------------------------


def page(filters: Filters, *, now: datetime, after: str | None = None, limit: int = PAGE) -> Found:
    """Return the coming meetings that match, soonest first, with what the list's frame needs."""
    wanted = _soonest(_cards(filters).where(coming_at(now), *_beyond(after)), limit + 1).subquery("page")
    head = select(_languages(now).label("tongues"), _counts(now).label("counts")).subquery("head")
    framed = select(head, wanted).select_from(head.outerjoin(wanted, true()))
    rows = db.session().execute(framed.order_by(wanted.c.starts_at, wanted.c.id)).all()
    cards = [card_of(row) for row in rows if row.id is not None]
    is_more, cards = len(cards) > limit, cards[:limit]
    return Found(cards, _cursor(cards[-1]) if is_more else None, _words(rows[0].tongues), _numbers(rows[0].counts))


def coming(limit: int = 6, *, now: datetime, filters: Filters = Filters()) -> list[Card]:
    """Return the next meetings."""
    return [card_of(row) for row in db.session().execute(_soonest(_cards(filters).where(coming_at(now)), limit))]


def counts_by_neighbourhood(now: datetime) -> Mapping[UUID, int]:
    """Return how many meetings are coming, by the id of their neighbourhood."""
    return _numbers(db.session().scalar(select(_counts(now))))


def overview(limit: int, *, now: datetime) -> Found:
    """Return the next meetings and the counts by neighbourhood together, in one statement, for the home page."""
    return page(Filters(), now=now, limit=limit)


def _cards(filters: Filters) -> Select[Any]:
    whole = select(*COLUMNS).select_from(Event).join(Programme).outerjoin(Venue, Event.venue_id == Venue.id)
    return whole.where(*matching(filters))


def _soonest(wanted: Select[Any], limit: int) -> Select[Any]:
    return wanted.order_by(Event.starts_at, Event.id).limit(limit)


def matching(filters: Filters) -> list[ColumnElement[bool]]:
    """Return a reader's wishes as conditions over events joined with their programme and venue."""
    conditions: list[ColumnElement[bool]] = [ACCESS[name] for name in sorted(filters.access)]
    if filters.programme is not None:
        conditions.append(Programme.slug == filters.programme)
    if filters.series_id is not None:
        conditions.append(Event.series_id == filters.series_id)
    if filters.areas is not None:
        conditions.append(Event.neighbourhood_id.in_(filters.areas))
    if filters.language is not None:
        conditions.append(exists().where(EventLanguage.event_id == Event.id, EventLanguage.code == filters.language))
    if filters.has_places:
        conditions += [~Event.is_sign_up_paused, or_(Event.capacity.is_(None), Event.seats_taken < Event.capacity)]
    return conditions + _days(filters)


def _days(filters: Filters) -> list[ColumnElement[bool]]:
    """Bound by days of the city's calendar."""
    if filters.day is not None:
        return [Event.starts_at >= _midnight(filters.day), Event.starts_at < _midnight(filters.day + timedelta(days=1))]
    return [Event.starts_at >= _midnight(filters.first_day)] if filters.first_day is not None else []


def _midnight(day: date) -> datetime:
    return clock.at(datetime.combine(day, time()), city().zone)


# --- keyset: a page begins after the last meeting of the one before, whatever was published meanwhile ------


def _cursor(card: Card) -> str:
    return f"{card.starts_at:%Y%m%dT%H%M%S.%f}~{card.id.hex}"


def read_cursor(text: str | None) -> tuple[datetime, UUID] | None:
    """Read where a page begins, or None for what no page of ours said."""
    start, _, public_id = (text or "").partition("~")
    try:
        return datetime.strptime(start, "%Y%m%dT%H%M%S.%f").replace(tzinfo=UTC), UUID(hex=public_id)
    except ValueError:
        return None


def _beyond(after: str | None) -> list[ColumnElement[bool]]:
    begin = read_cursor(after)
    if begin is None:
        return []
    return [tuple_(Event.starts_at, Event.id) > tuple_(literal(begin[0], Instant), literal(begin[1], Uuid()))]


# --- what the frame of a list needs, each one value -----------------------------------------------------


def _languages(now: datetime) -> Any:
    used = select(EventLanguage.code).join(Event, Event.id == EventLanguage.event_id).where(coming_at(now))
    return select(aggregated(used.distinct().subquery("used").c.code)).scalar_subquery()


def _counts(now: datetime) -> Any:
    counted = select(Event.neighbourhood_id.label("area"), func.count().label("number")).where(coming_at(now))
    areas = counted.where(Event.neighbourhood_id.is_not(None)).group_by(Event.neighbourhood_id).subquery("areas")
    return select(aggregated(cast(areas.c.area, String) + ":" + cast(areas.c.number, String))).scalar_subquery()


def _words(joined: str | None) -> tuple[str, ...]:
    return tuple(sorted((joined or "").split(","))) if joined else ()


def _numbers(joined: str | None) -> dict[UUID, int]:
    pairs = (pair.split(":") for pair in (joined or "").split(",") if pair)
    return {UUID(area): int(number) for area, number in pairs}


# --- the month calendar ----------------------------------------------------------------------------------


def month(first: date, filters: Filters) -> Month:
    """Return the meetings of the month that begins on `first`, by the day people were told."""
    last = (first + timedelta(days=32)).replace(day=1)
    rows = db.session().execute(_firsts_of_days(first, last, filters)).all()
    cards: dict[date, list[Card]] = {}
    totals: dict[date, int] = {}
    for row in rows:
        day = row.wall_start.date()
        cards.setdefault(day, []).append(card_of(row))
        totals[day] = row.on_day
    return Month(cards, totals)


def _firsts_of_days(first: date, last: date, filters: Filters) -> Select[Any]:
    day = func.date(Event.wall_start)
    place = func.row_number().over(partition_by=day, order_by=(Event.starts_at, Event.id)).label("place")
    wanted = _cards(filters).add_columns(place, func.count().over(partition_by=day).label("on_day")).where(
        Event.state.in_((State.PUBLISHED, State.HELD)), LISTED,
        Event.starts_at >= _midnight(first - timedelta(days=1)), Event.starts_at < _midnight(last + timedelta(days=1)),
        Event.wall_start >= datetime.combine(first, time()), Event.wall_start < datetime.combine(last, time()),
    ).subquery("days")
    return select(wanted).where(wanted.c.place <= PER_DAY).order_by(wanted.c.starts_at, wanted.c.id)
