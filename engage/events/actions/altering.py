"""Change this date of a series, this and those that follow, or all to come: each as that one event is changed alone."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from engage.core import db, ledger
from engage.core.access import Actor
from engage.core.refusal import NotFound, Refused, require
from engage.events import facts, policy, queries
from engage.events.actions.alterations import Alteration, Edited
from engage.events.actions.inputs import Words
from engage.events.actions.series import spot, take
from engage.events.models import Event, Series
from engage.events.rules import State
from engage.events.rules.series import Scope, SeriesReason


def alter(*, series_id: UUID, event_id: UUID, scope: Scope, change: Alteration, by: Actor, now: datetime) -> int:
    """Change the dates that a scope reaches and at which it comes to something, as a whole or not at all; return how many.

    People are told of each as of any event that is moved or called off. Raises NotFound, NotAllowed, Refused.
    """
    require(policy.may_schedule_series(by))
    series = queries.locked_series(series_id)
    changed = [event for event in _reached(series, event_id, scope, by, now) if change.differs(event, now)]
    if not changed:
        raise Refused(SeriesReason.NOTHING_DIFFERENT)
    before = {event.id: spot(event) for event in changed}
    for event in sorted(changed, key=_by_time):
        change.make(event, by, now)
    _keep_apart(series, [event for event in changed if spot(event) != before[event.id]])
    if isinstance(change, Edited) and isinstance(change.given, Words) and "title" in change.changed and scope == Scope.ALL:
        series.title = series.title.with_text(change.given.locale, change.given.title)
    series.version += 1
    db.session().flush()
    ledger.record(facts.SeriesChanged(series.id, change.kind, len(changed)), by=by)
    return len(changed)


def _keep_apart(series: Series, moved: Sequence[Event]) -> None:
    """Refuse to bring a date to the time and place of another one of its series."""
    dates = queries.dates(series.id) if moved else []
    taken = {spot(event) for event in dates if event.state == State.PUBLISHED and event not in moved}
    for event in moved:
        take(taken, event)


def _reached(series: Series, event_id: UUID, scope: Scope, by: Actor, now: datetime) -> list[Event]:
    """Return the dates of a scope, locked in order of their ids. Raises Refused."""
    events = [queries.locked(found) for found in queries.dates_in(series.id, scope, _date(series, event_id), now)]
    if not events:
        raise Refused(SeriesReason.NOTHING_TO_COME)
    if not all(policy.may_manage(by, event) for event in events):
        raise Refused(SeriesReason.NOT_YOUR_AREA)
    return events


def _date(series: Series, event_id: UUID) -> Event:
    event = queries.for_manage(event_id)
    if event.series_id != series.id:
        raise NotFound
    return event


def _by_time(event: Event) -> tuple[datetime, UUID]:
    assert event.starts_at  # noqa: S101 - a public event has a time
    return event.starts_at, event.id
