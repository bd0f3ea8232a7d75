"""What the clock ticks in concerns."""

from datetime import datetime, timedelta

from engage.concerns.actions import forgetting
from engage.core import db
from engage.core.access import CLOCK
from engage.core.clock import Job


def forget(now: datetime) -> int:
    """Keep the promises that the columns of concerns make."""
    gone = 0
    for number in range(len(forgetting.PROMISES)):
        with db.transaction():
            gone += forgetting.keep_promise(number=number, by=CLOCK, now=now)
    return gone


JOBS: tuple[Job, ...] = (Job("concerns.forget", timedelta(days=1), forget),)
