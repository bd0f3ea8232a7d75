"""Letters of reminders: what is coming up, and that an address can be seen now."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from engage.events import queries as events
from engage.events.rules import State as EventState
from engage.messages.letters import Letter, LetterKind
from engage.messages.rules import Topic
from engage.registrations import queries as registrations
from engage.registrations.letters import about
from engage.registrations.letters.about import Place
from engage.registrations.rules import State

REMINDER, ADDRESS = "reminders.reminder", "reminders.address"


def _standing(facts: Mapping[str, Any], now: datetime) -> Place | None:
    """Return the place a reminder is about, unless anything changed since it was planned."""
    registration = registrations.find(UUID(facts["registration_id"]))
    if registration is None or registration.state != State.CONFIRMED:
        return None
    event = registration.event
    if event.state != EventState.PUBLISHED or event.sequence != facts["sequence"]:
        return None
    if event.starts_at is None or now >= event.starts_at:
        return None
    return about.load(facts)


def _shown_from(place: Place) -> datetime | None:
    """Return when a home's address is shown, None for public places."""
    hours = events.reveal_hours(place.entry.event_id) if place.is_private and place.entry else None
    return None if hours is None else place.starts_at - timedelta(hours=hours)


def _reminder(facts: Mapping[str, Any], now: datetime) -> Letter | None:
    place = _standing(facts, now)
    return _reminder_of(place, _shown_from(place), now) if place else None


def _reminder_of(place: Place, shown_from: datetime | None, now: datetime) -> Letter:
    context = {"place": place, "shown_from": shown_from, "is_shown": bool(shown_from and shown_from <= now)}
    return Letter(place.locale, "reminders/mail/reminder", {**context, "calendar_url": f"{place.event_url}.ics"})


def _address(facts: Mapping[str, Any], now: datetime) -> Letter | None:
    """Say that the address can be seen: never what it is."""
    place = _standing(facts, now)
    shown_from = _shown_from(place) if place else None
    if place is None or shown_from is None or now < shown_from:
        return None
    return Letter(place.locale, "reminders/mail/address", {"place": place})


def _reminder_sample(locale: str) -> Letter:
    place = about.made_up(locale)
    return _reminder_of(place, place.starts_at - timedelta(hours=24), place.starts_at - timedelta(days=7))


def _address_sample(locale: str) -> Letter:
    return Letter(locale, "reminders/mail/address", {"place": about.made_up(locale)})


LETTERS: dict[str, LetterKind] = {
    REMINDER: LetterKind(_reminder, Topic.REMINDERS, _reminder_sample),
    ADDRESS: LetterKind(_address, sample=_address_sample),
}
