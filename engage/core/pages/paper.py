"""Pages made for the printer: one text in several languages side by side, each part in its own."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import render_template, request
from markupsafe import Markup

from engage.core import i18n
from engage.core.city import city

MOST_LANGUAGES = 4  # beside each other on one sheet


def languages(spoken: Iterable[str]) -> list[str]:
    """Return the languages to print in: those asked for in the address bar, else those spoken that the site
    offers, else the reader's own. Never more than fit."""
    for wanted in (set(request.args.getlist("languages")), set(spoken)):
        if found := [code for code in city().locales if code in wanted]:
            return found[:MOST_LANGUAGES]
    return [i18n.locale()]


def in_each(codes: Iterable[str], template: str, context: Callable[[], dict[str, Any]]) -> list[tuple[str, Markup]]:
    """Return a part of a page in each language; its context is made while that language is spoken."""
    return [(code, _spoken(code, template, context)) for code in codes]


def _spoken(code: str, template: str, context: Callable[[], dict[str, Any]]) -> Markup:
    with i18n.speaking(code):
        return Markup(render_template(template, **context()))  # noqa: S704 - a template, which has escaped what it shows
