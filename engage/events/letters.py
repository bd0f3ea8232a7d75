"""Letters of events: from ids and facts to what somebody reads. None carries a private address."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from engage.accounts import queries as accounts
from engage.core import pages
from engage.core.city import city
from engage.core.text import Localized
from engage.events import queries, rules
from engage.events.adapters import page_url, place_name
from engage.events.models import Event, EventPerson, Subscription
from engage.events.rules import Acceptance, PersonRole, State
from engage.messages.letters import Letter, LetterKind, spoken
from engage.messages.rules import Topic
from engage.places import queries as places
from engage.programmes import queries as programmes

Facts = Mapping[str, Any]


def _event(facts: Facts) -> Event:
    return queries.for_manage(UUID(facts["event_id"]))


def _part(event: Event, facts: Facts) -> EventPerson | None:
    return next((part for part in event.people if part.id == UUID(facts["part_id"])), None)


def _locale(part: EventPerson) -> str:
    """Return the language of a host: of the account the part or its address belongs to."""
    person = accounts.person(part.person_id) if part.person_id else part.address_id and accounts.holder(part.address_id)
    return spoken(person.locale) if person else city().default_locale


def _about(event: Event) -> dict[str, Any]:
    """Return what every letter about an event may say of it."""
    return {
        "title": event.title, "starts_at": event.starts_at, "ends_at": event.ends_at, "zone": event.zone,
        "place": place_name(event),
    }


def _manage_url(event: Event, locale: str) -> str:
    return pages.address("events.manage", locale=locale, event_id=event.id)


def _to_host(name: str, facts: Facts, still: State | None, **more: Any) -> Letter | None:
    """Write to a host, unless the event has gone on since (`still` is what it must be) or they are no host any more."""
    event = _event(facts)
    part = _part(event, facts)
    if part is None or (still is not None and event.state != still):
        return None
    locale = _locale(part)
    context = {**_about(event), "called": part.called, "url": _manage_url(event, locale), **_note(facts), **more}
    return Letter(locale, f"events/mail/{name}", context)


def _note(facts: Facts) -> dict[str, str]:
    found = queries.note(UUID(facts["note_id"])) if "note_id" in facts else None
    return {"note": found.body if found else ""}


def published(facts: Facts, _now: datetime) -> Letter | None:
    """Tell a host that their meeting is public."""
    event = _event(facts)
    part = _part(event, facts)
    locale = _locale(part) if part else city().default_locale
    return _to_host("published", facts, State.PUBLISHED, page=page_url(event, locale))


def changes(facts: Facts, _now: datetime) -> Letter | None:
    """Tell a host what should change."""
    return _to_host("changes", facts, State.CHANGES_REQUESTED)


def declined(facts: Facts, _now: datetime) -> Letter | None:
    """Tell a host that their proposal was declined, and why."""
    return _to_host("declined", facts, State.DECLINED)


def answered(facts: Facts, _now: datetime) -> Letter | None:
    """Tell a host that the city wrote about their proposal."""
    return _to_host("answered", facts, None)


def below_least(facts: Facts, now: datetime) -> Letter | None:
    """Ask a host to go ahead or cancel, if that is still open."""
    event = _event(facts)
    is_open = rules.is_below_least(
        state=event.state, least=event.least_guests, seats_taken=event.seats_taken, is_going_ahead=event.is_going_ahead
    )
    if not is_open or event.starts_at is None or now >= event.starts_at:
        return None
    return _to_host("below_least", facts, State.PUBLISHED, taken=event.seats_taken, least=event.least_guests)


def host(facts: Facts, _now: datetime) -> Letter | None:
    """Tell somebody whom staff have made the host."""
    event = _event(facts)
    part = _part(event, facts)
    if part is None or part.role != PersonRole.HOST or event.state not in rules.PROPOSAL | {State.PUBLISHED}:
        return None
    return _to_host("host", facts, None)


def moved(facts: Facts, _now: datetime) -> Letter | None:
    """Tell those who welcome the guests of a new time or place, unless a later one is told of already."""
    is_latest = _event(facts).sequence == facts["sequence"]
    return _to_host("moved", facts, State.PUBLISHED) if is_latest else None


def cancelled(facts: Facts, _now: datetime) -> Letter | None:
    """Tell those who would have welcomed the guests that nobody comes."""
    return _to_host("cancelled", facts, State.CANCELLED, reason=_event(facts).cancel_reason)


def cohost(facts: Facts, _now: datetime) -> Letter | None:
    """Ask somebody to host together."""
    event = _event(facts)
    part = _part(event, facts)
    if part is None or part.acceptance != Acceptance.INVITED or event.state not in rules.PROPOSAL | {State.PUBLISHED}:
        return None
    locale = spoken(facts["locale"])
    asker = accounts.person(UUID(facts["by_id"]))
    url = pages.link("cohost", part.id, part.revocation, locale)
    context = {**_about(event), "called": part.called, "by": asker.called if asker else city().name, "url": url}
    return Letter(locale, "events/mail/cohost", context)


def subscription(facts: Facts, _now: datetime) -> Letter | None:
    """Send the link whose page starts or ends the letters about new meetings."""
    row = queries.subscription(UUID(facts["subscription_id"]))
    if row is None or row.ended_at is not None:
        return None
    is_heard = row.proven_at is not None and not queries.is_declined(row)
    return Letter(spoken(row.locale), "events/mail/subscription", {**_wish(row), "is_proven": is_heard})


def new_events(facts: Facts, now: datetime) -> Letter | None:
    """Tell of what was published lately, fits any of somebody's wishes and is still to come; each meeting once."""
    until = datetime.fromisoformat(facts["until"])
    found: dict[UUID, Event] = {}
    wishes: list[Subscription] = []
    for subscription_id, since in facts["since"].items():
        row = queries.subscription(UUID(subscription_id))
        if row is not None and row.ended_at is None:
            wishes.append(row)
            found |= {event.id: event for event in queries.new_events(row, datetime.fromisoformat(since), until, now)}
    if not found:
        return None
    locale = spoken(wishes[0].locale)
    soonest = sorted(found.values(), key=lambda event: (event.starts_at or until, event.id))
    lines = [{**_about(event), "url": pages.address("events.show", locale=locale, slug=event.slug)} for event in soonest]
    return Letter(locale, "events/mail/new_events", {"events": lines, "wishes": [_wish(row) for row in wishes]})


