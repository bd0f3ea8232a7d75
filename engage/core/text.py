"""Text that people write: cleaned, kept per locale, and turned into safe HTML. Knows no database."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # the category Cc, but for line breaks and tabs
# Controls that reorder what follows: a name must not rewrite the sentence around it (UAX 9).
_BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "linkify": False}).disable(["image", "code", "fence"])
_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "h3", "h4", "blockquote", "hr"}
_UNSAID = {"Me", "Cf"}  # what encircles a letter, joiners and soft hyphens
_VARIANTS = str.maketrans({
    "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ة": "ه", "ک": "ك", "ـ": "",  # as different keyboards and hands write Arabic
    "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "ı": "i",
    **dict.fromkeys("'’‘ʼʻ`", ""),  # an apostrophe, however it is typed
})


@dataclass(frozen=True)
class Shown:
    """A text as it is shown to one reader: `lang` is what it is in, `is_other` that they asked for another."""

    text: str
    lang: str
    is_other: bool

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Localized:
    """One text in several locales; `source` is the one it was written in first."""

    texts: Mapping[str, str]
    source: str

    def shown(self, locale: str) -> Shown:
        """Return the text for a reader: theirs, else the source, else any there is."""
        for lang in (locale, self.source, *self.texts):
            if self.texts.get(lang):
                return Shown(self.texts[lang], lang, is_other=lang != locale)
        return Shown("", locale, is_other=False)

    def with_text(self, locale: str, text: str) -> "Localized":
        """Return a copy with one locale's text set, or dropped when it is empty."""
        texts = {lang: kept for lang, kept in self.texts.items() if lang != locale}
        return Localized({**texts, locale: text} if text else texts, self.source)

    def missing(self, locales: tuple[str, ...]) -> list[str]:
        """Return the locales that have no text yet."""
        return [locale for locale in locales if not self.texts.get(locale)]

    def as_json(self) -> dict[str, Any]:
        return {"source": self.source, "texts": dict(self.texts)}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Localized":
        return cls(value["texts"], value["source"])

    @classmethod
    def of(cls, locale: str, text: str) -> "Localized":
        return cls({locale: text} if text else {}, locale)


def clean(text: str, *, is_long: bool = False) -> str:
    r"""Return what was typed without what can't be stored or would disturb the page.

    Drops NUL, lone surrogates, other controls and bidi overrides; composes characters (NFC);
    one line unless `is_long`, whose line breaks become `\n`.
    """
    text = text.encode("utf-8", "ignore").decode("utf-8")
    text = _BIDI_CONTROLS.sub("", unicodedata.normalize("NFC", text))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not is_long:
        text = " ".join(text.split())
    return _CONTROLS.sub("", text).strip()


def isolate(text: str) -> str:
    """Return a name so wrapped that its direction stays its own in plain text (a mail's subject)."""
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"


@lru_cache(maxsize=512)
def markdown(text: str) -> Markup:
    """Return somebody's Markdown as safe HTML; headings begin at `h3`, links say nofollow."""
    html = _MARKDOWN.render(text).replace("<h1>", "<h3>").replace("</h1>", "</h3>")
    html = html.replace("<h2>", "<h3>").replace("</h2>", "</h3>")
    return Markup(  # noqa: S704 - nh3 has just cleaned it
        nh3.clean(
            html, tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}, link_rel="nofollow noopener"
        )
    )


def folded(text: str) -> str:
    """Return text as searches compare it, however it was typed: without case, accents, vowel signs and apostrophes, hyphens
    as spaces, digits and Arabic letters in one form.

    So "jose" finds "José", "oneill" finds "O’Neill", and "مدرسه" finds "المدرسةُ". Vowels that are letters stay: Bengali's.
    """
    split = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return " ".join("".join(_compared(letter) for letter in split.translate(_VARIANTS)).split())


def _compared(letter: str) -> str:
    kind = unicodedata.category(letter)
    if unicodedata.combining(letter) or kind in _UNSAID:
        return ""
    return str(unicodedata.decimal(letter)) if kind == "Nd" else " " if kind == "Pd" else letter


def slug(text: str, fallback: str) -> str:
    """Return a short name for a URL: letters of any script, digits and hyphens, at most 60 characters."""
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).lower())
    return "-".join(words)[:60].strip("-") or fallback
