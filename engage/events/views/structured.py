"""A meeting as schema.org describes one, for search engines. The place is a public venue or the neighbourhood."""

from typing import Any

from engage.core import clock, pages
from engage.core.city import city
from engage.core.text import markdown
from engage.events.models import Event
from engage.events.rules import State

LONGEST = 300


def event(shown: Event, locale: str) -> dict[str, Any]:
    """Return the JSON-LD of an event's page (https://schema.org/Event)."""
    if shown.starts_at is None or shown.ends_at is None:
        return {}
    status = "EventCancelled" if shown.state == State.CANCELLED else "EventScheduled"
    return {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": shown.title.shown(locale).text,
        "description": plain(shown, locale),
        "url": pages.address("events.show", locale=locale, slug=shown.slug),
        "startDate": clock.local(shown.starts_at, shown.zone).isoformat(),
        "endDate": clock.local(shown.ends_at, shown.zone).isoformat(),
        "eventStatus": f"https://schema.org/{status}",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "inLanguage": sorted({language.code for language in shown.languages}),
        "location": _place(shown),
        "organizer": {"@type": "Organization", "name": city().name, "url": pages.settings().base_url + "/"},
        **({"maximumAttendeeCapacity": shown.capacity} if shown.capacity else {}),
    }


def _place(shown: Event) -> dict[str, Any]:
    area = shown.neighbourhood.name if shown.neighbourhood else ""
    address = {"@type": "PostalAddress", "addressLocality": city().name, "addressRegion": area}
    if shown.venue is None:
        return {"@type": "Place", "name": area or city().name, "address": address}
    return {"@type": "Place", "name": shown.venue.name, "address": {**address, "streetAddress": shown.venue.address}}


def plain(shown: Event, locale: str) -> str:
    """Return the beginning of a description, without marks."""
    text = " ".join(str(markdown(shown.description.shown(locale).text).striptags()).split())
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + "…"
