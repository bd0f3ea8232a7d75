"""Letters of reminders: what is coming up, and that an address can be seen now."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

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
    return about.load(facts, now)


def _reminder(facts: Mapping[str, Any], now: datetime) -> Letter | None:
    place = _standing(facts, now)
    return _reminder_of(place) if place else None


def _reminder_of(place: Place) -> Letter:
    calendar_url = "" if place.is_closed else f"{place.event_url}.ics"  # a closed meeting's entry is on one's own page
    return Letter(place.locale, "reminders/mail/reminder", {"place": place, "calendar_url": calendar_url})


def _address(facts: Mapping[str, Any], now: datetime) -> Letter | None:
    """Say that the address can be seen: never what it is."""
    place = _standing(facts, now)
    if place is None or not place.is_shown:
        return None
    return Letter(place.locale, "reminders/mail/address", {"place": place})


def _reminder_sample(locale: str) -> Letter:
    return _reminder_of(about.made_up(locale))


def _address_sample(locale: str) -> Letter:
    return Letter(locale, "reminders/mail/address", {"place": about.made_up(locale)})


LETTERS: dict[str, LetterKind] = {
    REMINDER: LetterKind(_reminder, Topic.REMINDERS, _reminder_sample),
    ADDRESS: LetterKind(_address, sample=_address_sample),
}
