"""How an action says no: `NotAllowed` to the person, `Refused` with a reason to the moment.

Rules return a reason, actions raise it, `wording` modules turn it into the reader's language.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any


class NotAllowed(Exception):
    """This person may not do this, whatever the moment."""


class NotFound(Exception):
    """There is no such thing, or none that this person may know of."""


class Refused(Exception):
    """The thing can't be done now. `reason` is a feature's `Reason`, `details` fill its wording."""

    def __init__(self, reason: StrEnum, **details: Any) -> None:
        super().__init__(f"{type(reason).__module__}.{reason}")
        self.reason = reason
        self.details = details


Wording = Mapping[StrEnum, Callable[..., str]]

_wordings: dict[tuple[type, StrEnum], Callable[..., str]] = {}


def learn(wording: Wording) -> None:
    """Take up a feature's texts, one function per reason; enums of two features never collide."""
    for reason, text in wording.items():
        _wordings[type(reason), reason] = text


def say(refused: Refused) -> str:
    """Return why, in the language of the reader."""
    return _wordings[type(refused.reason), refused.reason](**refused.details)


def require(allowed: bool) -> None:
    """Stop here unless a policy said yes. Raises NotAllowed."""
    if not allowed:
        raise NotAllowed
