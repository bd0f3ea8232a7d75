"""Write what was given onto an event's row. Judges values, not people: the actions have asked already."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from engage.core import clock, db
from engage.core.refusal import NotFound, Refused
from engage.core.text import Localized
from engage.events import queries, rules
from engage.events.actions.inputs import Details, Step, What, When, WhenAndWhere, Where, Words
from engage.events.models import Event, EventLanguage, PrivateAddress
from engage.events.rules import Hour, LanguageUse, Minors, Reason
from engage.places import queries as places
from engage.programmes import queries as programmes
from engage.programmes.rules import PlaceKind

_HOURS = {None: 0, Hour.FIRST: 0, Hour.SECOND: -1}
_FLAGS = ("is_step_free", "has_hearing_loop", "has_sign_language", "has_childcare", "helps_transport")


def write_step(event: Event, step: Step, now: datetime) -> None:
    """Write one step of a proposal. Raises Refused, NotFound."""
    if isinstance(step, What):
        write_what(event, step)
    elif isinstance(step, WhenAndWhere):
        if step.when is not None:
            write_when(event, step.when, now)
        write_where(event, step.where)
    else:
        write_details(event, step)


def write_what(event: Event, what: What) -> None:
    """Write programme and first words. Another source language takes the words with it, a programme that
    meets in public takes a home's address off the record."""
    programme = programmes.programme(what.programme_id)
    if not programme.is_active:
        raise Refused(Reason.INACTIVE_PROGRAMME)
    if event.programme_id not in (None, programme.id) and programme.place_kind == PlaceKind.PUBLIC:
        forget_home(event)
    event.programme_id, event.programme = programme.id, programme
    event.least_guests = programme.least_guests
    event.title = _rewritten(event.title, what.locale, what.title)
    event.description = _rewritten(event.description, what.locale, what.description)


def _rewritten(kept: Localized, locale: str, text: str) -> Localized:
    texts = {lang: old for lang, old in kept.texts.items() if lang != kept.source}
    return Localized({**texts, locale: text} if text else texts, locale)


def write_words(event: Event, words: Words) -> None:
    """Write an event's texts in one language beside those it has."""
    event.title = event.title.with_text(words.locale, words.title)
    event.description = event.description.with_text(words.locale, words.description)
    event.food = event.food.with_text(words.locale, words.food)


def words_of(event: Event, locale: str) -> Words:
    """Return an event's texts in one language."""
    return Words(locale, *(text.texts.get(locale, "") for text in (event.title, event.description, event.food)))


@dataclass(frozen=True)
class Span:
    """A time as people are told it, and the instants it stands for."""

    wall_start: datetime
    wall_end: datetime
    starts_at: datetime
    ends_at: datetime


def span(when: When, zone: str, now: datetime) -> Span:
    """Return what a wall time stands for. Raises Refused for an hour that isn't one hour, and times nobody can meet at."""
    wall_start = datetime.combine(when.day, when.start)
    wall_end = datetime.combine(when.day, when.end)
    if wall_end <= wall_start:
        wall_end += timedelta(days=1)
    starts, ends = clock.instants(wall_start, zone), clock.instants(wall_end, zone)
    for refusal in (rules.start_refusal(len(starts), when.start_hour), rules.end_refusal(len(ends), when.end_hour)):
        if refusal:
            raise Refused(refusal)
    starts_at, ends_at = starts[_HOURS[when.start_hour]], ends[_HOURS[when.end_hour]]
    if refusal := rules.span_refusal(starts_at, ends_at, now):
        raise Refused(refusal, hours=round((ends_at - starts_at) / timedelta(hours=1)))
    return Span(wall_start, wall_end, starts_at, ends_at)


def write_when(event: Event, when: When, now: datetime) -> None:
    """Write wall times and the instants they stand for. Raises Refused for an hour that isn't one hour."""
    given = span(when, event.zone, now)
    event.wall_start, event.wall_end = given.wall_start, given.wall_end
    event.starts_at, event.ends_at = given.starts_at, given.ends_at


