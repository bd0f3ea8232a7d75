"""Who may review, what scores come to, what an award may be."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from engage.funding.rules.reasons import Reason
from engage.funding.rules.rounds import SCORES


class ReviewState(StrEnum):
    ASKED = "asked"
    DONE = "done"
    CONFLICT = "conflict"  # the reviewer stands back


class DeclineReason(StrEnum):
    """Why an application is declined, each with advice for next time; what staff add stands beside it."""

    MORE_THAN_MONEY = "more_than_money"  # good, and others were still better placed
    NOT_A_DIALOGUE = "not_a_dialogue"
    OWN_CIRCLE = "own_circle"
    BUDGET_UNCLEAR = "budget_unclear"
    NOT_REACHABLE = "not_reachable"  # we asked, nobody answered
    TOO_EARLY = "too_early"  # date, place or co-host not clear yet
    NEIGHBOURHOOD_SERVED = "neighbourhood_served"
    OTHER = "other"


@dataclass(frozen=True)
class Scored:
    """What the reviews of an application come to: weighted means from 1 to 5."""

    mean: Fraction
    spread: Fraction  # between the highest and the lowest reviewer
    reviews: int


def review_mean(scores: Mapping[str, int], weights: Mapping[str, int]) -> Fraction | None:
    """Return one reviewer's weighted mean; None where a criterion has no score or nothing weighs."""
    total = sum(weights.values())
    if total == 0 or any(scores.get(key) not in SCORES for key in weights):
        return None
    return Fraction(sum(weight * scores[key] for key, weight in weights.items()), total)


def scored(means: Collection[Fraction]) -> Scored | None:
    """Return what several reviewers' means come to; None where there is none yet."""
    if not means:
        return None
    return Scored(sum(means, Fraction(0)) / len(means), max(means) - min(means), len(means))


def weights(criteria: Collection[Mapping[str, Any]]) -> dict[str, int]:
    """Return a round's weights by criterion key."""
    return {str(criterion["key"]): int(criterion["weight"]) for criterion in criteria}


def award_refusal(
    *, amount: int, asked: int, has_note: bool, reviews: int, least_reviews: int, is_co_host_asked: bool
) -> Reason | None:
    """Say why so much can't be awarded, or None; whether the budget has room is the round's row to say."""
    if amount > asked or amount < 1:
        return Reason.ABOVE_ASKED
    if amount < asked and not has_note:
        return Reason.LESS_WITHOUT_NOTE
    if reviews < least_reviews:
        return Reason.TOO_FEW_REVIEWS
    return Reason.CO_HOST_HAS_NOT_ANSWERED if is_co_host_asked else None
