"""Every string is there in every language, whole: none missing, none guessed, no wrong placeholder."""

import gettext
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from babel.messages import pofile

ROOT = Path(__file__).parents[2]
OFFERED = ("fr", "es", "ar")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


@cache
def _extracted():
    out = ROOT / "var" / "test-messages.pot"
    out.parent.mkdir(exist_ok=True)
    subprocess.run(
        [Path(sys.executable).parent / "pybabel", "-q", "extract", "-F", "babel.cfg", "-k", "_l", "-k", "lazy_gettext",
         "--no-location", "-o", out, "engage"], check=True, cwd=ROOT,
    )
    with out.open("rb") as file:
        return pofile.read_po(file)


@cache
def _catalogue(locale):
    with (ROOT / "translations" / locale / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return pofile.read_po(file, locale=locale)


def _forms(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


def _ids(message):
    return message.id if isinstance(message.id, tuple) else (message.id,)


@pytest.mark.parametrize("locale", OFFERED)
def test_nothing_is_missing_or_guessed(locale):
    catalogue = _catalogue(locale)
    missing = [message.id for message in _extracted() if message.id and not _is_whole(catalogue, message)]
    assert missing == []


def _is_whole(catalogue, wanted):
    message = catalogue.get(wanted.id, wanted.context)
    if message is None or message.fuzzy:
        return False
    is_plural = isinstance(wanted.id, tuple)
    return all(_forms(message)) and (not is_plural or len(_forms(message)) == catalogue.num_plurals)


@pytest.mark.parametrize("locale", OFFERED)
def test_placeholders_are_the_same(locale):
    wrong = []
    for message in _catalogue(locale):
        allowed = set().union(*(PLACEHOLDER.findall(text) for text in _ids(message))) if message.id else set()
        needed = allowed - {"count", "num", "n"} if isinstance(message.id, tuple) else allowed
        for text in _forms(message) if message.id else ():
            found = set(PLACEHOLDER.findall(text))
            if not needed <= found <= allowed or re.sub(r"%\(\w+\)[sd]|%%", "", text).count("%") != re.sub(
                r"%\(\w+\)[sd]|%%", "", _ids(message)[0]).count("%"):
                wrong.append((message.id, text))
    assert wrong == []


def test_arabic_has_its_six_plurals():
    assert _catalogue("ar").num_plurals == 6


def test_strings_are_words_not_markup():
    html = re.compile(r"</?[a-z]+[^>]*>", re.IGNORECASE)
    assert [message.id for message in _extracted() if message.id and any(html.search(text) for text in _ids(message))] == []


@pytest.mark.parametrize("number, form", [
    (0, 0), (1, 1), (2, 2), (3, 3), (10, 3), (11, 4), (40, 4), (99, 4), (100, 5), (102, 5), (103, 3), (111, 4), (200, 5),
])
def test_arabic_counts_as_arabic_does(number, form):
    """The forms stand in the order of CLDR: zero, one, two, few, many (by tens), other (by hundreds)."""
    assert gettext.c2py(_catalogue("ar").plural_expr)(number) == form
