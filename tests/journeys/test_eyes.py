"""The eyes of the stories see what they are there for: a story that finds no trouble has looked."""

import pytest

from tests.journeys.eyes import Eyes

pytestmark = pytest.mark.journey

PAGE = '<html lang="{lang}" dir="{dir}"><title>t</title><main><h1>One</h1>{body}</main></html>'
WIDE = '<div style="width: 900px">Too wide</div>'


@pytest.fixture
def seen(browser):
    contexts = []

    def see(body="", lang="en", *, has_scripts=True, reads="en"):
        contexts.append(browser.new_context(java_script_enabled=has_scripts, viewport={"width": 360, "height": 600}))
        page, eyes = contexts[-1].new_page(), Eyes("http://here.test", has_scripts=has_scripts)
        eyes.watch(page)
        page.set_content(PAGE.format(lang=lang, dir="rtl" if lang == "ar" else "ltr", body=body))
        eyes.look(page, reads)
        return " ".join(eyes.troubles)

    yield see
    for context in contexts:
        context.close()


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_plain_page_is_well(seen, has_scripts):
    assert seen("<p>Hello</p>", has_scripts=has_scripts) == ""


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("has_scripts", [True, False])
def test_what_is_wider_than_the_screen(seen, has_scripts, lang):
    assert "pixels wide on a screen of 360" in seen(WIDE, lang, has_scripts=has_scripts, reads=lang)


@pytest.mark.parametrize("body, trouble", [
    ('<img alt="" src="http://elsewhere.test/x.png">', "asks another host: http://elsewhere.test/x.png"),
    ("<script>throw new Error('broken')</script>", "broken"),
    ("<script>console.error('cracked')</script>", "cracked"),
    ("<h1>Two</h1>", "has not one heading of its own"),
    ('<input name="called">', "label"),
    ('<p style="color: #aaa; background: #fff">Pale</p>', "color-contrast"),
])
def test_what_is_wrong_with_a_page(seen, body, trouble):
    assert trouble in seen(body)


def test_a_page_in_another_language(seen):
    assert "is in ('en', 'ltr'), not ('ar', 'rtl')" in seen(reads="ar")


def test_colours_in_the_dark(seen):
    body = "<style>@media (prefers-color-scheme: dark) { p { color: #333; background: #222 } }</style><p>Dim</p>"
    assert "color-contrast" in seen(body)
