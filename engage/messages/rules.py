"""Decide about letters: states, retries, topics. Knows no database, request, clock or language."""

from datetime import datetime, timedelta
from enum import StrEnum


class Channel(StrEnum):
    EMAIL = "email"
    PHONE = "phone"  # nobody sends to it: staff call


class State(StrEnum):
    """Every letter ends as one of the last four."""

    DUE = "due"
    CLAIMED = "claimed"  # a worker holds its lease
    SENT = "sent"
    EXPIRED = "expired"  # pointless by now
    CANCELLED = "cancelled"  # its cause is gone
    REFUSED = "refused"  # the mail server will never take it, or nobody can be written to


ENDED = frozenset({State.SENT, State.EXPIRED, State.CANCELLED, State.REFUSED})


class Topic(StrEnum):
    """What a letter's one-click unsubscribe ends. Moved, cancelled and address letters have none."""

    REMINDERS = "reminders"
    FEEDBACK = "feedback"
    NEWS = "news"
    HOSTING = "hosting"


LEASE = timedelta(minutes=5)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=1)


def next_try(tries: int, now: datetime) -> datetime:
    """Return when to try again after `tries` failures: pauses double up to an hour."""
    return now + min(FIRST_PAUSE * 2 ** min(tries - 1, 10), LONGEST_PAUSE)
