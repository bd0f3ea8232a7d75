"""What happened to programmes."""

from dataclasses import dataclass
from uuid import UUID

from engage.core.facts import Decision, Everyday


@dataclass(frozen=True)
class ProgrammeMade(Everyday):
    programme_id: UUID
    kit: str


@dataclass(frozen=True)
class ProgrammeChanged(Decision):
    programme_id: UUID
    what: str  # names of the columns that changed, with commas


@dataclass(frozen=True)
class ProgrammeOpened(Decision):
    """Events of it may be proposed and found again."""

    programme_id: UUID


@dataclass(frozen=True)
class ProgrammeEnded(Decision):
    """No new events of it; those there are go on."""

    programme_id: UUID


@dataclass(frozen=True)
class AreaThemesChanged(Decision):
    """A neighbourhood's priority themes are others."""

    neighbourhood_id: UUID
