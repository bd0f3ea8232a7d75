"""What happened at the door."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class CheckedIn:
    registration_id: UUID
    event_id: UUID
    came: int


@dataclass(frozen=True)
class CheckInUndone:
    registration_id: UUID
    event_id: UUID


@dataclass(frozen=True)
class WalkInAdded:
    walk_in_id: UUID
    event_id: UUID
    people: int


@dataclass(frozen=True)
class WalkInRemoved:
    walk_in_id: UUID
    event_id: UUID
    people: int
