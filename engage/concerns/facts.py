"""What happened with concerns."""

from dataclasses import dataclass
from uuid import UUID

from engage.core.facts import Decision, Everyday


@dataclass(frozen=True)
class ConcernMoved(Decision):
    """A concern is at another step; `event_id` is the meeting that brought it there."""

    concern_id: UUID
    step: str
    event_id: UUID | None = None


# --- raising and tending ---------------------------------------------------------------------------


@dataclass(frozen=True)
class ConcernRaised(Everyday):
    """Somebody has raised a concern. Who raised it without saying who they are is nobody here as well."""

    concern_id: UUID


@dataclass(frozen=True)
class ConcernSupported(Everyday):
    """A concern matters to one more."""

    concern_id: UUID


@dataclass(frozen=True)
class ConcernHidden(Decision):
    """Staff have hidden a concern, for what; their own words stand with it."""

    concern_id: UUID
    reason: str


@dataclass(frozen=True)
class ConcernShownAgain(Decision):
    """Staff have shown a hidden concern again."""

    concern_id: UUID


@dataclass(frozen=True)
class ConcernSorted(Everyday):
    """Staff have set a concern's theme and neighbourhood."""

    concern_id: UUID


@dataclass(frozen=True)
class ConcernSummarised(Everyday):
    """Staff have put a translation or summary beside a concern."""

    concern_id: UUID


@dataclass(frozen=True)
class ConcernsMerged(Decision):
    """Staff have found two concerns to be one: the first is part of the second now."""

    concern_id: UUID
    into_id: UUID


# --- consultations ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class ConsultationBegun(Decision):
    consultation_id: UUID


@dataclass(frozen=True)
class ConsultationChanged(Everyday):
    consultation_id: UUID


@dataclass(frozen=True)
class RankingStarted(Decision):
    consultation_id: UUID


@dataclass(frozen=True)
class ThemesRanked(Everyday):
    """Somebody's ranking counts; never which themes."""

    consultation_id: UUID
    ranking_id: UUID


@dataclass(frozen=True)
class SheetsEntered(Everyday):
    """What was ranked on paper at a meeting."""

    consultation_id: UUID
    event_id: UUID
    sheets: int


@dataclass(frozen=True)
class ConsultationClosed(Decision):
    consultation_id: UUID


# --- agendas, minutes and action items --------------------------------------------------------------


@dataclass(frozen=True)
class AgendaChanged(Everyday):
    """A meeting's agenda is another one; `what` says what was done with which item."""

    event_id: UUID
    what: str
    item_id: UUID | None = None


@dataclass(frozen=True)
class AgendaPublished(Decision):
    event_id: UUID


@dataclass(frozen=True)
class MinutesWritten(Everyday):
    """Something was written down about an item of the agenda."""

    event_id: UUID
    item_id: UUID


@dataclass(frozen=True)
class MinutesPublished(Decision):
    """Minutes were published, or a correction of them: `number` counts the versions."""

    event_id: UUID
    number: int


@dataclass(frozen=True)
class ActionItemMade(Decision):
    action_id: UUID
    event_id: UUID | None = None
    concern_id: UUID | None = None


@dataclass(frozen=True)
class ActionItemChanged(Everyday):
    """An action item was changed, put off or written about, as `what` says."""

    action_id: UUID
    what: str


@dataclass(frozen=True)
class ActionItemEnded(Decision):
    """An action item is done, or never will be."""

    action_id: UUID
    state: str
