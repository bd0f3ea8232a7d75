"""What people type, cleaned and shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.core import text
from engage.core.text import Localized


@pytest.mark.parametrize("typed, kept", [
    ("  Amina   Peter ", "Amina Peter"),
    ("a\x00b", "ab"),
    ("\ud800x", "x"),
    ("abc\u202exyz", "abcxyz"),
    ("Subject\r\nBcc: all@example.org", "Subject Bcc: all@example.org"),
    ("e\u0301", "\u00e9"),
    ("أمينة", "أمينة"),
])
def test_one_line_is_cleaned(typed, kept):
    assert text.clean(typed) == kept


@pytest.mark.parametrize("typed, kept", [
    ("José", "jose"), ("O’Neill", "oneill"), ("o'neill ", "oneill"), ("Jean-Pierre", "jean pierre"), ("أحْمَد", "احمد"),
    ("نـــور", "نور"), ("রহিমা", "রহিমা"), ("ẞ  ß", "ss ss"), ("-", ""),
    ("المدرسةُ", "المدرسه"), ("علی", "علي"), ("Cœur", "coeur"), ("٣٥", "35"), ("so\u00adft", "soft"),
])
def test_a_text_is_looked_for_however_it_is_spelled(typed, kept):
    assert text.folded(typed) == kept


def test_long_text_keeps_its_lines():
    assert text.clean("a\r\nb\rc", is_long=True) == "a\nb\nc"


@given(st.text(alphabet=st.characters()))
def test_what_is_cleaned_can_be_stored_and_stays_the_same(typed):
    once = text.clean(typed, is_long=True)
    once.encode()
    assert "\x00" not in once
    assert text.clean(once, is_long=True) == once


@pytest.mark.parametrize("hostile", [
    "<script>alert(1)</script>", "<svg onload=alert(1)>", "[x](javascript:alert(1))", "![x](https://tracker.example/p.gif)",
    '<a href="x" onclick="y">z</a>',
])
def test_markdown_lets_nothing_run(hostile):
    html = text.markdown(hostile)
    assert not any(word in html for word in ("<script", "<svg", "<img", 'href="javascript', '<a href="x" onclick'))


def test_markdown_headings_stay_below_the_page():
    assert text.markdown("# Bring a dish") == "<h3>Bring a dish</h3>\n"


def test_a_text_is_shown_in_the_readers_language_or_says_that_it_is_not():
    both = Localized({"fr": "Bonjour", "en": "Hello"}, "fr")
    assert both.shown("en") == text.Shown("Hello", "en", is_other=False)
    assert both.shown("ar") == text.Shown("Bonjour", "fr", is_other=True)
    assert both.missing(("en", "ar")) == ["ar"]
    assert both.with_text("en", "").shown("en").text == "Bonjour"


@pytest.mark.parametrize("title, slug", [
    ("Dinner in Dallow: recipes!", "dinner-in-dallow-recipes"), ("عشاء في دالو", "عشاء-في-دالو"), ("!!!", "meeting"),
])
def test_a_slug_is_readable_in_any_script(title, slug):
    assert text.slug(title, "meeting") == slug
