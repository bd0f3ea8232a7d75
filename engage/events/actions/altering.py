"""Change this date of a series, this and those that follow, or all to come: each as that one event is changed alone."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from engage.core import db, ledger
from engage.core.access import Actor
from engage.core.refusal import NotFound, Refused, require
from engage.events import facts, policy, queries
from engage.events.actions import changing, ending
from engage.events.actions.inputs import (
    Alteration,
    CalledOff,
    Details,
    Places,
    Shift,
    When,
    WhenAndWhere,
    Where,
    Words,
)
from engage.events.models import Event, Series
from engage.events.rules.series import Scope, SeriesReason


def alter(*, series_id: UUID, event_id: UUID, scope: Scope, change: Alteration, by: Actor, now: datetime) -> int:
    """Change the dates of a series that a scope reaches, as a whole or not at all; return how many.

    People are told of each as of any event that is moved or called off. Raises NotFound, NotAllowed, Refused.
    """
    require(policy.may_schedule_series(by))
    series = queries.locked_series(series_id)
    events = [queries.locked(found) for found in queries.dates_in(series.id, scope, _date(series, event_id), now)]
    if not events:
        raise Refused(SeriesReason.NOTHING_TO_COME)
    if not all(policy.may_manage(by, event) for event in events):
        raise Refused(SeriesReason.NOT_YOUR_AREA)
    for event in sorted(events, key=_by_time):
        _ACTS[type(change)](event, change, by, now)
    if isinstance(change, Words) and scope == Scope.ALL:
        series.title = series.title.with_text(change.locale, change.title)
    series.version += 1
    db.session().flush()
    ledger.record(facts.SeriesChanged(series.id, type(change).__name__, len(events)), by=by)
    return len(events)


def _date(series: Series, event_id: UUID) -> Event:
    event = queries.for_manage(event_id)
    if event.series_id != series.id:
        raise NotFound
    return event


def _by_time(event: Event) -> tuple[datetime, UUID]:
    assert event.starts_at  # noqa: S101 - a public event has a time
    return event.starts_at, event.id


def _shifted(event: Event, shift: Shift) -> When:
    """Return the new time of one date: on its own day, or on another weekday of its week."""
    assert event.wall_start  # noqa: S101 - a public event has a time
    day = event.wall_start.date()
    if shift.weekday is not None:
        day += timedelta(days=shift.weekday - day.weekday())
    return When(day, shift.start, shift.end, shift.start_hour, shift.end_hour)


def _shift(event: Event, shift: Shift, by: Actor, now: datetime) -> None:
    stays = Where(event.neighbourhood_id, event.venue_id)
    changing.move(event_id=event.id, to=WhenAndWhere(_shifted(event, shift), stays), by=by, now=now)


def _take_elsewhere(event: Event, where: Where, by: Actor, now: datetime) -> None:
    changing.move(event_id=event.id, to=WhenAndWhere(None, where), by=by, now=now)


def _reword(event: Event, words: Words, by: Actor, now: datetime) -> None:
    changing.change_texts(event_id=event.id, words=words, by=by, now=now)


def _detail(event: Event, details: Details, by: Actor, now: datetime) -> None:
    changing.change_details(event_id=event.id, details=details, by=by, now=now)


def _seat(event: Event, places: Places, by: Actor, now: datetime) -> None:
    changing.raise_capacity(event_id=event.id, capacity=places.capacity, by=by, now=now)


def _call_off(event: Event, off: CalledOff, by: Actor, now: datetime) -> None:
    ending.cancel(event_id=event.id, reason=off.reason, locale=off.locale, by=by, now=now)


_ACTS: Mapping[type, Callable[[Event, Any, Actor, datetime], None]] = {
    Shift: _shift, Where: _take_elsewhere, Words: _reword, Details: _detail, Places: _seat, CalledOff: _call_off,
}