def write_where(event: Event, where: Where) -> None:
    """Write the place: a venue takes a home's address off the record. Raises Refused."""
    if where.venue_id is not None:
        _write_venue(event, where)
        return
    if event.programme.place_kind == PlaceKind.PUBLIC and where.address:
        raise Refused(Reason.NO_SUCH_PLACE)
    event.venue_id = event.venue = None
    event.neighbourhood_id = _area(where.neighbourhood_id)
    if event.programme.place_kind == PlaceKind.PRIVATE:
        _write_home(event, where)


def _write_venue(event: Event, where: Where) -> None:
    try:
        venue = places.venue(where.venue_id) if where.venue_id else None
    except NotFound as error:
        raise Refused(Reason.NO_SUCH_PLACE) from error
    if venue is None or not (venue.is_active or venue.id == event.venue_id):
        raise Refused(Reason.NO_SUCH_PLACE)
    event.venue_id, event.venue = venue.id, venue
    event.neighbourhood_id = _area(where.neighbourhood_id) or venue.neighbourhood_id
    forget_home(event)


def _area(area_id: UUID | None) -> UUID | None:
    try:
        return places.area(area_id).id if area_id else None
    except NotFound as error:
        raise Refused(Reason.NO_SUCH_PLACE) from error


def _write_home(event: Event, where: Where) -> None:
    kept = queries.private_address(event.id)
    hours = event.programme.reveal_hours if where.reveal_hours is None else where.reveal_hours
    if kept is None and where.address:
        home = PrivateAddress(event_id=event.id, address=where.address, directions=where.directions, reveal_hours=hours)
        db.session().add(home)
    elif kept is not None:
        kept.reveal_hours = hours
        if where.address:
            kept.address, kept.directions = where.address, where.directions


def forget_home(event: Event) -> None:
    """Take a home's address off the record."""
    if kept := queries.private_address(event.id):
        db.session().delete(kept)


def write_details(event: Event, details: Details) -> None:
    """Write languages, places and access; `event.languages` must be loaded. Raises Refused."""
    write_capacity(event, details.capacity)
    write_access(event, details)


def write_capacity(event: Event, capacity: int | None) -> None:
    """Write how many may come. Raises Refused."""
    event.capacity = possible_capacity(event, capacity)


def possible_capacity(event: Event, capacity: int | None) -> int | None:
    """Return how many may come where so many are wished for; it keeps to the programme's bounds. Raises Refused."""
    programme = event.programme
    if capacity is None:
        capacity = programme.most_guests
    if refusal := rules.capacity_refusal(capacity, programme.least_guests, programme.most_guests):
        raise Refused(refusal, least=max(programme.least_guests or 1, 1), most=programme.most_guests)
    if capacity is not None and capacity < event.seats_taken:
        raise Refused(Reason.BELOW_SEATS_TAKEN, taken=event.seats_taken)
    return capacity


def write_access(event: Event, details: Details) -> None:
    """Write all of the details but the number of places."""
    for flag in _FLAGS:
        setattr(event, flag, getattr(details, flag))
    event.minors = details.minors
    food = event.food if event.food.texts else Localized({}, details.locale)
    event.food = food.with_text(details.locale, details.food)
    wanted = {(code, LanguageUse.SPOKEN) for code in details.spoken}
    wanted |= {(code, LanguageUse.INTERPRETED) for code in details.interpreted if code not in details.spoken}
    kept = {(row.code, row.use): row for row in event.languages}
    for key in kept.keys() - wanted:
        event.languages.remove(kept[key])
    event.languages.extend(EventLanguage(code=code, use=use) for code, use in sorted(wanted - kept.keys()))


def details_of(event: Event, locale: str) -> Details:
    """Return all of the details but the number of places, as `write_access` writes them."""
    codes = {use: tuple(sorted(row.code for row in event.languages if row.use == use)) for use in LanguageUse}
    return Details(
        locale, codes[LanguageUse.SPOKEN], codes[LanguageUse.INTERPRETED], food=event.food.texts.get(locale, ""),
        minors=Minors(event.minors), **{flag: getattr(event, flag) for flag in _FLAGS},
    )


def settled(details: Details) -> Details:
    """Return details as `details_of` would read them once they are written: no language is interpreted that all speak."""
    interpreted = set(details.interpreted) - set(details.spoken)
    return replace(
        details, spoken=tuple(sorted(set(details.spoken))), interpreted=tuple(sorted(interpreted)), capacity=None,
    )
