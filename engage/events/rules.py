"""Decide about events: states, transitions, seats, times. Knows no database, request, clock or language."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHANGES_REQUESTED = "changes_requested"
    PUBLISHED = "published"
    CANCELLED = "cancelled"
    HELD = "held"  # past and closed
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


PUBLIC = frozenset({State.PUBLISHED, State.CANCELLED, State.HELD})  # whoever has the link may see these


class PersonRole(StrEnum):
    """What somebody is at one event."""

    HOST = "host"
    CO_HOST = "co_host"
    FACILITATOR = "facilitator"
    OFFICIAL = "official"
    PARTNER = "partner"


class Acceptance(StrEnum):
    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class Minors(StrEnum):
    """Whether under-18s may come."""

    NO = "no"
    WITH_ADULT = "with_adult"
    YES = "yes"


class LanguageUse(StrEnum):
    SPOKEN = "spoken"
    INTERPRETED = "interpreted"


class SeatsLabel(StrEnum):
    """What is said about places left: coarse, so that a page stays the same between two sign-ups."""

    OPEN = "open"  # no limit
    PLENTY = "plenty"
    FEW = "few"
    FULL = "full"
    PAUSED = "paused"


FEW_SHARE, FEWEST, MOST_FEW = 4, 2, 9  # "few" is a quarter of the places, but at least two and at most nine


@dataclass(frozen=True)
class Seats:
    """All that the public sees of an event's places: the same between two sign-ups while there is plenty."""

    label: SeatsLabel
    left: int | None = None  # only where it is few
    drawn: int = 0  # taken places in the picture: halves while there is plenty


def public_seats(capacity: int | None, taken: int, is_paused: bool) -> Seats:
    """Return what the public is told about places left."""
    if capacity is None:
        return Seats(SeatsLabel.PAUSED if is_paused else SeatsLabel.OPEN)
    left = max(capacity - taken, 0)
    drawn = taken if left <= few(capacity) else (capacity // 2 if taken * 2 >= capacity else 0)
    if is_paused:
        return Seats(SeatsLabel.PAUSED, drawn=drawn)
    if left == 0:
        return Seats(SeatsLabel.FULL, drawn=drawn)
    if left <= few(capacity):
        return Seats(SeatsLabel.FEW, left, drawn)
    return Seats(SeatsLabel.PLENTY, drawn=drawn)


def few(capacity: int) -> int:
    """Return from how many places left on the number is told."""
    return min(max(capacity // FEW_SHARE, FEWEST), MOST_FEW)


def seats_label(capacity: int | None, taken: int, is_paused: bool) -> SeatsLabel:
    """Return the one word about places left."""
    return public_seats(capacity, taken, is_paused).label
