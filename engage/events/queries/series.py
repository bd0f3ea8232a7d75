"""A series: its dates, whose they are to change, what they would share with other meetings, who is told."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, false, func, literal, or_, select, true
from sqlalchemy.orm import joinedload

from engage.core import clock, db
from engage.core.access import Actor, Role
from engage.core.db import Instant, Place
from engage.core.refusal import NotFound
from engage.core.text import Localized
from engage.events.models import Event, EventPerson, Series, Subscription
from engage.events.queries.one import WHOLE
from engage.events.rules import Acceptance, State
from engage.events.rules.series import Clash, Scope

STAFF = (Role.STAFF, Role.ADMINISTRATOR)
ON_A_PAGE = 100
NEVER = datetime(9999, 1, 1, tzinfo=UTC)  # what has no date to come stands after all that goes on
Reached = Callable[[Collection[UUID]], int]
_reached_by: list[Reached] = []


def reached_by(reached: Reached) -> None:
    """Take the function that counts who gets a letter about some events; registrations gives it."""
    _reached_by[:] = [reached]


def count_reached(ids: Collection[UUID]) -> int:
    """Return how many addresses get a letter when these events are moved or called off."""
    return _reached_by[0](ids) if _reached_by else 0


def one_series(series_id: UUID) -> Series:
    """Return a series with its programme. Raises NotFound."""
    wanted = select(Series).where(Series.id == series_id).options(joinedload(Series.programme))
    return _found(db.session().scalars(wanted).one_or_none())


def followable_series(series_id: UUID) -> Series:
    """Return a series whose meetings everybody may know of. Raises NotFound, also for one behind closed doors."""
    series = one_series(series_id)
    if series.programme.is_closed:
        raise NotFound
    return series


def locked_series(series_id: UUID) -> Series:
    """Return a series, locked until the transaction ends. Raises NotFound."""
    wanted = select(Series).where(Series.id == series_id).with_for_update().execution_options(populate_existing=True)
    return _found(db.session().scalars(wanted).one_or_none())


def _found(row: Series | None) -> Series:
    if row is None:
        raise NotFound
    return row


def series_of_form(form_key: str) -> UUID | None:
    """Return the series that a form has made already, if it has."""
    return db.session().scalar(select(Series.id).where(Series.form_key == form_key))


def dates(series_id: UUID) -> list[Event]:
    """Return all dates of a series with what a line about each shows, by time."""
    wanted = select(Event).where(Event.series_id == series_id).options(*WHOLE)
    return list(db.session().scalars(wanted.order_by(Event.starts_at, Event.id)))


def dates_in(series_id: UUID, scope: Scope, event: Event, now: datetime) -> list[UUID]:
    """Return the ids of the dates that a change of one reaches: public ones that have not begun, in order of ids."""
    reaches = {
        Scope.THIS: Event.id == event.id, Scope.FOLLOWING: Event.starts_at >= event.starts_at, Scope.ALL: true(),
    }[scope]
    wanted = select(Event.id).where(
        Event.series_id == series_id, Event.state == State.PUBLISHED, Event.starts_at > now, reaches
    )
    return list(db.session().scalars(wanted.order_by(Event.id)))


@dataclass(frozen=True)
class Line:
    """One series in staff's list."""

    id: UUID
    title: Localized
    dates: int
    coming: int
    next_start: datetime | None
    zone: str

    @property
    def place(self) -> Place:
        """Return where it stands in the list."""
        return self.next_start or NEVER, self.id


def every_series(actor: Actor, now: datetime, after: Place | None = None) -> list[Line]:
    """Return a page of the series with a date where the actor works, those that go on first; one more than a page says
    there is another."""
    areas = actor.areas(*STAFF)
    is_mine = true() if areas is None else Series.id.in_(select(Event.series_id).where(Event.neighbourhood_id.in_(areas)))
    is_coming = and_(Event.state == State.PUBLISHED, Event.starts_at > now)
    following = func.min(Event.starts_at).filter(is_coming)
    turn = func.coalesce(following, literal(NEVER, Instant))
    rows = db.session().execute(
        select(Series.id, Series.title, Series.zone, func.count(Event.id), func.count(Event.id).filter(is_coming), following)
        .join(Event, Event.series_id == Series.id).where(is_mine).group_by(Series.id)
        .having(db.beyond(after, turn, Series.id)).order_by(turn, Series.id).limit(ON_A_PAGE + 1)
    )
    return [Line(id_, title, count, coming, start, zone) for id_, title, zone, count, coming, start in rows]


