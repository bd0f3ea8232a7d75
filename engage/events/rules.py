"""Decide about events: states, transitions, seats, times. Knows no database, request, clock or language."""

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
