"""Every screen says who may open it, and the public ones keep their promises."""

import pytest

from engage.app import create_app
from engage.core.access import mark_of

KINDS = {"public", "anyone", "signed_in", "by_link"}


def _rules():
    app = create_app()
    return [(rule, app.view_functions[rule.endpoint]) for rule in app.url_map.iter_rules()]


@pytest.mark.parametrize("rule, view", [pytest.param(*pair, id=pair[0].rule) for pair in _rules()])
def test_a_route_is_marked(rule, view):
    mark = mark_of(view)
    assert mark is not None, f"{rule.endpoint} carries no mark of core.access"
    assert mark.kind in KINDS
    if mark.kind == "by_link":
        assert mark.parameter in rule.arguments


@pytest.mark.parametrize("rule, view", [pytest.param(*pair, id=pair[0].rule) for pair in _rules()])
def test_a_public_page_only_reads(rule, view):
    if mark_of(view).kind == "public":
        assert rule.methods <= {"GET", "HEAD", "OPTIONS"}


def test_people_find_their_pages_under_their_language():
    bare = {rule.rule for rule, _ in _rules() if not rule.rule.startswith("/<locale>/")}
    codes = {"/c/<uuid:event_id>/<code>", "/f/<code>"}  # for cameras: they lead on to the language of whoever scans
    rest = {"/", "/healthz", "/readyz", "/sitemap.xml", "/robots.txt", "/favicon.ico"}
    assert bare <= codes | rest, "pages live under their locale"
