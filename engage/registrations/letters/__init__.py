"""Letters of registrations: from ids and facts to what somebody reads."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from engage.core.i18n import gettext as _
from engage.core.text import Localized, isolate
from engage.events.adapters import Method
from engage.messages.letters import Attachment, Letter, LetterKind
from engage.messages.rules import Topic
from engage.registrations import queries
from engage.registrations.letters import about, words
from engage.registrations.letters.about import Place
from engage.registrations.letters.hosting import GUESTS_ASK
from engage.registrations.letters.inviting import INVITED
from engage.registrations.letters.referring import REFERRED
from engage.registrations.letters.words import Words, Write
from engage.registrations.rules import AUDIENCES, PROVEN, State

TEMPLATE = "registrations/mail/place"


def _letter(place: Place, write: Write, attachments: tuple[Attachment, ...] = ()) -> Letter:
    return Letter(place.locale, TEMPLATE, {"place": place, "words": partial(write, place)}, attachments)


def _kind(
    write: Write, states: Collection[State], sample: State, *, topic: Topic | None = Topic.PLACES,
    calendar: Method | None = None, after: bool = False,
) -> LetterKind:
    """Return a letter that goes out only while the place is in one of some states, and, unless it is
    told `after` one, while the meeting stands."""

    def render(facts: Mapping[str, Any], now: datetime) -> Letter | None:
        place = about.load(facts, now)
        if place is None or place.state not in states or (place.is_event_cancelled and not after):
            return None
        is_in_calendar = (place.was or place.state) == State.CONFIRMED
        attachments = about.calendar(place, calendar, now) if calendar and is_in_calendar else ()
        return _letter(place, write, attachments)

    return LetterKind(render, topic, sample=lambda locale: _letter(about.made_up(locale, sample), write))


def _host_wrote(facts: Mapping[str, Any], now: datetime) -> Letter | None:
    """Bring what host or staff write to whoever is still among those it is for, at the soonest meeting where they are."""
    note = queries.guest_note(UUID(facts["note_id"]))
    for registration_id in (facts["registration_id"], *facts.get("others", ())) if note else ():
        place = about.load({"registration_id": registration_id}, now)
        if note and place and place.state in AUDIENCES[note.audience]:
            return _letter(place, partial(_note_words, subject=note.subject, body=note.body))
    return None


def _note_words(place: Place, *, subject: Localized, body: Localized) -> Words:
    written = isolate(subject.shown(place.locale).text)
    return Words(
        subject=_("%(subject)s – %(title)s", subject=written, title=words.title(place)),
        text=(_("The hosts of your meeting write to you:"),), note=body, button=_("My place"),
    )


def _host_wrote_sample(locale: str) -> Letter:
    body = Localized.of("en", "The door is the green one.\n\nPlease ring twice.")
    return _letter(about.made_up(locale), partial(_note_words, subject=Localized.of("en", "The green door"), body=body))


def _moved(facts: Mapping[str, Any], now: datetime) -> Letter | None:
    """Tell of a change, unless a later one is told of already."""
    place = about.load(facts, now)
    if place is None or place.entry is None or place.state not in PROVEN or place.is_event_cancelled:
        return None
    if place.entry.sequence != facts["sequence"]:
        return None
    attachments = about.calendar(place, "REQUEST", now) if place.state == State.CONFIRMED else ()
    return _letter(place, words.moved, attachments)


def _cancelled_sample(locale: str) -> Letter:
    return _letter(replace(about.made_up(locale), is_event_cancelled=True, code=""), words.event_cancelled)


_UNPROVEN = (State.HELD, State.UNPROVEN, State.LAPSED)
_event_cancelled = _kind(words.event_cancelled, PROVEN, State.CONFIRMED, calendar="CANCEL", after=True)

LETTERS: dict[str, LetterKind] = {
    "place_asked": _kind(words.asked, _UNPROVEN, State.HELD, topic=None),
    "place_confirmed": _kind(words.confirmed, (State.CONFIRMED,), State.CONFIRMED, calendar="REQUEST"),
    "place_approved": _kind(words.approved, (State.CONFIRMED,), State.CONFIRMED, calendar="REQUEST"),
    "place_requested": _kind(words.requested, (State.REQUESTED,), State.REQUESTED),
    "place_waiting": _kind(words.waiting, (State.WAITING,), State.WAITING),
    "place_offered": _kind(words.offered, (State.OFFERED,), State.OFFERED),
    "place_lapsed": _kind(words.lapsed, (State.LAPSED,), State.LAPSED),
    "place_cancelled": _kind(words.cancelled, (State.CANCELLED,), State.CANCELLED, calendar="CANCEL"),
    "place_declined": _kind(words.declined, (State.DECLINED,), State.DECLINED),
    "place_removed": _kind(words.removed, (State.REMOVED,), State.REMOVED, topic=None, calendar="CANCEL"),
    "place_known": _kind(words.known, {*PROVEN, State.DECLINED, State.REMOVED}, State.WAITING, topic=None),
    "event_moved": LetterKind(_moved, sample=lambda locale: _letter(about.made_up(locale), words.moved)),
    "event_cancelled": LetterKind(_event_cancelled.render, sample=_cancelled_sample),
    "guests_ask": GUESTS_ASK,
    "invited": INVITED,
    "referred": REFERRED,
    "host_wrote": LetterKind(_host_wrote, Topic.PLACES, sample=_host_wrote_sample),
}
