"""What the clock ticks in concerns."""

from contextlib import suppress
from datetime import datetime, timedelta

from engage.concerns.actions import acting, forgetting
from engage.concerns.queries import acting as queries
from engage.core import db
from engage.core.access import CLOCK
from engage.core.clock import Job
from engage.core.refusal import NotFound


def forget(now: datetime) -> int:
    """Keep the promises that the columns of concerns make."""
    gone = 0
    for number in range(len(forgetting.PROMISES)):
        with db.transaction():
            gone += forgetting.keep_promise(number=number, by=CLOCK, now=now)
    return gone


def nudge(now: datetime) -> int:
    """Remind of action items that are late; one transaction each."""
    done = 0
    for action_id in queries.overdue_ids(acting.today(now)):
        with suppress(NotFound), db.transaction():  # its time was over just now
            done += acting.nudge(action_id=action_id, by=CLOCK, now=now)
    return done


JOBS: tuple[Job, ...] = (
    Job("concerns.forget", timedelta(days=1), forget),
    Job("concerns.nudge", timedelta(hours=1), nudge),
)
