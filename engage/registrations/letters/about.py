"""What a letter about a place can speak of: loaded anew when it is delivered, or made up for a preview."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from engage.core import pages
from engage.core.city import city
from engage.core.text import Localized
from engage.events.adapters import CalendarEntry, Mailbox, Method, calendar_file, entry_of, place_name
from engage.events.models import Event
from engage.events.rules import State as EventState
from engage.messages.letters import Attachment, spoken
from engage.programmes.rules import SignUpMode
from engage.registrations import queries
from engage.registrations.models import Registration
from engage.registrations.policy import PLACE
from engage.registrations.rules import State


@dataclass(frozen=True)
class Place:
    """One party's place at one event, as a letter tells it."""

    called: str
    locale: str
    state: State
    party_size: int
    title: Localized
    starts_at: datetime
    ends_at: datetime
    zone: str
    where: str
    is_private: bool
    host_approves: bool
    is_event_cancelled: bool
    is_closed: bool
    cancel_reason: Localized | None
    url: str
    event_url: str
    others_url: str
    was: State | None = None  # what it was before it ended
    shown_from: datetime | None = None  # when guests see the address of a home
    is_shown: bool = False
    code: str = ""  # for the door
    position: int = 0
    people_before: int = 0
    held_until: datetime | None = None
    offered_until: datetime | None = None
    address: str = ""
    entry: CalendarEntry | None = None


def load(facts: Mapping[str, Any], now: datetime) -> Place | None:
    """Return the place a letter is about, or None where it is gone."""
    registration = queries.find(UUID(facts["registration_id"]))
    if registration is None or registration.address is None or registration.event.starts_at is None:
        return None
    place = _place(registration, registration.event)
    was = State(facts["was"]) if "was" in facts else None
    return replace(place, was=was, is_shown=place.shown_from is not None and place.shown_from <= now)


def _place(registration: Registration, event: Event) -> Place:
    locale = spoken(registration.locale)
    line = queries.line(registration) if registration.state == State.WAITING else None
    entry, own_page = entry_of(event, locale), pages.link(PLACE, registration.id, registration.revocation, locale)
    if event.programme.is_closed:  # a calendar may be shared: what it says of the page opens nothing by itself
        entry = replace(entry, url=pages.address("registrations.show", locale=locale, registration_id=registration.id))
    return Place(
        called=registration.called, locale=locale, state=State(registration.state), party_size=registration.party_size,
        title=event.title, starts_at=entry.starts_at, ends_at=entry.ends_at, zone=event.zone, where=place_name(event),
        is_private=event.has_private_place, host_approves=event.programme.sign_up_mode == SignUpMode.HOST_APPROVES,
        is_event_cancelled=event.state == EventState.CANCELLED, cancel_reason=event.cancel_reason,
        url=own_page, is_closed=event.programme.is_closed,
        event_url=own_page if event.programme.is_closed else pages.address("events.show", locale=locale, slug=event.slug),
        others_url=pages.address("events.index", locale=locale),
        shown_from=queries.home_shown_from(event) if event.has_private_place else None,
        code=registration.code if registration.state == State.CONFIRMED and event.state != EventState.CANCELLED else "",
        position=line.position if line else 0, people_before=line.people_before if line else 0,
        held_until=registration.held_until, offered_until=registration.offered_until,
        address=registration.address.value if registration.address else "", entry=entry,
    )


def calendar(place: Place, method: Method, now: datetime) -> tuple[Attachment, ...]:
    """Return the calendar entry that goes with a letter: put in, changed, or taken out again."""
    if place.entry is None:
        return ()
    sender = Mailbox(city().contact_email or pages.settings().mail_from, city().name)
    guest = Mailbox(place.address, place.called)
    content = calendar_file(place.entry, method=method, attendee=guest, organizer=sender, now=now)
    return (Attachment("invite.ics", content, f"text/calendar; method={method}; charset=utf-8"),)


def made_up(locale: str, state: State = State.CONFIRMED, **values: Any) -> Place:
    """Return a place of nobody's, for previews."""
    start = datetime(2027, 3, 5, 18, 30, tzinfo=UTC)
    return Place(**{
        "called": "Noor", "locale": locale, "state": state, "party_size": 2, "title": Localized.of("en", "Soup and stories"),
        "starts_at": start, "ends_at": start + timedelta(hours=3), "zone": city().zone, "where": "Dallow", "is_private": True,
        "host_approves": False, "is_event_cancelled": False, "is_closed": False,
        "cancel_reason": Localized.of("en", "The kitchen is closed."),
        "url": pages.address("front.my", locale=locale), "event_url": pages.address("events.index", locale=locale),
        "others_url": pages.address("events.index", locale=locale), "shown_from": start - timedelta(hours=24),
        "code": "K7WQ3M" if state == State.CONFIRMED else "",
        "position": 3, "people_before": 4, "held_until": start - timedelta(days=9), "offered_until": start - timedelta(days=2),
        **values,
    })
