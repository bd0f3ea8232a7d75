"""What happened to places."""

from dataclasses import dataclass
from uuid import UUID

from engage.core.facts import Decision, Everyday


@dataclass(frozen=True)
class NeighbourhoodsImported(Decision):
    """A file was taken as a whole; the names that changed are in `NeighbourhoodRenamed`."""

    created: int
    renamed: int
    redrawn: int
    unchanged: int


@dataclass(frozen=True)
class NeighbourhoodRenamed(Everyday):
    neighbourhood_id: UUID
    old_name: str
    new_name: str


@dataclass(frozen=True)
class VenueAdded(Everyday):
    venue_id: UUID
    neighbourhood_id: UUID


@dataclass(frozen=True)
class VenueChanged(Everyday):
    venue_id: UUID
    what: str  # names of the columns that changed, with commas


@dataclass(frozen=True)
class VenueClosed(Decision):
    """No new meetings there; those planned stay."""

    venue_id: UUID


@dataclass(frozen=True)
class VenueReopened(Decision):
    venue_id: UUID
