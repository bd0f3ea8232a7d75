"""What a change of several dates would come to at each of them, before it is made."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from engage.core.refusal import Refused
from engage.events import policy
from engage.events.actions import Alteration, Edited, Elsewhere, Shift
from engage.events.desk.previewing import Marks, marks
from engage.events.models import Event
from engage.events.queries import Wanted
from engage.events.rules.series import SeriesReason


@dataclass(frozen=True)
class Outcome:
    """One date that changes, or can't be changed so.

    `moves_to` is its time and place then, with what is known of them; `keeps` and `loses` name the fields
    in which it was different, and stays so or does not.
    """

    event: Event
    refused: Refused | None = None
    moves_to: Wanted | None = None
    marks: Marks | None = None
    keeps: tuple[str, ...] = ()
    loses: tuple[str, ...] = ()


def outcomes(events: Sequence[Event], change: Alteration, now: datetime) -> list[Outcome]:
    """Return what comes of a change at the dates where it is one. Raises Refused where it is none at any."""
    found = [outcome for event in events if (outcome := _outcome(event, change, now))]
    if not found:
        raise Refused(SeriesReason.NOTHING_DIFFERENT)
    moved = [outcome.moves_to for outcome in found if outcome.moves_to]
    known_of = marks(moved, besides=[outcome.event.id for outcome in found])
    return [replace(outcome, marks=next(known_of)) if outcome.moves_to else outcome for outcome in found]


def _outcome(event: Event, change: Alteration, now: datetime) -> Outcome | None:
    try:
        if not change.differs(event, now):
            return None
    except Refused as refused:
        return Outcome(event, refused)
    if isinstance(change, Edited):
        return Outcome(event, keeps=change.keeps(event), loses=change.loses(event))
    return Outcome(event, moves_to=_moves_to(event, change, now))


def _moves_to(event: Event, change: Alteration, now: datetime) -> Wanted | None:
    assert event.starts_at  # noqa: S101 - a public event has a time
    assert event.ends_at  # noqa: S101
    welcoming = frozenset(part.person_id for part in event.people if part.role in policy.WELCOMING and part.person_id)
    if isinstance(change, Shift):
        span = change.span(event, now)
        return Wanted(span.starts_at, span.ends_at, event.zone, event.venue_id, event.neighbourhood_id, welcoming)
    if isinstance(change, Elsewhere):
        venue = change.venue()
        return Wanted(event.starts_at, event.ends_at, event.zone, venue.id, venue.neighbourhood_id, welcoming)
    return None
