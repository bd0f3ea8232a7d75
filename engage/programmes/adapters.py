"""Formats that ship as data: one JSON file each in `kits/`. Adding a format is adding a file.

See `docs/formats.md` for what a file holds. A wrong file is refused with its name and what is wrong.
"""

import json
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from engage.core.text import Localized
from engage.programmes import rules
from engage.programmes.rules import PlaceKind, Proposers, QuestionKind, Sign, SignUpMode

KITS = Path(__file__).parent / "kits"
TEXTS = ("name", "summary", "description", "host_guide")
_STATES: Mapping[str, type[StrEnum]] = {
    "sign": Sign, "who_may_propose": Proposers, "place_kind": PlaceKind, "sign_up_mode": SignUpMode,
}
_YES_OR_NO = ("is_reviewed", "is_closed", "asks_neighbourhood", "asks_first_time")
_NO_LIMIT = ("least_guests", "most_guests")


class BrokenKit(ValueError):
    """A kit's file can't be used; the message names the file and what is wrong in it."""


@lru_cache(maxsize=4)
def kits(folder: Path = KITS) -> Mapping[str, dict[str, Any]]:
    """Return each kit's columns by its name, with "themes" beside them. Raises BrokenKit."""
    loaded = {file.stem: read(file) for file in sorted(folder.glob("*.json"))}
    return dict(sorted(loaded.items(), key=lambda item: item[1]["position"]))


def read(file: Path) -> dict[str, Any]:
    """Return one kit's columns, with "themes" beside them. Raises BrokenKit."""
    try:
        return _columns(json.loads(file.read_text(encoding="utf-8")))
    except KeyError as error:
        raise BrokenKit(f"{file.name}: {error.args[0]} is missing") from error
    except (ValueError, TypeError, AttributeError) as error:
        raise BrokenKit(f"{file.name}: {error}") from error


def _columns(kit: dict[str, Any]) -> dict[str, Any]:
    columns: dict[str, Any] = {"slug": str(kit["slug"])}
    columns |= {name: _text(name, kit[name]) for name in TEXTS}
    columns |= {name: state(kit[name]) for name, state in _STATES.items()}
    columns |= {name: _is(name, kit[name], bool) for name in _YES_OR_NO}
    columns |= {name: _number(name, kit[name]) for name in rules.BOUNDS}
    columns |= {"reminders": kit["reminders"], "questions": [_question(question) for question in kit["questions"]]}
    columns |= {"themes": [_text("themes", theme) for theme in kit["themes"]]}
    if unknown := sorted(set(kit) - set(columns)):
        raise ValueError(f"{unknown[0]} is not known")
    _check(columns)
    return columns


def _check(columns: Mapping[str, Any]) -> None:
    problem = (
        rules.settings_problem(columns)
        or rules.reminders_problem(columns["reminders"])
        or rules.questions_problem(columns["questions"])
    )
    if problem:
        raise ValueError(f"{problem.reason.value.replace('_', ' ')} {dict(problem.details) or ''}".strip())


def _question(question: Mapping[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {
        "key": str(question["key"]), "kind": QuestionKind(question["kind"]).value,
        "text": _text("question", question["text"]).as_json(), "options": [],
    }
    for option in question.get("options", ()):
        kept["options"].append({"key": str(option["key"]), "text": _text("option", option["text"]).as_json()})
    return kept


def _text(name: str, texts: Mapping[str, str]) -> Localized:
    """Read text by language; the first language of a file is the one it was written in."""
    if not texts or not all(isinstance(text, str) and text.strip() for text in texts.values()):
        raise ValueError(f"{name} needs a text in every language it names")
    return Localized(dict(texts), next(iter(texts)))


def _number(name: str, value: Any) -> int | None:
    if value is None and name in _NO_LIMIT:
        return None
    return int(_is(name, value, int))


def _is(name: str, value: Any, kind: type) -> Any:
    if type(value) is not kind:
        raise ValueError(f"{name} should be {'true or false' if kind is bool else 'a whole number'}")
    return value
