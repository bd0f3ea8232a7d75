"""The reader's language: which one, and numbers, dates and names in it.

Works without a request: a worker says `with speaking("ar"):` and renders a letter.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import flask_babel
from babel import Locale, UnknownLocaleError, dates, lists, numbers
from flask import Flask
from flask_babel import Babel, force_locale

from engage.core import clock
from engage.core.city import city

TRANSLATIONS = Path(__file__).parents[2] / "translations"



def gettext(string: str, **values: object) -> str:
    """Return a text in the reader's language, its placeholders filled."""
    return str(flask_babel.gettext(string, **values))


def ngettext(singular: str, plural: str, number: int, /, **values: object) -> str:
    """Return the form of a text that fits a number; `%(num)s` is the number itself."""
    return str(flask_babel.ngettext(singular, plural, number, **values))


def lazy_gettext(string: str, **values: object) -> Any:
    """Return a text that becomes the reader's language when it is shown."""
    return flask_babel.lazy_gettext(string, **values)


# Languages people may say they speak: ISO 639 codes; the city's own come first in forms.
SPOKEN = tuple(
    "ak am ar az be bg bn bs ca cs da de el en es et fa fi fr gu ha he hi hr ht hu hy id ig it ja ka km kn ko ku lt lv mk ml"
    " mn mr ms my ne nl no pa pl ps pt ro ru si sk sl so sq sr sv sw ta te th ti tl tr uk ur uz vi yi yo zh ase bfi fsl".split()
)
_SIGN_LANGUAGES = {
    "ase": lazy_gettext("American Sign Language"),
    "bfi": lazy_gettext("British Sign Language"),
    "fsl": lazy_gettext("French Sign Language"),
}

def language_choices() -> list[tuple[str, str]]:
    """Return the spoken languages to choose from, the city's own first."""
    first = _own_languages()
    rest = sorted((code for code in SPOKEN if code not in first), key=language_name)
    return [(code, language_name(code)) for code in (*first, *rest)]


def common_languages() -> int:
    """Return how many of the languages above are the city's own."""
    return len(_own_languages())


def _own_languages() -> list[str]:
    return [code for code in dict.fromkeys((*city().spoken, *city().locales)) if code in SPOKEN]


def written_in() -> list[tuple[str, str]]:
    """Return the languages to write in, each by its own name."""
    return [(code, own_name(code)) for code in city().locales]


_locale: ContextVar[str | None] = ContextVar("locale", default=None)


def init_app(app: Flask) -> None:
    """Give an app its catalogues. The selector reads no request, so workers can speak too."""
    Babel(
        app, default_translation_directories=str(TRANSLATIONS), locale_selector=locale, timezone_selector=lambda: city().zone
    )


def locale() -> str:
    """Return the locale of the page or letter being made."""
    return _locale.get() or city().default_locale


def choose(code: str | None) -> None:
    """Set the locale for the rest of this request."""
    _locale.set(code)


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Render what is inside in a locale, whoever is asking."""
    token = _locale.set(code)
    try:
        with force_locale(code):
            yield
    finally:
        _locale.reset(token)


@lru_cache(maxsize=1)
def catalogues() -> tuple[str, ...]:
    """Return the locales Engage speaks: English, and every folder of `translations`."""
    found = (path.parent.parent.name for path in TRANSLATIONS.glob("*/LC_MESSAGES/messages.po"))
    return ("en", *sorted(code for code in found if code != "en"))


def is_offered(code: str) -> bool:
    return code in city().locales


@lru_cache(maxsize=64)
def _babel(code: str) -> Locale:
    return Locale.parse(code)


def direction(code: str) -> str:
    """Return "rtl" or "ltr" for any language code, known to the site or not."""
    try:
        return str(_babel(code).text_direction)
    except (UnknownLocaleError, ValueError):
        return "ltr"


def own_name(code: str) -> str:
    """Return a language's name in itself, as its speakers look for it."""
    name = _babel(code).get_display_name(code) or code
    return name[:1].upper() + name[1:]


def language_name(code: str) -> str:
    """Return a spoken language's name in the reader's language."""
    if code in _SIGN_LANGUAGES:
        return str(_SIGN_LANGUAGES[code])
    return str(_babel(locale()).languages.get(code, code))


def listing(words: Iterable[str]) -> str:
    """Join words as the reader's language joins them: "a, b and c"."""
    return lists.format_list(list(words), locale=locale())


@lru_cache(maxsize=64)
def _of_country(code: str, country: str) -> Locale:
    """Return a language as the city's country writes it: English says 18:30 in Luton, 6:30 PM in New York."""
    try:
        return Locale.parse(f"{code}_{country}")
    except (UnknownLocaleError, ValueError):
        return _babel(code)


def _regional() -> Locale:
    return _of_country(locale(), city().country)


def day(instant: datetime | date, zone: str, form: str = "full") -> str:
    """Return a date in the reader's words; `form` is a CLDR length or pattern."""
    value = clock.local(instant, zone) if isinstance(instant, datetime) else instant
    return str(dates.format_date(value, form, locale=_regional()))


def hour(instant: datetime, zone: str) -> str:
    """Return the hour in one piece: "6:30 م" isn't broken over two lines."""
    return str(dates.format_time(clock.local(instant, zone), "short", locale=_regional())).replace(" ", "\u00a0")


def skeleton(instant: datetime | date, zone: str, fields: str) -> str:
    """Return parts of a date in the reader's order: "yMMMM", "MMMEd" (CLDR skeletons)."""
    value = clock.local(instant, zone) if isinstance(instant, datetime) else instant
    return str(dates.format_skeleton(fields, value, locale=_regional()))


def when(start: datetime, end: datetime, zone: str) -> str:
    """Return day and hours of a meeting in one phrase, in the event's own zone."""
    if clock.local(start, zone).date() == clock.local(end, zone).date():
        return gettext("%(day)s, %(start)s to %(end)s", day=day(start, zone), start=hour(start, zone), end=hour(end, zone))
    return gettext(
        "%(day)s, %(start)s to %(last_day)s, %(end)s",
        day=day(start, zone), start=hour(start, zone), last_day=day(end, zone), end=hour(end, zone),
    )


def major(amount: int, currency: str) -> Decimal:
    """Return an amount of a currency's minor units (cents) in its major unit (dollars)."""
    return Decimal(amount).scaleb(-numbers.get_currency_precision(currency))


def money(amount: int, currency: str) -> str:
    """Return an amount of minor units in the reader's words: "$150.00", "150,00 $US"."""
    return str(numbers.format_currency(major(amount, currency), currency, locale=_regional()))


def best_match(accepted: Iterable[str]) -> str | None:
    """Return the first offered locale of a reader's wishes: "fr-CH" is served by "fr"."""
    for wish in accepted:
        code = wish.replace("-", "_").split("_")[0].lower()
        if is_offered(code):
            return code
    return None
