"""Letters to hosts about their guests."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from engage.accounts import queries as accounts
from engage.core import pages
from engage.core.city import city
from engage.core.text import Localized
from engage.events import queries as event_queries
from engage.events.rules import State as EventState
from engage.messages.letters import Letter, LetterKind
from engage.messages.rules import Topic
from engage.registrations import queries

TEMPLATE = "registrations/mail/guests_ask"


def _guests_ask(facts: Mapping[str, Any], now: datetime) -> Letter | None:
    """Tell a host how many parties wait for an answer, unless all have got one."""
    event = event_queries.for_manage(UUID(facts["event_id"]))
    part = next((part for part in event.people if part.id == UUID(facts["part_id"])), None)
    requests = queries.counts(event.id).requests
    if part is None or not requests or event.state != EventState.PUBLISHED or (event.starts_at or now) <= now:
        return None
    person = accounts.person(part.person_id) if part.person_id else None
    locale = person.locale if person else city().default_locale
    url = pages.address("registrations_desk.guests", locale=locale, event_id=event.id)
    return Letter(locale, TEMPLATE, {"called": part.called, "title": event.title, "requests": requests, "url": url})


def _sample(locale: str) -> Letter:
    url = pages.address("front.my", locale=locale)
    title = Localized.of("en", "Soup and stories")
    return Letter(locale, TEMPLATE, {"called": "Noor", "title": title, "requests": 3, "url": url})


GUESTS_ASK = LetterKind(_guests_ask, topic=Topic.HOSTING, sample=_sample)
