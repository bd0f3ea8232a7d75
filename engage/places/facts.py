"""What happened to places."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class NeighbourhoodsImported:
    """A file was taken as a whole; the names that changed are in `NeighbourhoodRenamed`."""

    created: int
    renamed: int
    redrawn: int
    unchanged: int


@dataclass(frozen=True)
class NeighbourhoodRenamed:
    neighbourhood_id: UUID
    old_name: str
    new_name: str


@dataclass(frozen=True)
class VenueAdded:
    venue_id: UUID
    neighbourhood_id: UUID


@dataclass(frozen=True)
class VenueChanged:
    venue_id: UUID
    what: str  # names of the columns that changed, with commas


@dataclass(frozen=True)
class VenueClosed:
    """No new meetings there; those planned stay."""

    venue_id: UUID


@dataclass(frozen=True)
class VenueReopened:
    venue_id: UUID
