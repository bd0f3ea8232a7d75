"""One event as everybody may see it, and events as feeds and the sitemap list them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.interfaces import ORMOption

from engage.core import db
from engage.core.refusal import NotFound
from engage.events import rules
from engage.events.models import Event
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
    joinedload(Event.venue),
)


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


def for_sitemap(limit: int = 40_000) -> list[tuple[str, datetime]]:
    """Return the path name and last change of every event a search engine may show, newest first."""
    shown = select(Event.slug, Event.changed_at).where(Event.state.in_(PUBLIC), LISTED)
    latest = shown.order_by(Event.starts_at.desc(), Event.id).limit(limit)
    return [(row.slug, row.changed_at) for row in db.session().execute(latest)]
