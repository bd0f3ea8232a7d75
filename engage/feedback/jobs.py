"""What the clock ticks in feedback."""

from datetime import datetime, timedelta

from engage.core.access import CLOCK
from engage.core.clock import Job
from engage.core.db import transaction
from engage.feedback import actions, queries, rules


def shuffle(now: datetime) -> int:  # noqa: ARG001 - what lies as it came is due at once
    """Shuffle answers that still lie as they came; return in how many events."""
    due = queries.unshuffled()
    for event_id in due:
        with transaction():
            actions.shuffle(event_id=event_id, by=CLOCK)
    return len(due)


def forget(now: datetime) -> int:
    """Delete tickets after a month and answers after three years; return how many tickets and events."""
    with transaction():
        forgotten = actions.drop_expired(by=CLOCK, now=now)
    for event_id in queries.to_forget(now - rules.KEPT_FOR):
        with transaction():
            actions.forget_answers(event_id=event_id, by=CLOCK)
        forgotten += 1
    return forgotten


JOBS: tuple[Job, ...] = (
    Job("feedback.shuffle", timedelta(minutes=10), shuffle),
    Job("feedback.forget", timedelta(days=1), forget),
)
