"""What is decided about people, as tables."""

from datetime import date, timedelta

import pytest

from engage.accounts import rules
from engage.accounts.rules import Reason
from engage.core.access import Role
from tests.conftest import NOW

TODAY, DAY = NOW.date(), timedelta(days=1)
BEFORE, AFTER = NOW - DAY, NOW + DAY


@pytest.mark.parametrize("used_at, expires_at, refusal", [
    (None, AFTER, None),
    (None, NOW, Reason.TICKET_EXPIRED),
    (BEFORE, AFTER, Reason.TICKET_USED),
    (BEFORE, BEFORE, Reason.TICKET_USED),
])
def test_ticket_refusal(used_at, expires_at, refusal):
    assert rules.ticket_refusal(used_at, expires_at, NOW) == refusal


@pytest.mark.parametrize("created_at, is_own, end", [
    (NOW, False, NOW + timedelta(hours=2)),
    (NOW, True, NOW + timedelta(days=30)),
    (NOW - timedelta(hours=11), False, NOW + timedelta(hours=1)),
    (NOW - timedelta(days=179), True, NOW + DAY),
])
def test_session_end(created_at, is_own, end):
    assert rules.session_end(created_at, NOW, is_own_device=is_own) == end


@pytest.mark.parametrize("password, refusal", [
    ("three old bridges", None),
    ("ثلاثة جسور قديمة", None),
    ("short", Reason.PASSWORD_SHORT),
    ("x" * 201, Reason.PASSWORD_LONG),
    ("abababababab", Reason.PASSWORD_EASY),
    ("Amina@Example.org", Reason.PASSWORD_EASY),
    ("amina@example.org!!", Reason.PASSWORD_EASY),
    ("example.org", Reason.PASSWORD_EASY),
])
def test_password_refusal(password, refusal):
    assert rules.password_refusal(password, "amina@example.org") == refusal


@pytest.mark.parametrize("starts_on, ends_on, ended_at, holds", [
    (TODAY, None, None, True),
    (TODAY, TODAY, None, True),
    (TODAY + DAY, None, None, False),
    (TODAY - DAY, TODAY - DAY, None, False),
    (TODAY - DAY, None, BEFORE, False),
])
def test_is_in_force(starts_on, ends_on, ended_at, holds):
    assert rules.is_in_force(starts_on, ends_on, ended_at, TODAY) is holds


@pytest.mark.parametrize("role, has_areas, ends_on, refusal", [
    (Role.STAFF, True, None, None),
    (Role.ADMINISTRATOR, False, TODAY, None),
    (Role.ADMINISTRATOR, True, None, Reason.ADMINISTRATOR_IS_CITYWIDE),
    (Role.COACH, False, TODAY - DAY, Reason.DATES_REVERSED),
])
def test_grant_refusal(role, has_areas, ends_on, refusal):
    assert rules.grant_refusal(role, has_areas=has_areas, starts_on=TODAY, ends_on=ends_on) == refusal


@pytest.mark.parametrize("on, until, refusal", [
    (TODAY, None, None),
    (TODAY, TODAY, None),
    (TODAY + DAY, None, Reason.TRAINED_LATER),
    (TODAY, TODAY - DAY, Reason.DATES_REVERSED),
])
def test_training_refusal(on, until, refusal):
    assert rules.training_refusal(on, until, TODAY) == refusal


@pytest.mark.parametrize("on, until, is_trained", [
    (None, None, False),
    (TODAY, None, True),
    (TODAY, TODAY, True),
    (date(2020, 1, 1), TODAY - DAY, False),
    (TODAY + DAY, None, False),
])
def test_is_trained(on, until, is_trained):
    assert rules.is_trained(on, until, TODAY) is is_trained


@pytest.mark.parametrize("value, shown", [
    ("amina@example.org", "a•••@example.org"), ("+442079460000", "•••000"), ("a@b.org", "a•••@b.org"),
])
def test_masked(value, shown):
    assert rules.masked(value) == shown


@pytest.mark.parametrize("agent, label", [
    ("Mozilla/5.0 (Android 14; Mobile; rv:120.0) Gecko/120.0 Firefox/120.0", "Firefox, Android"),
    ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1 Version/17.0 Safari/604.1", "Safari, iPhone"),
    ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0", "Edge, Windows"),
    ("curl/8", ""),
    ("", ""),
])
def test_browser_label(agent, label):
    assert rules.browser_label(agent) == label


@pytest.mark.parametrize("path, own", [
    ("/en/events?day=2026-12-01", True), ("/fr/événements", True), ("//evil.example", False), ("/\\evil.example", False),
    ("https://evil.example", False), ("evil", False), ("", False), (None, False), ("/a\nb", False),
    ("/a\\b", False), ("/", True), ("/" + "x" * 2000, False),
])
def test_own_path(path, own):
    assert (rules.own_path(path) == path and path is not None) is own


@pytest.mark.parametrize("fields, kept", [
    ([("title", "Dinner"), ("csrf_token", "x"), ("word-password", "x"), ("link-carried", "x")], [("title", "Dinner")]),
    ([("a", "1"), ("a", "2")], [("a", "1"), ("a", "2")]),
    ([("text", "x" * rules.MOST_CARRIED)], None),
    ([], []),
])
def test_carried_fields(fields, kept):
    assert rules.carried_fields(fields) == kept
