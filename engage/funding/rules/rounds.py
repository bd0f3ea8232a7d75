"""What a funding round may say, and where in its life it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from engage.funding.rules.reasons import Reason


class RoundState(StrEnum):
    DRAFT = "draft"  # only staff see it
    PUBLISHED = "published"
    ENDED = "ended"  # everything is settled; it stays public


class Phase(StrEnum):
    """Where a public round is, for who looks at its page."""

    COMING = "coming"
    OPEN = "open"
    DECIDING = "deciding"  # closed; some applications wait for an answer or a dinner
    ENDED = "ended"


class PayMode(StrEnum):
    ADVANCE = "advance"  # the whole award before the dinner
    RECEIPTS = "receipts"  # after the report, against receipts
    SPLIT = "split"  # `advance_percent` of it before, the rest after


class QuestionKind(StrEnum):
    TEXT = "text"
    CHOICE = "choice"
    NUMBER = "number"


class Missing(StrEnum):
    """What a round still needs before it can be published."""

    NAME = "name"
    CALL = "call"
    DATES = "dates"
    BUDGET = "budget"
    CAP = "cap"
    PROGRAMME = "programme"
    CRITERIA = "criteria"
    AGREEMENT = "agreement"  # a condition, and no agreement is written in this city


SCORES = range(1, 6)
MOST_QUESTIONS, MOST_OPTIONS, MOST_CRITERIA, MOST_WEIGHT = 10, 12, 8, 10
FEWEST_REVIEWS = 2


@dataclass(frozen=True)
class Bounds:
    least: int
    most: int


# What a number of a round may be at all; within, the city decides.
BOUNDS: Mapping[str, Bounds] = {
    "advance_percent": Bounds(0, 100),
    "least_reviews": Bounds(FEWEST_REVIEWS, 10),
    "report_days": Bounds(1, 365),
    "nudge_before_days": Bounds(1, 60),
    "first_nudge_days": Bounds(1, 60),
    "last_nudge_days": Bounds(1, 60),
    "lapse_days": Bounds(1, 365),
}


def phase(state: RoundState, opens_at: datetime, closes_at: datetime, now: datetime) -> Phase:
    """Say where in its life a public round is."""
    if state == RoundState.ENDED:
        return Phase.ENDED
    if now < opens_at:
        return Phase.COMING
    return Phase.OPEN if now < closes_at else Phase.DECIDING


def open_refusal(phase: Phase) -> Reason | None:
    """Say why nobody can apply in a round now, or None if they can."""
    if phase == Phase.COMING:
        return Reason.NOT_OPEN_YET
    return None if phase == Phase.OPEN else Reason.ROUND_CLOSED


def dates_refusal(opens_at: datetime, closes_at: datetime) -> Reason | None:
    """Say why a round can't be open from one instant to another, or None."""
    return Reason.CLOSES_BEFORE_OPENING if closes_at <= opens_at else None


def money_refusal(*, budget: int, cap: int, awarded: int) -> Reason | None:
    """Say why a round can't have this budget and cap, or None."""
    if budget < awarded:
        return Reason.BUDGET_BELOW_AWARDED
    return Reason.CAP_ABOVE_BUDGET if cap > budget else None


def missing(given: Mapping[Missing, Any]) -> tuple[Missing, ...]:
    """Return what a round still needs, in the order it is asked for."""
    return tuple(item for item in Missing if not given.get(item))


def advance_of(award: int, mode: PayMode, percent: int) -> int:
    """Return what of an award is paid before the dinner, in minor units, rounded down."""
    if mode == PayMode.ADVANCE:
        return award
    return award * percent // 100 if mode == PayMode.SPLIT else 0
