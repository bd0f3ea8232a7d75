"""One event or series as everybody may see it, and events as feeds and the sitemap list them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, false, func, or_, select, true, union_all
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.interfaces import ORMOption

from engage.core import db
from engage.core.db import Instant
from engage.core.refusal import NotFound
from engage.core.text import Localized
from engage.events import rules
from engage.events.models import Event, Series
from engage.events.queries.cards import COLUMNS, Card, card_of
from engage.events.queries.listing import LISTED, Filters, coming_at, matching
from engage.events.rules import PUBLIC, Phase, State
from engage.places.models import Neighbourhood, Venue
from engage.programmes.models import Programme

FEED = 500  # the most meetings that one feed lists
KEPT_IN_FEEDS = timedelta(days=30)  # after its end, so that calendars hear of a late change

_GLANCE = db.Glance(
    select(Event.id, Event.version, Event.state, Event.starts_at, Event.ends_at).where(Event.slug == bindparam("slug"), LISTED)
)
_OF_PROGRAMME = Programme.slug, Programme.name, Programme.sign, Programme.sign_up_mode, Programme.is_closed
_AROUND: tuple[ORMOption, ...] = (  # without shapes and guides, which are large
    joinedload(Event.programme).load_only(*_OF_PROGRAMME),
    joinedload(Event.neighbourhood).load_only(Neighbourhood.code, Neighbourhood.name),
    joinedload(Event.venue), joinedload(Event.series).load_only(Series.slug, Series.title),
)
_SHOWN = and_(or_(*(Event.state == state for state in sorted(PUBLIC))), LISTED)  # a glance takes no list of values
_COMING = select(Event.starts_at).where(Event.series_id == Series.id, coming_at(bindparam("now", type_=Instant)))
_SERIES = db.Glance(select(
    Series.id, Series.version,
    select(func.sum(Event.version)).where(Event.series_id == Series.id, _SHOWN).correlate(Series).scalar_subquery(),
    _COMING.order_by(Event.starts_at).limit(1).correlate(Series).scalar_subquery(),
).where(Series.slug == bindparam("slug")))
OF_SERIES = 500  # the most dates that the page of a series shows


@dataclass(frozen=True)
class Glance:
    """The little that decides whether an event's page is the one a reader has already."""

    event_id: UUID
    phase: Phase
    version: str


def glance(slug: str, now: datetime) -> Glance:
    """Return what an event's page changes with; places left are in its version. Raises NotFound for what is not published."""
    row = _GLANCE.first(slug=slug)
    if row is None:
        raise NotFound
    event_id, version, state, starts_at, ends_at = row
    if state not in PUBLIC or starts_at is None:
        raise NotFound
    phase = rules.phase(State(state), starts_at, ends_at, now)
    return Glance(event_id, phase, f"{event_id}-{version}-{phase}")


def public_event(event_id: UUID) -> Event:
    """Return an event with all that its public page shows, in one statement. Raises NotFound."""
    return _whole(event_id, LISTED)


def closed_event(event_id: UUID) -> Event:
    """Return a closed event as its page shows it to those who may enter. Raises NotFound."""
    return _whole(event_id, ~LISTED)


def _whole(event_id: UUID, where: ColumnElement[bool]) -> Event:
    with_people = (*_AROUND, joinedload(Event.languages), joinedload(Event.people))
    wanted = select(Event).where(Event.id == event_id, Event.state.in_(PUBLIC), where).options(*with_people)
    found = db.session().scalars(wanted.execution_options(populate_existing=True)).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True)
class SeriesGlance:
    """The little that decides whether the page of a series is the one a reader has already."""

    series_id: UUID
    version: str


def series_glance(slug: str, now: datetime) -> SeriesGlance:
    """Return what the page of a series changes with: its dates, and which of them have begun.

    Raises NotFound where none of its dates is for everybody.
    """
    row = _SERIES.first(slug=slug, now=now)
    if row is None or row[2] is None:
        raise NotFound
    series_id, version, of_dates, next_start = row
    begun = f"{next_start.timestamp():.0f}" if next_start else "0"
    return SeriesGlance(series_id, f"{series_id}-{version}-{of_dates}-{begun}")


@dataclass(frozen=True)
class PublicSeries:
    """A series as everybody may see it: its words, as its next date has them, and all its public dates by time."""

    title: Localized
    description: Localized
    coming: list[Card]
    past: list[Card]


def public_series(series_id: UUID, now: datetime) -> PublicSeries:
    """Return a series with its public dates, in one statement. Raises NotFound where there are none."""
    wanted = select(*COLUMNS, Series.title.label("series"), Event.description).select_from(Event).join(Programme)
    shown = wanted.outerjoin(Venue, Event.venue_id == Venue.id).join(Series, Event.series_id == Series.id).where(
        Event.series_id == series_id, _SHOWN
    )
    rows: Sequence[Any] = db.session().execute(shown.order_by(Event.starts_at, Event.id).limit(OF_SERIES)).all()
    if not rows:
        raise NotFound
    first = next((row for row in rows if row.starts_at > now), rows[-1])
    cards = [card_of(row) for row in rows]
    coming = [card for card in cards if card.starts_at > now]
    return PublicSeries(first.series, first.description, coming, [card for card in cards if card.starts_at <= now])


def for_calendar(filters: Filters, *, now: datetime) -> list[Event]:
    """Return the meetings a calendar feed lists, cancelled ones too: a calendar takes out what it is told is off."""
    told = _feed(filters).where(Event.state.in_(PUBLIC), LISTED, Event.ends_at > now - KEPT_IN_FEEDS)
    return list(db.session().scalars(told.order_by(Event.starts_at, Event.id).limit(FEED)))


def newest(filters: Filters, *, now: datetime, limit: int = 50) -> list[Event]:
    """Return the coming meetings that were published last, newest first."""
    new = _feed(filters).where(coming_at(now)).order_by(Event.published_at.desc(), Event.id)
    return list(db.session().scalars(new.limit(limit)))


def _feed(filters: Filters) -> Select[Event]:
    whole = select(Event).join(Programme).outerjoin(Venue, Event.venue_id == Venue.id).where(*matching(filters))
    return whole.options(*_AROUND)


@dataclass(frozen=True)
class MappedPage:
    """A page that a search engine may show: of one event, or of a series."""

    slug: str
    changed_at: datetime
    is_series: bool


def for_sitemap(limit: int = 40_000) -> list[MappedPage]:
    """Return the pages of events and series for search engines, newest first, in one statement."""
    events = select(
        Event.slug, Event.changed_at.label("changed_at"), Event.starts_at.label("starts_at"), false().label("is_series")
    ).where(_SHOWN)
    series = select(Series.slug, func.max(Event.changed_at), func.max(Event.starts_at), true()).join(
        Event, Event.series_id == Series.id
    ).where(_SHOWN).group_by(Series.slug)
    every = union_all(events, series).subquery()
    latest = select(every).order_by(every.c.starts_at.desc(), every.c.slug).limit(limit)
    return [MappedPage(row.slug, row.changed_at, bool(row.is_series)) for row in db.session().execute(latest)]
