"""Every page that links lead to, in a lively city: as somebody passing by, as a host, as an administrator.

Stories see the pages they need; here each kind of page is looked at, on a phone, written from both sides.
"""

from collections import Counter, deque
from urllib.parse import urlsplit

import pytest
from werkzeug.exceptions import HTTPException

from engage.cli import demo
from engage.core import clock
from tests.journeys import hosting

pytestmark = [pytest.mark.journey, pytest.mark.slow]

TOLD_IN = (0,)  # on a phone
FILES = ("api.", "static", "registrations.calendar_entry", "funding.file", "registrations_desk.list_template")
SEVERAL = {
    "events.manage": 45, "events.show": 3, "registrations.show": 4, "programmes_desk.settings": 2, "funding.application": 4,
    "funding.write": 6, "front_desk.sheets": 5, "concerns.plan": 20, "concerns.minutes": 8, "concerns_desk.action": 3,
    "concerns.newest_minutes": 3, "registrations_desk.guests": 12,
}

OTHERWISE = {  # come to by letters, codes, buttons, or at an hour the city is not in
    "accounts.gone", "accounts.letter", "accounts.send_link", "accounts.sent", "accounts.sign_out", "attendance.closing",
    "attendance.open_code", "attendance.scan", "events.invitation", "events.subscription", "feedback.answer",
    "feedback.open_sheet", "feedback.sheet", "feedback.thanks", "front.root", "messages.unsubscribe", "pages.open_link",
    "registrations.sent", "accounts_desk.back", "reminders_desk.preview_page", "concerns.consultation_thanks",
    "concerns.raised", "concerns.supported", "concerns.ranking", "concerns.voice", "registrations.invited",
    "registrations.join_invited", "registrations.meeting", "registrations.sent_invited",
}


def BUILD(_locale):  # noqa: N802 - a constant of this module, read by the fixture of the site
    demo.run(clock.now())


def test_every_page_is_well_and_some_link_leads_there(visitor):
    passing = visitor()
    passing.open(f"/{passing.locale}/")
    seen = _walk(passing)
    for who, door in (
        ("resident", "/my"), ("host", "/my"), ("administrator", "/desk"), ("reviewer", "/desk"), ("coach", "/desk"),
    ):
        reader = visitor()
        _enter(reader, who, door)
        seen += _walk(reader)
    assert sorted(_pages(passing.site.app) - set(seen) - OTHERWISE) == []


def _pages(app):
    """The kinds of pages, by their endpoints; files to download are none."""
    rules = (rule for rule in app.url_map.iter_rules() if "GET" in rule.methods)
    return {rule.endpoint for rule in rules if not rule.endpoint.startswith(FILES)}


def _enter(visitor, who, wanted):
    visitor.open(f"/{visitor.locale}/sign-in")
    hosting.sign_in(visitor, demo.SIGN_INS[who], demo.PASSWORD)
    visitor.open(f"/{visitor.locale}{wanted}")


def _walk(reader):
    """Follow links, each kind of page once or a few times, until nothing new is left. Returns how often each kind."""
    pages, seen = reader.site.app.url_map.bind("127.0.0.1"), Counter()
    ahead = deque(_links(reader))
    met = set(ahead)
    while ahead:
        path = ahead.popleft()
        kind = _kind(pages, path)
        if kind is None or kind.startswith(FILES) or seen[kind] >= SEVERAL.get(kind, 1):
            continue
        seen[kind] += 1
        reader.open(path)
        new = [link for link in _links(reader) if link not in met]
        met.update(new)
        ahead.extend(new)
    return seen


def _kind(pages, path):
    try:
        return pages.match(urlsplit(path).path, method="GET")[0]
    except HTTPException:
        return None


def _links(reader):
    found = reader.page.locator("a[href]").evaluate_all("links => links.map(a => [a.origin, a.pathname + a.search])")
    return [path for origin, path in found if origin == reader.site.url and path.startswith(f"/{reader.locale}/")]