def new_dates(facts: Facts, now: datetime) -> Letter | None:
    """Tell who follows a series of the dates that were added together and are still to come."""
    row = queries.subscription(UUID(facts["subscription_id"]))
    if row is None or row.ended_at is not None or row.series_id is None:
        return None
    made = queries.events([UUID(event_id) for event_id in facts["event_ids"]])
    told = [event for event in made if event.state == State.PUBLISHED and not event.programme.is_closed]
    dates = [event for event in told if event.starts_at and event.starts_at > now]
    if not dates:
        return None
    locale = spoken(row.locale)
    lines = [{**_about(event), "url": pages.address("events.show", locale=locale, slug=event.slug)} for event in dates]
    return Letter(locale, "events/mail/new_dates", {"events": lines, **_wish(row)})


def _wish(row: Subscription) -> dict[str, Any]:
    area = next((found for found in places.all_neighbourhoods() if found.id == row.neighbourhood_id), None)
    programme = programmes.programme(row.programme_id).name if row.programme_id else None
    return {
        "url": pages.link("subscription", row.id, row.revocation, spoken(row.locale)), "language": row.language,
        "area": area.name if area else None, "programme": programme,
        "series": queries.one_series(row.series_id).title if row.series_id else None,
    }


# --- samples: what a preview shows, with made-up people --------------------------------------------

_START = datetime(2027, 5, 20, 17, 30, tzinfo=UTC)
_TITLE = Localized(
    {"en": "Dinner with neighbours", "fr": "Dîner entre voisins", "es": "Cena entre vecinos", "ar": "عشاء مع الجيران"}, "en"
)
_MADE_UP: dict[str, Any] = {
    "title": _TITLE, "starts_at": _START, "ends_at": _START + timedelta(hours=3), "zone": "UTC", "place": "Dallow",
    "called": "Amina", "by": "Peter", "url": "https://example.org/", "page": "https://example.org/",
    "note": "Could you tell us which dishes there will be?", "taken": 7, "least": 10, "is_proven": False, "language": "ur",
    "area": "Dallow", "programme": None, "series": None,
    "reason": Localized.of("en", "The kitchen is closed."),
}


def _sample(name: str, locale: str, **more: Any) -> Letter:
    return Letter(locale, f"events/mail/{name}", {**_MADE_UP, "events": [_MADE_UP], "wishes": [_MADE_UP], **more})


LETTERS: dict[str, LetterKind] = {
    "events.published": LetterKind(published, Topic.PROPOSALS, lambda locale: _sample("published", locale)),
    "events.changes": LetterKind(changes, Topic.PROPOSALS, lambda locale: _sample("changes", locale)),
    "events.declined": LetterKind(declined, Topic.PROPOSALS, lambda locale: _sample("declined", locale)),
    "events.answered": LetterKind(answered, Topic.PROPOSALS, lambda locale: _sample("answered", locale)),
    "events.below_least": LetterKind(below_least, Topic.HOSTING, lambda locale: _sample("below_least", locale)),
    "events.host": LetterKind(host, Topic.HOSTING, lambda locale: _sample("host", locale)),
    "events.moved": LetterKind(moved, None, lambda locale: _sample("moved", locale)),
    "events.cancelled": LetterKind(cancelled, None, lambda locale: _sample("cancelled", locale)),
    "events.cohost": LetterKind(cohost, Topic.HOSTING, lambda locale: _sample("cohost", locale)),
    "events.subscription": LetterKind(subscription, None, lambda locale: _sample("subscription", locale)),
    "events.new_events": LetterKind(new_events, Topic.NEWS, lambda locale: _sample("new_events", locale)),
    "events.new_dates": LetterKind(new_dates, Topic.NEWS, lambda locale: _sample("new_dates", locale, series=_TITLE)),
}
