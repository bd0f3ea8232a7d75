"""Decide about agendas, minutes and action items."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from engage.concerns.rules.reasons import Reason
from engage.concerns.rules.steps import Step
from engage.core.text import Localized

T = TypeVar("T")

MOST_ITEMS = 40  # more than an evening holds, at two minutes each
MOST_MINUTES = 480
MOST_VERSIONS = 30
FURTHEST = timedelta(days=5 * 365)  # a promise for later than that is none


class ActionState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"  # it will never be done, and why is said


class Move(StrEnum):
    """Where an item goes on its agenda."""

    UP = "up"
    DOWN = "down"


def rearranged(order: Sequence[T], item: T, move: Move) -> list[T]:
    """Return an agenda with one item changing places with its neighbour; at either end it stays."""
    at = order.index(item)
    to = at - 1 if move == Move.UP else at + 1
    if not 0 <= to < len(order):
        return list(order)
    changed = list(order)
    changed[at], changed[to] = changed[to], changed[at]
    return changed


def minutes_over(planned: int, starts_at: datetime | None, ends_at: datetime | None) -> int:
    """Return how many minutes more an agenda takes than the meeting lasts; 0 if it fits or nobody knows."""
    if starts_at is None or ends_at is None:
        return 0
    return max(planned - int((ends_at - starts_at).total_seconds()) // 60, 0)


def publication_refusal(items: int, ends_at: datetime | None, now: datetime) -> Reason | None:
    """Say why an agenda can't be published now, or None if it can."""
    if not items:
        return Reason.AGENDA_IS_EMPTY
    if ends_at is not None and now >= ends_at:
        return Reason.MEETING_IS_OVER
    return None


def minutes_refusal(starts_at: datetime | None, now: datetime) -> Reason | None:
    """Say why there are no minutes yet, or None once the meeting has begun."""
    return None if starts_at is not None and now >= starts_at else Reason.MEETING_NOT_BEGUN


# --- what was decided, in several languages ----------------------------------------------------------


def in_one(decisions: Iterable[Localized]) -> Localized:
    """Return several texts as one, a paragraph each, in every language that any of them is in."""
    written = [each for each in decisions if each.texts]
    if not written:
        return Localized({}, "en")
    languages = dict.fromkeys(code for each in written for code in each.texts)
    texts = {code: "\n\n".join(each.shown(code).text for each in written) for code in languages}
    return Localized(texts, written[0].source)


def is_translation(before: Localized, after: Localized) -> bool:
    """Say whether a text says the same as before, at most in other languages beside the one it was written in."""
    first = before.shown(before.source)
    return bool(first.text) and after.texts.get(first.lang) == first.text


# --- action items -----------------------------------------------------------------------------------


def due_refusal(due_on: date, today: date) -> Reason | None:
    """Say why something can't be due on a day, or None if it can."""
    if due_on < today:
        return Reason.DUE_IN_THE_PAST
    return Reason.DUE_TOO_LATE if due_on > today + FURTHEST else None


def days_overdue(state: ActionState, due_on: date, today: date) -> int:
    """Return for how many days something should have been done; 0 if it is not overdue."""
    return max((today - due_on).days, 0) if state == ActionState.OPEN else 0


def is_shown_overdue(state: ActionState, due_on: date, today: date, public_days: int) -> bool:
    """Say whether everybody sees that it is late."""
    return days_overdue(state, due_on, today) > public_days


def step_by(states: Collection[ActionState]) -> Step:
    """Return where a concern that was answered is, by the action items that came of it."""
    if ActionState.OPEN in states:
        return Step.IN_ACTION
    return Step.DONE if ActionState.DONE in states else Step.ANSWERED
