"""What a change of several dates would come to at each of them, before it is made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from engage.core.refusal import Refused
from engage.events.actions import Alteration, Edited
from engage.events.models import Event
from engage.events.rules.series import SeriesReason


@dataclass(frozen=True)
class Outcome:
    """One date that changes: what was different there before, by the names of fields, and stays or does not."""

    event: Event
    keeps: tuple[str, ...] = ()
    loses: tuple[str, ...] = ()


def outcomes(events: Sequence[Event], change: Alteration, now: datetime) -> list[Outcome]:
    """Return what comes of a change at the dates where it is one. Raises Refused."""
    found = [_outcome(event, change) for event in events if change.differs(event, now)]
    if not found:
        raise Refused(SeriesReason.NOTHING_DIFFERENT)
    return found


def _outcome(event: Event, change: Alteration) -> Outcome:
    return Outcome(event, change.keeps(event), change.loses(event)) if isinstance(change, Edited) else Outcome(event)
