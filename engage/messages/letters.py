"""What a letter is, and the table of those that features know how to write."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from engage.messages.rules import Topic


@dataclass(frozen=True)
class Attachment:
    name: str
    content: bytes
    content_type: str  # with parameters: "text/calendar; method=REQUEST; charset=utf-8"


@dataclass(frozen=True)
class Letter:
    """What a renderer gives back: all words are made by rendering `template` in `locale`.

    `template` names a pair, `<template>.txt` and `<template>.html`; the first line of the text
    one is the subject.
    """

    locale: str
    template: str
    context: Mapping[str, Any]
    attachments: tuple[Attachment, ...] = ()
    reply_to: str | None = None


Render = Callable[[Mapping[str, Any], datetime], Letter | None]


@dataclass(frozen=True)
class LetterKind:
    """How one kind of letter is written. `render(facts, now)` loads what it needs anew and gives
    None when the letter has lost its cause: it is then cancelled, not sent."""

    render: Render
    topic: Topic | None = None  # what one-click unsubscribe ends; None: can't be declined
    sample: Callable[[str], Letter] | None = field(default=None)  # a preview in a locale, with made-up people


KINDS: dict[str, LetterKind] = {}


def offer(kinds: Mapping[str, LetterKind]) -> None:
    """Take up a feature's letters. Raises ValueError when two features use one name."""
    for name, kind in kinds.items():
        if KINDS.get(name, kind) is not kind:
            raise ValueError(f"two letters are called {name}")
        KINDS[name] = kind
