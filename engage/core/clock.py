"""The one place that reads the time, and the arithmetic between wall time and instants.

An *instant* is an aware datetime in UTC. A *wall time* is naive and means nothing without a zone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

_file: Path | None = None


def read_from(file: Path | None) -> None:
    """Take the time from a file that holds an ISO instant, as stories that cross days do."""
    global _file  # noqa: PLW0603 - set once, when the app is made
    _file = file


def now() -> datetime:
    """Return the present instant."""
    if _file is not None and _file.exists():
        return datetime.fromisoformat(_file.read_text().strip()).astimezone(UTC)
    return datetime.now(UTC)


def instants(wall: datetime, zone: str) -> list[datetime]:
    """Return the instants a wall time stands for: none in spring's gap, two in autumn's fold."""
    found: list[datetime] = []
    for fold in (0, 1):
        instant = wall.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)
        is_real = instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall.replace(fold=0)
        if is_real and instant not in found:
            found.append(instant)
    return sorted(found)


def at(wall: datetime, zone: str) -> datetime:
    """Return a wall time's instant; the earlier of two, and the end of the gap where there is none."""
    found = instants(wall, zone)
    return found[0] if found else wall.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def local(instant: datetime, zone: str) -> datetime:
    """Return an instant as aware wall time in a zone."""
    return instant.astimezone(ZoneInfo(zone))


def days_before(start: datetime, days: int, at_time: time, zone: str) -> datetime:
    """Return the instant `days` before an event's local date, at a wall time in its zone."""
    day = local(start, zone).date() - timedelta(days=days)
    return at(datetime.combine(day, at_time), zone)


@dataclass(frozen=True)
class Job:
    """Work that the worker's clock ticks: `run` does what is due, one transaction an item, and says
    how many items it did. Any number of workers may run it at once."""

    name: str
    every: timedelta
    run: Callable[[datetime], int]
