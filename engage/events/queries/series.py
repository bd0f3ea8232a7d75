"""A series: its dates, whose they are to change, who leads the talk there, who follows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import and_, func, literal, select, true
from sqlalchemy.orm import joinedload

from engage.core import db
from engage.core.access import Actor, Role
from engage.core.db import Instant, Place
from engage.core.refusal import NotFound
from engage.core.text import Localized
from engage.events.models import Event, Series, Subscription
from engage.events.queries.one import WHOLE
from engage.events.rules import PersonRole, State
from engage.events.rules.series import Scope

STAFF = (Role.STAFF, Role.ADMINISTRATOR)
ON_A_PAGE = 100
NEVER = datetime(9999, 1, 1, tzinfo=UTC)  # what has no date to come stands after all that goes on


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


def leaders(events: Sequence[Event]) -> dict[UUID, str]:
    """Return who leads the talk at the last of a series' dates, and so at those that are added, with their names."""
    parts = events[-1].people if events else ()
    return {part.person_id: part.called for part in parts if part.role == PersonRole.FACILITATOR and part.person_id}


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
