"""Letters of feedback: the question the morning after, and one reminder."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from engage.core import pages
from engage.core.i18n import gettext as _
from engage.core.i18n import speaking
from engage.core.text import Localized
from engage.feedback import policy, queries
from engage.messages.letters import Letter, LetterKind
from engage.messages.rules import Topic

ASK, NUDGE = "feedback.ask", "feedback.nudge"


def _render(template: str, facts: Mapping[str, Any], now: datetime) -> Letter | None:
    """Write to whose ticket is still there; a spent one needs no letter."""
    found = queries.registration_of(UUID(facts["ticket_id"]), now)
    if found is None:
        return None
    ticket, registration = found
    if registration.address_id is None:
        return None
    event, locale = registration.event, registration.locale
    url = pages.link(policy.PURPOSE, ticket.id, ticket.revocation, locale)
    return Letter(locale, template, {
        "called": registration.called, "title": event.title, "starts_at": event.starts_at, "zone": event.zone, "url": url,
    })


def _sample(template: str, locale: str) -> Letter:
    with speaking(locale):
        title = Localized.of(locale, _("An evening in your neighbourhood"))
    url = pages.address("feedback.thanks", locale=locale)
    starts_at = datetime(2026, 12, 1, 19, tzinfo=UTC)
    return Letter(locale, template, {"called": "Noor", "title": title, "starts_at": starts_at, "zone": "UTC", "url": url})


def _kind(name: str) -> LetterKind:
    template = f"feedback/mail/{name}"
    return LetterKind(
        render=lambda facts, now: _render(template, facts, now), topic=Topic.FEEDBACK,
        sample=lambda locale: _sample(template, locale),
    )


LETTERS: dict[str, LetterKind] = {ASK: _kind("ask"), NUDGE: _kind("nudge")}
