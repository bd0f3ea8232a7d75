"""What a programme may say. Knows no database, request, clock or language."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID
from zlib import crc32

from engage.core.text import Localized


class Proposers(StrEnum):
    """Who may propose an event of a programme."""

    ANYONE = "anyone"  # anyone signed in
    TRAINED = "trained"  # trained hosts
    STAFF = "staff"


class PlaceKind(StrEnum):
    PUBLIC = "public"  # a venue anybody may know
    PRIVATE = "private"  # a home: the address is shown to guests, when it is time


class SignUpMode(StrEnum):
    OPEN = "open"  # whoever comes first
    HOST_APPROVES = "host_approves"


class Sign(StrEnum):
    """The picture a programme is known by."""

    TABLE = "table"
    ROWS = "rows"
    CHAIN = "chain"


class QuestionKind(StrEnum):
    SCALE = "scale"  # 1 to 5
    CHOICE = "choice"
    TEXT = "text"


class ReminderKind(StrEnum):
    """How a reminder rule finds its instant, in the event's zone.

    A rule is `{"key": "eve", "kind": "days_before", "days": 1, "at": "18:00"}`. The kits know
    the keys "week", "eve", "soon" and "feedback"; rules that a city adds have keys of their own.
    """

    DAYS_BEFORE = "days_before"  # `days` before, at the event's own hour, or at `at` ("18:00")
    HOURS_BEFORE = "hours_before"  # `hours` before the start
    MORNING_AFTER = "morning_after"  # feedback, at `at`


class Reason(StrEnum):
    """Why a programme can't be like that."""

    OUT_OF_BOUNDS = "out_of_bounds"  # setting, least, most
    FEWER_THAN_LEAST = "fewer_than_least"
    PARTY_TOO_LARGE = "party_too_large"
    TEXT_MISSING = "text_missing"
    REMINDER_WRONG = "reminder_wrong"  # number
    REMINDER_TWICE = "reminder_twice"  # number
    TOO_MANY_REMINDERS = "too_many_reminders"
    QUESTION_EMPTY = "question_empty"  # number
    QUESTION_NEEDS_ANSWERS = "question_needs_answers"  # number
    TOO_MANY_QUESTIONS = "too_many_questions"
    TOO_MANY_THEMES = "too_many_themes"
    MEETINGS_COMING = "meetings_coming"  # number
    MEETINGS_WERE_CLOSED = "meetings_were_closed"  # number
    CHANGED_MEANWHILE = "changed_meanwhile"


@dataclass(frozen=True)
class Problem:
    """A reason, and what its wording needs to be exact."""

    reason: Reason
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Bounds:
    least: int
    most: int


# What a setting may be at all; within, the city decides.
BOUNDS: Mapping[str, Bounds] = {
    "position": Bounds(0, 999),
    "reveal_hours": Bounds(1, 14 * 24),
    "least_guests": Bounds(1, 10_000),
    "most_guests": Bounds(1, 100_000),
    "party_limit": Bounds(1, 50),
    "hold_minutes": Bounds(5, 24 * 60),
    "offer_minutes": Bounds(30, 14 * 24 * 60),
    "decide_days": Bounds(1, 30),
}
DAYS, HOURS = Bounds(0, 60), Bounds(1, 72)  # of reminder rules
MOST_REMINDERS, MOST_QUESTIONS, MOST_OPTIONS, MOST_THEMES = 8, 12, 10, 30
FEWEST_OPTIONS, SCALE = 2, range(1, 6)
LONGEST_NUMBER = 9  # digits that a form brings back


def settings_problem(settings: Mapping[str, Any]) -> Problem | None:
    """Say what is wrong with a programme's numbers, or None. None as a value means "no limit"."""
    for name, bounds in BOUNDS.items():
        value = settings[name]
        if value is not None and not bounds.least <= value <= bounds.most:
            return Problem(Reason.OUT_OF_BOUNDS, {"setting": name, "least": bounds.least, "most": bounds.most})
    most = settings["most_guests"]
    if most is None:
        return None
    if settings["least_guests"] is not None and settings["least_guests"] > most:
        return Problem(Reason.FEWER_THAN_LEAST)
    return Problem(Reason.PARTY_TOO_LARGE) if settings["party_limit"] > most else None


