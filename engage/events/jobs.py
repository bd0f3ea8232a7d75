"""What the clock ticks in events."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from engage.core import db
from engage.core.access import CLOCK
from engage.core.clock import Job
from engage.events import actions, queries


def _each(ids: Iterable[UUID], act: Callable[[UUID], bool]) -> int:
    """Do each item in a transaction of its own and count those that were done."""
    done = 0
    for item in ids:
        with db.transaction():
            done += act(item)
    return done


def ask_hosts(now: datetime) -> int:
    """Ask hosts of meetings below their least number to go ahead or cancel."""
    return _each(queries.below_least(now), lambda found: actions.ask_to_decide(event_id=found, by=CLOCK, now=now))


def tell_subscribers(now: datetime) -> int:
    """Tell people of new meetings, each at most once a week."""
    due = queries.due_subscribers(now)
    return _each(due, lambda found: actions.tell_subscriber(address_id=found, by=CLOCK, now=now))


def forget(now: datetime) -> int:
    """Keep the promises that the columns of events make."""
    gone = 0
    for number in range(len(actions.PROMISES)):
        with db.transaction():
            gone += actions.keep_promise(number=number, by=CLOCK, now=now)
    return gone


JOBS: tuple[Job, ...] = (
    Job("events.ask_hosts", timedelta(minutes=15), ask_hosts),
    Job("events.tell_subscribers", timedelta(hours=1), tell_subscribers),
    Job("events.forget", timedelta(days=1), forget),
)
