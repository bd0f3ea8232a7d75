"""What the clock ticks in attendance."""

from datetime import datetime, timedelta

from engage.attendance import actions, queries, rules
from engage.core.access import CLOCK
from engage.core.clock import Job
from engage.core.db import transaction
from engage.core.refusal import NotFound, Refused


def close_past(now: datetime) -> int:
    """Close what ended half a day ago and nobody closed; return how many events."""
    closed = 0
    for event_id in queries.unclosed(now - rules.CLOSES_AFTER):
        try:
            with transaction():
                actions.close(event_id=event_id, by=CLOCK, now=now)
        except (NotFound, Refused):  # somebody closed it in the meantime
            continue
        closed += 1
    return closed


def forget(now: datetime) -> int:
    """Erase names of walk-ins and who kept the door, six months after an event; return how many events."""
    due = queries.to_forget(now - rules.FORGETS_AFTER)
    for event_id in due:
        with transaction():
            actions.forget_names(event_id=event_id, by=CLOCK)
    return len(due)


JOBS: tuple[Job, ...] = (
    Job("attendance.close_past", timedelta(minutes=10), close_past),
    Job("attendance.forget", timedelta(days=1), forget),
)