def closing_problem(*, is_closed: bool, coming: int, ever: int) -> Problem | None:
    """Say why a programme can't be closed, or opened to all, or None if it can.

    What people were shown must not vanish under them, and what was said behind closed doors must not come out.
    """
    if is_closed:
        return Problem(Reason.MEETINGS_COMING, {"number": coming}) if coming else None
    return Problem(Reason.MEETINGS_WERE_CLOSED, {"number": ever}) if ever else None


def reminders_problem(reminders: Sequence[Mapping[str, Any]]) -> Problem | None:
    """Say which reminder rule can't be followed, counted from one, or None."""
    if len(reminders) > MOST_REMINDERS:
        return Problem(Reason.TOO_MANY_REMINDERS, {"most": MOST_REMINDERS})
    keys = [rule.get("key") for rule in reminders]
    for number, rule in enumerate(reminders, 1):
        if not _is_key(rule.get("key")) or not _has_instant(rule):
            return Problem(Reason.REMINDER_WRONG, {"number": number})
        if keys.index(rule["key"]) < number - 1 or any(_same_instant(rule, other) for other in reminders[: number - 1]):
            return Problem(Reason.REMINDER_TWICE, {"number": number})
    return None


def _has_instant(rule: Mapping[str, Any]) -> bool:
    at = rule.get("at")
    if at is not None and not (isinstance(at, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", at)):
        return False
    match rule.get("kind"):
        case ReminderKind.DAYS_BEFORE:
            # On the day itself the event's own hour would be the start: an hour must be given.
            return _within(rule.get("days"), DAYS) and (rule["days"] > 0 or at is not None)
        case ReminderKind.HOURS_BEFORE:
            return _within(rule.get("hours"), HOURS)
        case ReminderKind.MORNING_AFTER:
            return at is not None
    return False


def _same_instant(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all(one.get(name) == other.get(name) for name in ("kind", "days", "hours", "at"))


def _within(value: object, bounds: Bounds) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and bounds.least <= value <= bounds.most


def _is_key(key: object) -> bool:
    return isinstance(key, str) and bool(re.fullmatch(r"[a-z][a-z0-9_]{0,19}", key, re.ASCII))


def questions_problem(questions: Sequence[Mapping[str, Any]]) -> Problem | None:
    """Say which feedback question can't be asked, counted from one, or None."""
    if len(questions) > MOST_QUESTIONS:
        return Problem(Reason.TOO_MANY_QUESTIONS, {"most": MOST_QUESTIONS})
    for number, question in enumerate(questions, 1):
        if not has_text(question.get("text")):
            return Problem(Reason.QUESTION_EMPTY, {"number": number})
        if question.get("kind") == QuestionKind.CHOICE and not _has_answers(question.get("options", ())):
            return Problem(Reason.QUESTION_NEEDS_ANSWERS, {"number": number, "most": MOST_OPTIONS})
    return None


def _has_answers(options: Sequence[Mapping[str, Any]]) -> bool:
    return FEWEST_OPTIONS <= len(options) <= MOST_OPTIONS and all(has_text(option.get("text")) for option in options)


class Named(Protocol):
    """What of a theme can be seen on the page where themes are edited."""

    @property
    def id(self) -> UUID: ...
    @property
    def name(self) -> Localized: ...
    @property
    def is_retired(self) -> bool: ...


def fingerprint(themes: Sequence[Named]) -> int:
    """Return a number that changes with anything about a list of themes: two people editing, the second is told."""
    said = repr([(theme.id.hex, sorted(theme.name.texts.items()), theme.is_retired) for theme in themes])
    return crc32(said.encode("utf-8", "surrogatepass")) % int(10**LONGEST_NUMBER)


def has_text(value: object) -> bool:
    """Say whether localized text, as JSON, says something in at least one language."""
    texts = value.get("texts") if isinstance(value, Mapping) else None
    return isinstance(texts, Mapping) and any(texts.values())
