"""Forms made on the spot: rows of a list, each with a key of its own, and a text's languages side by side."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from flask import request

from engage.core.city import city
from engage.core.fields import Form, LongText, Text
from engage.core.i18n import direction, locale
from engage.core.text import Localized

F = TypeVar("F", bound=Form)

NEW_ROWS = 2


def made(kind: type[F], fields: Mapping[str, Any], kept: Mapping[str, Any]) -> F:
    """Return a form whose fields are known only now, filled with what is kept."""
    form: F = type(kind.__name__, (kind,), dict(fields))(data=kept)
    return form


def rows_shown(prefix: str, kept: int, most: int, new: int = NEW_ROWS) -> range:
    """Return the rows to show: those kept or sent, and some to fill in."""
    sent = sum(name.startswith(prefix) for name in request.form)
    return range(min(max(kept + new, sent), most))


def row_key(sent: str | None, known: set[str], rows: Sequence[Mapping[str, Any]]) -> str:
    """Return a row's key: the one it has, or the first free one for a row that is new."""
    taken = {row.get("key") for row in rows}
    if sent in known and sent not in taken:
        return str(sent)
    return next(key for number in range(1, 100) if (key := f"own_{number}") not in known | taken)


def texts_in(name: str, text: Mapping[str, Any]) -> dict[str, str]:
    """Return a text kept as JSON, by the names of its fields in a form."""
    return {f"{name}_{code}": text["texts"][code] for code in city().locales if code in text["texts"]}


def in_each_language(name: str, label: Any, *, longest: int, is_long: bool = False) -> dict[str, Text]:
    """Return one field for each language the site offers, `<name>_<code>`, to mix into a form made on the spot."""
    kind = LongText if is_long else Text
    # Each says its language, so that browsers spell and screen readers pronounce what is typed into it.
    said = {code: {"lang": code, "dir": direction(code)} for code in city().locales}
    return {f"{name}_{code}": kind(label, longest=longest, render_kw=said[code]) for code in said}


def written(form: Form, name: str, before: Localized) -> Localized:
    """Return what a form says in its fields `<name>_<code>`; languages it has no field for stay as they were."""
    texts = before
    for code in city().locales:
        texts = texts.with_text(code, form[f"{name}_{code}"].data or "")
    source = texts.source if texts.texts.get(texts.source) else next(iter(texts.texts), locale())
    return Localized(texts.texts, source)
