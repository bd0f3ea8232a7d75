"""What the clock ticks in funding."""

from contextlib import suppress
from datetime import datetime, timedelta

from engage.core import db
from engage.core.access import CLOCK
from engage.core.clock import Job
from engage.core.refusal import NotFound, Refused
from engage.funding.actions import forgetting, settling
from engage.funding.queries import reports
from engage.funding.rules.states import State

AWAITED = frozenset({State.HELD, State.REPORT_DUE})


def remind(now: datetime) -> int:
    """Remind hosts of reports that are due, and let awards lapse of which none came; one transaction each."""
    done = 0
    for application_id in [application.id for application in reports.awaited(AWAITED)]:
        with suppress(NotFound, Refused), db.transaction():  # somebody else was there first
            done += settling.remind(application_id=application_id, by=CLOCK, now=now)
    return done


def forget(now: datetime) -> int:
    """Keep the promises that the columns of funding make."""
    gone = 0
    for number in range(len(forgetting.PROMISES)):
        with db.transaction():
            gone += forgetting.keep_promise(number=number, by=CLOCK, now=now)
    return gone


JOBS: tuple[Job, ...] = (
    Job("funding.remind", timedelta(minutes=15), remind),
    Job("funding.forget", timedelta(days=1), forget),
)
