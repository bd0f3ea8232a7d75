"""What happened at the door."""

from dataclasses import dataclass
from uuid import UUID

from engage.core.facts import Everyday


@dataclass(frozen=True)
class CheckedIn(Everyday):
    registration_id: UUID
    event_id: UUID
    came: int


@dataclass(frozen=True)
class CheckInUndone(Everyday):
    registration_id: UUID
    event_id: UUID


@dataclass(frozen=True)
class WalkInAdded(Everyday):
    walk_in_id: UUID
    event_id: UUID
    people: int


@dataclass(frozen=True)
class WalkInRemoved(Everyday):
    walk_in_id: UUID
    event_id: UUID
    people: int
