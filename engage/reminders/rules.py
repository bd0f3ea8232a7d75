"""Decide what to remind of, and when. Knows no database, request or language; `now` is an argument."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from engage.core import clock
from engage.programmes.rules import ReminderKind


@dataclass(frozen=True)
class Due:
    """One reminder of one meeting: not before this, and pointless after that."""

    key: str
    not_before: datetime
    expires_at: datetime


def due(rules: Iterable[Mapping[str, Any]], *, starts_at: datetime, zone: str, now: datetime) -> list[Due]:
    """Return the reminders still to come for somebody who gets a place now, in order of time.

    A reminder whose instant has passed is left out: who signs up late isn't told "in seven days".
    Each is pointless once the next one comes, the last one when the meeting starts.
    """
    planned = sorted((at, str(rule["key"])) for rule in rules if (at := _instant(rule, starts_at, zone)) and at < starts_at)
    ends = [at for at, _ in planned[1:]] + [starts_at]
    return [Due(key, at, end) for (at, key), end in zip(planned, ends, strict=False) if now < at < end]


def address_due(*, starts_at: datetime, reveal_hours: int, now: datetime) -> Due | None:
    """Return when to say that a private address can be seen, or None if it already can."""
    shown_from = starts_at - timedelta(hours=reveal_hours)
    return Due("address", shown_from, starts_at) if now < shown_from else None


def address_again(*, starts_at: datetime, old_hours: int, hours: int, now: datetime) -> Due | None:
    """Return when to say that a private address can be seen once its hour has changed, or None if guests know.

    The key holds the instant of the change: it is another letter than the one planned before.
    """
    key = f"address:{now.isoformat()}"
    if later := address_due(starts_at=starts_at, reveal_hours=hours, now=now):
        return Due(key, later.not_before, later.expires_at)
    is_news = address_due(starts_at=starts_at, reveal_hours=old_hours, now=now) is not None
    return Due(key, now, starts_at) if is_news and now < starts_at else None


def _instant(rule: Mapping[str, Any], starts_at: datetime, zone: str) -> datetime | None:
    """Return a rule's instant before a meeting, None for rules about the time after it."""
    if rule["kind"] == ReminderKind.HOURS_BEFORE:
        return starts_at - timedelta(hours=int(rule["hours"]))
    if rule["kind"] == ReminderKind.DAYS_BEFORE:
        hour = time.fromisoformat(rule["at"]) if rule.get("at") else clock.local(starts_at, zone).time()
        return clock.days_before(starts_at, int(rule["days"]), hour, zone)
    return None
