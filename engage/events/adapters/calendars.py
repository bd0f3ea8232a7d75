"""Calendar files (RFC 5545), for letters and feeds. What is put in has no field for a private address."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Literal
from uuid import UUID

from icalendar import Calendar, Timezone, vCalAddress, vDDDTypes, vText, vUri
from icalendar import Event as CalendarEvent

from engage.core import clock, pages
from engage.events.models import Event
from engage.events.rules import State

Method = Literal["PUBLISH", "REQUEST", "CANCEL"]
MAKER = "-//Engage//Engage//EN"
REFRESH = timedelta(hours=6)


@dataclass(frozen=True)
class CalendarEntry:
    """One event as a calendar shows it. `where` is a public venue or the neighbourhood's name."""

    event_id: UUID
    title: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    where: str
    url: str
    sequence: int
    is_cancelled: bool
    changed_at: datetime
    description: str = ""


@dataclass(frozen=True)
class Mailbox:
    """Somebody named in a calendar entry: the guest a letter goes to, or who sends it."""

    address: str
    called: str = ""


def place_name(event: Event) -> str:
    """Return where an event is, as everybody may know: its venue with address, else the neighbourhood."""
    if event.venue is not None:
        return f"{event.venue.name}, {event.venue.address}"
    return event.neighbourhood.name if event.neighbourhood is not None else ""


def page_url(event: Event, locale: str) -> str:
    """Return the address of an event's page; of a closed one, for those who run it. `programme` must be loaded."""
    if event.programme.is_closed:
        return pages.address("events.inside", locale=locale, event_id=event.id)
    return pages.address("events.show", locale=locale, slug=event.slug)


def entry_of(event: Event, locale: str) -> CalendarEntry:
    """Return an event as a calendar entry for one reader; `programme`, `venue` and `neighbourhood` must be loaded.

    Raises ValueError for a draft without a time.
    """
    if event.starts_at is None or event.ends_at is None:
        raise ValueError("an event without a time is in no calendar")
    return CalendarEntry(
        event_id=event.id,
        title=event.title.shown(locale).text,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        zone=event.zone,
        where=place_name(event),
        url=page_url(event, locale),
        sequence=event.sequence,
        is_cancelled=event.state == State.CANCELLED,
        changed_at=event.changed_at,
        description=event.description.shown(locale).text,
    )


def calendar_file(
    entry: CalendarEntry, *, method: Method = "PUBLISH", attendee: Mailbox | None = None, organizer: Mailbox | None = None,
    now: datetime | None = None,
) -> bytes:
    """Return one event as an iCalendar file; REQUEST and CANCEL name the guest and the sender (RFC 5546).

    `now` stamps a letter's file; without it the entry's last change does, so that the same entry is the same file.
    """
    component = _component(entry, now, is_cancelled=entry.is_cancelled or method == "CANCEL")
    if organizer:
        component.add("organizer", _mailbox(organizer))
    if attendee:
        component.add("attendee", _mailbox(attendee, {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"}))
    calendar = _calendar([(entry.zone, entry.starts_at)], method)
    calendar.add_component(component)
    return bytes(calendar.to_ical())


def calendar_feed(entries: Iterable[CalendarEntry], *, name: str, url: str) -> bytes:
    """Return many events as a calendar that others subscribe to (name and refresh: RFC 7986)."""
    entries = list(entries)
    calendar = _calendar([(entry.zone, entry.starts_at) for entry in entries], "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)  # what most programs read in NAME's stead
    calendar.add("url", vUri(url))
    calendar.add("refresh-interval", vDDDTypes(REFRESH), parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_component(entry, None, is_cancelled=entry.is_cancelled))
    return bytes(calendar.to_ical())


def uid(event_id: UUID) -> str:
    """Return the name under which calendars know an event again, whatever changes about it."""
    return f"{event_id}@{pages.host()}"


def _calendar(zones: Iterable[tuple[str, datetime]], method: Method) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    first: dict[str, datetime] = {}
    for zone, start in zones:
        first[zone] = min(start, first.get(zone, start))
    for zone, start in sorted(first.items()):
        calendar.add_component(_timezone(zone, start.year))
    return calendar


@lru_cache(maxsize=64)
def _timezone(zone: str, year: int) -> Timezone:
    """Return a zone's rules around a year. The TZID is the bare name: Apple and Outlook refuse "/Europe/..."."""
    found = Timezone.from_tzid(zone, first_date=date(year - 1, 1, 1), last_date=date(year + 3, 1, 1))
    found.pop("COMMENT", None)
    return found


def _component(entry: CalendarEntry, now: datetime | None, *, is_cancelled: bool) -> CalendarEvent:
    component = CalendarEvent()
    component.add("uid", uid(entry.event_id))
    component.add("sequence", entry.sequence)
    component.add("dtstamp", (now or entry.changed_at).astimezone(UTC))
    component.add("last-modified", entry.changed_at.astimezone(UTC))
    component.add("dtstart", clock.local(entry.starts_at, entry.zone))
    component.add("dtend", clock.local(entry.ends_at, entry.zone))
    component.add("summary", entry.title)
    component.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    component.add("url", vUri(entry.url))
    if entry.where:
        component.add("location", entry.where)
    if entry.description:
        component.add("description", f"{entry.description}\n\n{entry.url}")
    return component


def _mailbox(mailbox: Mailbox, parameters: dict[str, str] | None = None) -> vCalAddress:
    value = vCalAddress(f"mailto:{mailbox.address}")
    for name, given in {"CN": mailbox.called, **(parameters or {})}.items():
        if given:
            value.params[name] = vText(given)
    return value
