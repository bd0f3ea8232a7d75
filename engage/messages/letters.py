"""What a letter is, the table of those that features know how to write, and writing one."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from engage.core import i18n, pages, tokens
from engage.core.city import city
from engage.messages.models import Address
from engage.messages.rules import Topic

UNSUBSCRIBE = "unsubscribe"  # the purpose of the link that ends a topic and opens the choice of letters


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


@dataclass(frozen=True)
class Written:
    """A letter in words."""

    locale: str
    subject: str
    text: str
    html: str


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


def write(letter: Letter, *, unsubscribe_url: str | None = None, locale: str | None = None) -> Written:
    """Render a letter in its own locale, or in another one for staff who want to know what it says.

    Raises ValueError when its text doesn't begin with a subject.
    """
    locale = spoken(locale or letter.locale)
    with i18n.speaking(locale):
        context = {**letter.context, "unsubscribe_url": unsubscribe_url}
        subject, text = _split(pages.rendered(f"{letter.template}.txt", context))
        html = pages.rendered(f"{letter.template}.html", {**context, "subject": subject})
    return Written(locale, subject, text, html)


def spoken(locale: str) -> str:
    """Return the locale a letter is written in: as wished, or the city's own where that is no longer offered."""
    return locale if i18n.is_offered(locale) else city().default_locale


def unsubscribe_url(address: Address, topic: Topic, locale: str) -> str:
    """Return the address that ends a topic: its page asks, one POST without cookies does it (RFC 8058)."""
    signature = tokens.sign(UNSUBSCRIBE, address.id, address.revocation)
    return pages.address("messages.unsubscribe", locale=locale, address_id=address.id, topic=topic, signature=signature)


def _split(rendered: str) -> tuple[str, str]:
    """Return subject and text. The subject is one line without controls, so it can't forge a header;
    the isolates around names stay."""
    first, _, rest = rendered.lstrip().partition("\n")
    if not first.startswith("Subject:"):
        raise ValueError("a letter's text begins with its subject")
    line = " ".join(first.removeprefix("Subject:").split())
    subject = "".join(char for char in line if unicodedata.category(char) != "Cc")
    return subject, re.sub(r"\n{3,}", "\n\n", rest).strip() + "\n"
