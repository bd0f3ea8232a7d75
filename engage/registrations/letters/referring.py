"""Invitations: to people a partner gave us the address of, once, without a name."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from engage.core import pages
from engage.core.city import city
from engage.core.text import Localized
from engage.events import queries as event_queries
from engage.events.adapters import place_name
from engage.events.rules import State as EventState
from engage.messages.letters import Letter, LetterKind, spoken
from engage.messages.rules import Topic
from engage.registrations import queries

TEMPLATE = "registrations/mail/referred"


def _referred(facts: Mapping[str, Any], now: datetime) -> Letter | None:
    """Invite somebody, unless they have signed up meanwhile or the meeting is off."""
    referral = queries.referral(UUID(facts["referral_id"]))
    if referral is None or queries.standing(referral.event_id, referral.address_id):
        return None
    event = event_queries.for_manage(referral.event_id)
    if event.state != EventState.PUBLISHED or event.starts_at is None or event.starts_at <= now:
        return None
    locale = spoken(referral.locale)
    return Letter(locale, TEMPLATE, {
        "partner": referral.partner, "title": event.title, "about": event.description, "starts_at": event.starts_at,
        "ends_at": event.ends_at, "zone": event.zone, "where": place_name(event), "is_private": event.has_private_place,
        "url": pages.address("registrations.sign_up", locale=locale, slug=event.slug),
    })


def _sample(locale: str) -> Letter:
    start, url = datetime(2027, 3, 5, 18, 30, tzinfo=UTC), pages.address("events.index", locale=locale)
    return Letter(locale, TEMPLATE, {
        "partner": "Luton Food Bank", "title": Localized.of("en", "Soup and stories"),
        "about": Localized.of("en", "One table, good soup, new neighbours."), "starts_at": start,
        "ends_at": start + timedelta(hours=3), "zone": city().zone, "where": "Dallow", "is_private": True, "url": url,
    })


REFERRED = LetterKind(_referred, topic=Topic.INVITATIONS, sample=_sample)
