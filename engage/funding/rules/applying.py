"""What an application says, and when it can be sent in."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from engage.funding.rules import rounds
from engage.funding.rules.money import adds_up
from engage.funding.rules.reasons import Reason
from engage.funding.rules.rounds import Phase


class BudgetKind(StrEnum):
    FOOD = "food"
    PLACE = "place"
    INTERPRETATION = "interpretation"
    CHILDCARE = "childcare"
    TRANSPORT = "transport"
    MATERIALS = "materials"
    OTHER = "other"


class Access(StrEnum):
    """What helps people come; the names are those of an event's columns."""

    STEP_FREE = "is_step_free"
    HEARING_LOOP = "has_hearing_loop"
    SIGN_LANGUAGE = "has_sign_language"
    CHILDCARE = "has_childcare"
    TRANSPORT = "helps_transport"


class Missing(StrEnum):
    """What an application still needs before it can be sent in."""

    TITLE = "title"
    PLANNED_ON = "planned_on"
    NEIGHBOURHOOD = "neighbourhood"
    LANGUAGES = "languages"
    WHY = "why"
    WHO = "who"
    REACH = "reach"
    HOUSEHOLDS = "households"  # two, where there is a co-host
    ANSWERS = "answers"  # to the questions that need one
    LINES = "lines"
    ASKED = "asked"


MOST_LINES = 20


@dataclass(frozen=True)
class Standing:
    """What decides whether an application may be sent in: plain values."""

    phase: Phase
    asked: int
    cap: int
    lines: tuple[int, ...]
    neighbourhood_id: UUID | None
    areas: frozenset[UUID] | None  # those of the round with all below them; None: the whole city
    programme_id: UUID
    programmes: frozenset[UUID]
    is_event_proposal: bool  # the dinner is not public yet
    is_date_past: bool
    has_unreported: bool  # an earlier award without a report
    has_twin: bool  # another standing application for the same dinner


def submit_refusal(standing: Standing, *, is_again: bool) -> Reason | None:
    """Say why an application can't be sent in, or None. Sending in `is_again` what staff gave back heeds no closing time."""
    if not is_again and (reason := rounds.open_refusal(standing.phase)):
        return reason
    refusals = (
        (standing.asked > standing.cap, Reason.OVER_CAP),
        (len(standing.lines) > MOST_LINES, Reason.TOO_MANY_LINES),
        (not adds_up(standing.lines, standing.asked), Reason.LINES_DONT_ADD_UP),
        (standing.areas is not None and standing.neighbourhood_id not in standing.areas, Reason.NOT_IN_ROUND_AREAS),
        (standing.programme_id not in standing.programmes, Reason.NOT_IN_ROUND_PROGRAMMES),
        (not standing.is_event_proposal, Reason.DINNER_IS_PUBLIC),
        (standing.is_date_past, Reason.DINNER_IN_THE_PAST),
    )
    first = next((reason for is_so, reason in refusals if is_so), None)
    return first or start_refusal(has_unreported=standing.has_unreported, has_twin=standing.has_twin)


def start_refusal(*, has_unreported: bool, has_twin: bool) -> Reason | None:
    """Say why somebody can't begin an application for a dinner, or None if they can."""
    if has_twin:
        return Reason.SAME_DINNER
    return Reason.REPORT_OUTSTANDING if has_unreported else None


def missing(given: Mapping[Missing, object]) -> tuple[Missing, ...]:
    """Return what an application still needs, in the order it is asked for."""
    return tuple(item for item in Missing if not given.get(item))


def has_answers(questions: Collection[Mapping[str, Any]], answers: Mapping[str, Any]) -> bool:
    """Say whether every question that needs an answer has one; 0 is one."""
    return all(answers.get(question["key"]) not in (None, "") for question in questions if question.get("is_required"))