def followers(series_id: UUID) -> list[Subscription]:
    """Return who wants to hear of new dates of a series."""
    live = Subscription.proven_at.is_not(None), Subscription.ended_at.is_(None)
    return list(db.session().scalars(select(Subscription).where(Subscription.series_id == series_id, *live)))


# --- what a new date would share with others ----------------------------------------------------------


@dataclass(frozen=True)
class Wanted:
    """A date that is planned."""

    starts_at: datetime
    ends_at: datetime
    zone: str
    venue_id: UUID | None
    neighbourhood_id: UUID | None
    person_id: UUID | None = None  # who would be there to welcome people


@dataclass(frozen=True)
class Shared:
    """A meeting that a planned date clashes with."""

    clash: Clash
    event_id: UUID
    title: Localized
    starts_at: datetime
    zone: str


def clashes(planned: Sequence[Wanted]) -> list[list[Shared]]:
    """Return what each planned date would share with public meetings, the worst first, in one statement."""
    columns = (Event.id, Event.title, Event.starts_at, Event.ends_at, Event.zone, Event.venue_id, Event.neighbourhood_id)
    near = or_(false(), *(_is_near(each) for each in planned))
    welcomes = _is_welcomed_by([each.person_id for each in planned if each.person_id])
    wanted = select(*columns, welcomes.label("is_busy")).where(Event.state == State.PUBLISHED, near)
    rows = db.session().execute(wanted.order_by(Event.starts_at, Event.id)).all() if planned else []
    return [_shared(each, rows) for each in planned]


def _day_of(planned: Wanted) -> tuple[datetime, datetime]:
    midnight = datetime.combine(clock.local(planned.starts_at, planned.zone).date(), time())
    return clock.at(midnight, planned.zone), clock.at(midnight + timedelta(days=1), planned.zone)


def _is_near(planned: Wanted) -> ColumnElement[bool]:
    first, last = _day_of(planned)
    where = or_(
        Event.neighbourhood_id == planned.neighbourhood_id, Event.venue_id == planned.venue_id,
        _is_welcomed_by([planned.person_id] if planned.person_id else []),
    )
    return and_(Event.ends_at > min(first, planned.starts_at), Event.starts_at < max(last, planned.ends_at), where)


def _is_welcomed_by(people: Collection[UUID]) -> ColumnElement[bool]:
    if not people:
        return false()
    there = EventPerson.event_id == Event.id, EventPerson.acceptance == Acceptance.ACCEPTED
    return exists().where(*there, EventPerson.person_id.in_(people))


def _shared(planned: Wanted, rows: Sequence[Any]) -> list[Shared]:
    found = [(clash, row) for row in rows if (clash := _clash(planned, row))]
    order = list(Clash)
    found.sort(key=lambda pair: (order.index(pair[0]), pair[1].starts_at))
    return [Shared(clash, row.id, row.title, row.starts_at, row.zone) for clash, row in found]


def _clash(planned: Wanted, row: Any) -> Clash | None:
    first, last = _day_of(planned)
    is_same_time = row.starts_at < planned.ends_at and planned.starts_at < row.ends_at
    if is_same_time and planned.venue_id is not None and row.venue_id == planned.venue_id:
        return Clash.VENUE
    if is_same_time and planned.person_id is not None and row.is_busy:
        return Clash.HOST
    is_near = row.neighbourhood_id == planned.neighbourhood_id and row.starts_at < last and row.ends_at > first
    return Clash.NEIGHBOURHOOD if is_near else None
