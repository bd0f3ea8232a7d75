"""What a time and place that somebody plans would share with the meetings there are."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select

from engage.core import clock, db
from engage.core.text import Localized
from engage.events.models import Event, EventPerson
from engage.events.rules import Acceptance, State
from engage.events.rules.series import Clash

Busy = Mapping[UUID, Collection[UUID | None]]  # who is at which meeting


@dataclass(frozen=True)
class Wanted:
    """A time and place that is planned, and who would be there to welcome people."""

    starts_at: datetime
    ends_at: datetime
    zone: str
    venue_id: UUID | None
    neighbourhood_id: UUID | None
    people: frozenset[UUID] = frozenset()

    @property
    def day(self) -> tuple[datetime, datetime]:
        """Return when the day on which it starts begins and ends."""
        midnight = datetime.combine(clock.local(self.starts_at, self.zone).date(), time())
        return clock.at(midnight, self.zone), clock.at(midnight + timedelta(days=1), self.zone)


@dataclass(frozen=True)
class Shared:
    """A meeting that a planned date clashes with."""

    clash: Clash
    event_id: UUID
    title: Localized
    starts_at: datetime
    zone: str


def clashes(planned: Sequence[Wanted], besides: Collection[UUID] = ()) -> list[list[Shared]]:
    """Return what each planned date would share with public meetings, the worst first; `besides` are those that move."""
    people = frozenset[UUID]().union(*(each.people for each in planned))
    columns = (Event.id, Event.title, Event.starts_at, Event.ends_at, Event.zone, Event.venue_id, Event.neighbourhood_id)
    near = select(*columns).where(Event.state == State.PUBLISHED, Event.id.not_in(besides), _may_clash(planned, people))
    rows = db.session().execute(near.order_by(Event.starts_at, Event.id)).all() if planned else []
    busy = _busy([row.id for row in rows], people)
    return [_shared(each, rows, busy) for each in planned]


def _may_clash(planned: Sequence[Wanted], people: Collection[UUID]) -> ColumnElement[bool]:
    """Return what all that clashes has in common: it is near one of the days, and at a place or with people of the plan."""
    days = ((each.day, each) for each in planned)
    near = [and_(Event.ends_at > first, Event.starts_at < max(last, each.ends_at)) for (first, last), each in days]
    theirs = EventPerson.event_id == Event.id, EventPerson.person_id.in_(people)
    return and_(or_(*near), or_(
        Event.neighbourhood_id.in_({each.neighbourhood_id for each in planned}),
        Event.venue_id.in_({each.venue_id for each in planned}), exists().where(*theirs),
    ))


def _busy(event_ids: Collection[UUID], people: Collection[UUID]) -> Busy:
    busy: dict[UUID, set[UUID | None]] = defaultdict(set)
    if not people:
        return busy
    there = select(EventPerson.event_id, EventPerson.person_id).where(
        EventPerson.event_id.in_(event_ids), EventPerson.person_id.in_(people), EventPerson.acceptance == Acceptance.ACCEPTED
    )
    for event_id, person_id in db.session().execute(there):
        busy[event_id].add(person_id)
    return busy


def _shared(planned: Wanted, rows: Sequence[Any], busy: Busy) -> list[Shared]:
    found = [(clash, row) for row in rows if (clash := _clash(planned, row, busy.get(row.id, ())))]
    order = list(Clash)
    found.sort(key=lambda pair: (order.index(pair[0]), pair[1].starts_at))
    return [Shared(clash, row.id, row.title, row.starts_at, row.zone) for clash, row in found]


def _clash(planned: Wanted, row: Any, there: Collection[UUID | None]) -> Clash | None:
    if row.starts_at < planned.ends_at and planned.starts_at < row.ends_at:
        if planned.venue_id is not None and row.venue_id == planned.venue_id:
            return Clash.VENUE
        if planned.people.intersection(there):
            return Clash.HOST
    first, last = planned.day
    is_that_day = row.starts_at < last and row.ends_at > first
    return Clash.NEIGHBOURHOOD if is_that_day and row.neighbourhood_id == planned.neighbourhood_id else None
