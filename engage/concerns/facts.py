"""What happened with concerns."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class ConcernMoved:
    """A concern is at another step; `event_id` is the meeting that brought it there."""

    concern_id: UUID
    step: str
    event_id: UUID | None = None


# --- consultations ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class ConsultationBegun:
    consultation_id: UUID


@dataclass(frozen=True)
class ConsultationChanged:
    consultation_id: UUID


@dataclass(frozen=True)
class RankingStarted:
    consultation_id: UUID


@dataclass(frozen=True)
class ThemesRanked:
    """Somebody's ranking counts; never which themes."""

    consultation_id: UUID
    ranking_id: UUID


@dataclass(frozen=True)
class SheetsEntered:
    """What was ranked on paper at a meeting."""

    consultation_id: UUID
    event_id: UUID
    sheets: int


@dataclass(frozen=True)
class ConsultationClosed:
    consultation_id: UUID
