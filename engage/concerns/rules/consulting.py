"""Decide about consultations and how themes are ranked."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from engage.concerns.rules.reasons import Reason


class ConsultationState(StrEnum):
    COLLECTING = "collecting"  # concerns come in, nothing is ranked yet
    RANKING = "ranking"
    CLOSED = "closed"


FOLLOWING: Mapping[ConsultationState, frozenset[ConsultationState]] = {
    ConsultationState.COLLECTING: frozenset({ConsultationState.RANKING}),
    ConsultationState.RANKING: frozenset({ConsultationState.CLOSED}),
    ConsultationState.CLOSED: frozenset(),
}


FEWEST_THEMES = 2
MOST_RANKED = range(1, 11)  # how many themes a city may let each resident rank
MOST_SHEETS = 500  # of one batch


@dataclass(frozen=True)
class Standing:
    """What a theme came to."""

    theme_id: UUID
    points: int = 0
    firsts: int = 0
    rankings: int = 0


def state_refusal(state: ConsultationState, to: ConsultationState) -> Reason | None:
    """Say why a consultation can't go from one state to another, or None if it can."""
    return None if to in FOLLOWING[state] else Reason.NOT_IN_THIS_STATE


def ranking_refusal(chosen: Sequence[UUID], offered: Collection[UUID], most: int) -> Reason | None:
    """Say why themes, most important first, are no ranking, or None if they are."""
    if not chosen:
        return Reason.NO_THEME_CHOSEN
    if len(chosen) > most:
        return Reason.TOO_MANY_CHOSEN
    if len(set(chosen)) < len(chosen):
        return Reason.CHOSEN_TWICE
    return None if set(chosen) <= set(offered) else Reason.NO_SUCH_THEME


def batch_refusal(state: ConsultationState, sheets: int) -> Reason | None:
    """Say why paper sheets can't be entered now, or None if they can."""
    if state != ConsultationState.RANKING:
        return Reason.NOT_IN_THIS_STATE
    if not sheets:
        return Reason.NO_SHEETS
    return Reason.TOO_MANY_SHEETS if sheets > MOST_SHEETS else None


def priorities_refusal(chosen: Sequence[UUID], offered: Collection[UUID]) -> Reason | None:
    """Say why an order of themes can't be agreed on, or None if it can."""
    reason = ranking_refusal(chosen, offered, len(offered))
    return Reason.NO_PRIORITY if reason == Reason.NO_THEME_CHOSEN else reason


def tally(rankings: Iterable[Sequence[UUID]], offered: Sequence[UUID], most: int) -> list[Standing]:
    """Return what each theme came to, the strongest first; `offered` is in the order shown, which decides between equals.

    A first place gives `most` points, each further one a point less (a truncated Borda count): the same
    for a theme however many others somebody ranked below it.
    """
    points, firsts, named = (dict.fromkeys(offered, 0) for _ in range(3))
    for ranking in rankings:
        for place, theme in enumerate(theme for theme in ranking[:most] if theme in points):
            points[theme] += most - place
            firsts[theme] += place == 0
            named[theme] += 1
    found = [Standing(theme, points[theme], firsts[theme], named[theme]) for theme in offered]
    return sorted(found, key=lambda one: (-one.points, -one.firsts, -one.rankings))


def sheet_numbers(line: str) -> tuple[int, ...] | None:
    """Return the numbers of themes that a line of a batch names, in order; None for what isn't numbers."""
    words = line.replace(",", " ").replace(";", " ").replace("،", " ").split()
    if not all(word.isdecimal() and len(word) <= len(str(MOST_SHEETS)) for word in words):
        return None
    return tuple(int(word) for word in words)
