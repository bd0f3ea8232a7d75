"""Decide about feedback: when it is asked, what counts as an answer, what is shown. Pure."""

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any

from engage.events.rules import State as EventState
from engage.programmes.rules import QuestionKind

ASKED_ABOUT = frozenset({EventState.PUBLISHED, EventState.HELD})
STEP = 5  # results are shown from so many answers on, and renewed in such steps
SCALE = range(1, 6)
OPEN_FOR = timedelta(days=30)  # "a month after the event"
KEPT_FOR = timedelta(days=3 * 365)  # "three years after the event"
NUDGE_AFTER = timedelta(days=3)
LEAST_PAUSE = timedelta(hours=6)  # a breakfast's next morning is not an hour after it
MORNING = "09:00"
LONGEST_TEXT = 2000
SHEET_CODE = 10
MOST_SHEETS = 300

Said = int | str | Mapping[str, str]  # a number, an option's key, or {"text": ..., "lang": ...}


class Reason(StrEnum):
    SPENT = "spent"
    TOO_EARLY = "too_early"
    NOTHING_SAID = "nothing_said"
    NOT_TAKING_PLACE = "not_taking_place"
    NO_QUESTIONS = "no_questions"


def is_answer(kind: QuestionKind, options: Collection[str], said: object) -> bool:
    """Say whether something said answers a question of a kind."""
    if kind == QuestionKind.SCALE:
        return isinstance(said, int) and said in SCALE
    if kind == QuestionKind.CHOICE:
        return said in options
    return isinstance(said, Mapping) and bool(said.get("text")) and bool(said.get("lang"))


def shown_answers(count: int) -> int:
    """Return over how many answers results are shown: none below five, then steps of five."""
    return count - count % STEP


def tally(kind: QuestionKind, said: Iterable[Any]) -> dict[str, Any]:
    """Return what is shown of the answers to one question: counts by value, or the texts."""
    if kind == QuestionKind.TEXT:
        return {"texts": list(said)}
    counts: dict[str, int] = {}
    for value in said:
        counts[str(value)] = counts.get(str(value), 0) + 1
    return {"counts": counts}


def mean(counts: Mapping[str, int]) -> float | None:
    """Return the mean of a scale's counts, or None when nobody answered."""
    answered = sum(counts.values())
    return sum(int(value) * count for value, count in counts.items()) / answered if answered else None


def without_texts(summary: Mapping[str, Any]) -> dict[str, Any]:
    """Return a summary with its counts alone: numbers may stay, words may not."""
    return {key: {**tally, "texts": []} if "texts" in tally else dict(tally) for key, tally in summary.items()}
