"""What the clock ticks in funding."""

from datetime import datetime, timedelta

from engage.core import db
from engage.core.access import CLOCK
from engage.core.clock import Job
from engage.funding.actions import forgetting


def forget(now: datetime) -> int:
    """Keep the promises that the columns of funding make."""
    gone = 0
    for number in range(len(forgetting.PROMISES)):
        with db.transaction():
            gone += forgetting.keep_promise(number=number, by=CLOCK, now=now)
    return gone


JOBS: tuple[Job, ...] = (Job("funding.forget", timedelta(days=1), forget),)
