"""What hosts and staff change about a published event, and what its guests are told of it."""

from dataclasses import fields
from datetime import datetime
from uuid import UUID, uuid4

from engage.core import db, ledger
from engage.core.access import Actor
from engage.core.refusal import Refused, require
from engage.events import facts, policy, queries, rules
from engage.events.actions import telling
from engage.events.actions.inputs import Details, ToGuests, What, WhenAndWhere, Words
from engage.events.actions.proposing import new_event
from engage.events.actions.state import grow_listing
from engage.events.actions.writing import write_access, write_capacity, write_when, write_where, write_words
from engage.events.models import Event, EventLanguage, EventPerson, GuestNote
from engage.events.rules import PUBLIC, Change, PersonRole, Reason
from engage.programmes import policy as programmes_policy

COPIED = (  # not the series: a copy is something of its own, and nobody who follows a series was promised it
    "neighbourhood_id", "venue_id", "capacity", "is_step_free", "has_hearing_loop", "has_sign_language",
    "has_childcare", "helps_transport", "minors", "title", "description", "food",
)
COPIED_PEOPLE = (PersonRole.OFFICIAL, PersonRole.PARTNER)


def _changeable(event_id: UUID, by: Actor, now: datetime) -> Event:
    event = queries.locked(event_id)
    require(policy.may_manage(by, event))
    if refusal := rules.change_refusal(event.state, event.starts_at, now):
        raise Refused(refusal, state=event.state)
    return event


def move(*, event_id: UUID, to: WhenAndWhere, by: Actor, now: datetime) -> Change:
    """Change time or place of a published event; everybody registered is told. Returns what it came to.

    Raises NotFound, NotAllowed, Refused.
    """
    event = _changeable(event_id, by, now)
    old_starts_at, before, hours = event.starts_at, _time_and_place(event), queries.reveal_hours(event.id)
    if to.when is not None:
        write_when(event, to.when, now)
    write_where(event, to.where)
    db.session().flush()
    if not _has_place(event):
        raise Refused(Reason.NO_SUCH_PLACE)
    if not policy.may_move_to(by, event, event.neighbourhood_id):
        raise Refused(Reason.ELSEWHERE)
    if _time_and_place(event) == before:
        return _show_at(event, hours, by)
    assert old_starts_at is not None  # noqa: S101 - a published event has a time
    event.sequence += 1
    db.session().flush()
    grow_listing(event)
    ledger.record(facts.EventMoved(event.id, event.sequence, old_starts_at), by=by)
    about = f"moved:{event.id}:{event.sequence}"
    telling.tell_others(event, "events.moved", about=about, by=by, now=now, sequence=event.sequence)
    return Change.MOVED


def _show_at(event: Event, old_hours: int | None, by: Actor) -> Change:
    """Note that a home's address is shown earlier or later than planned, if it is."""
    if old_hours is None or queries.reveal_hours(event.id) == old_hours:
        return Change.NOTHING
    ledger.record(facts.AddressHourChanged(event.id, old_hours), by=by)
    return Change.ADDRESS_HOUR


def _has_place(event: Event) -> bool:
    has_it = event.venue_id is not None or queries.has_private_address(event.id)
    return has_it and event.neighbourhood_id is not None


def _time_and_place(event: Event) -> tuple[object, ...]:
    kept = queries.private_address(event.id)
    home = (kept.address, kept.directions) if kept else None
    return event.starts_at, event.ends_at, event.venue_id, event.neighbourhood_id, home


def change_texts(*, event_id: UUID, words: Words, by: Actor, now: datetime) -> None:
    """Change a published event's texts in one language. Raises NotFound, NotAllowed, Refused."""
    event = _changeable(event_id, by, now)
    require(policy.may_change_texts(by, event, event.programme.is_reviewed))
    write_words(event, words)
    if not event.title.texts or not event.description.texts:
        raise Refused(Reason.NOT_COMPLETE, missing=(rules.Missing.TITLE,))
    _texts_changed(event, by)


def change_details(*, event_id: UUID, details: Details, by: Actor, now: datetime) -> None:
    """Change languages, access and food of a published event; places have an action of their own.

    Raises NotFound, NotAllowed, Refused.
    """
    event = _changeable(event_id, by, now)
    if not details.spoken:
        raise Refused(Reason.NOT_COMPLETE, missing=(rules.Missing.LANGUAGES,))
    write_access(event, details)
    _texts_changed(event, by)


def _texts_changed(event: Event, by: Actor) -> None:
    db.session().flush()
    grow_listing(event)
    ledger.record(facts.EventTextsChanged(event.id), by=by)


def raise_capacity(*, event_id: UUID, capacity: int | None, by: Actor, now: datetime) -> None:
    """Set how many may come, never below the places taken; new places go to those waiting.

    Raises NotFound, NotAllowed, Refused.
    """
    event = _changeable(event_id, by, now)
    before = event.capacity
    write_capacity(event, capacity)
    if event.capacity == before:
        return
    db.session().flush()
    grow_listing(event)
    is_raised = event.capacity is None or (before is not None and event.capacity > before)
    ledger.record(facts.CapacityRaised(event.id) if is_raised else facts.CapacityLowered(event.id), by=by)


def pause(*, event_id: UUID, is_paused: bool, by: Actor, now: datetime) -> None:
    """Stop sign-up for a while, or open it again. Raises NotFound, NotAllowed, Refused."""
    event = _changeable(event_id, by, now)
    if event.is_sign_up_paused == is_paused:
        return
    event.is_sign_up_paused = is_paused
    db.session().flush()
    grow_listing(event)
    ledger.record(facts.SignUpPaused(event.id, is_paused), by=by)


def go_ahead(*, event_id: UUID, by: Actor, now: datetime) -> None:
    """Decide to meet though fewer signed up than hoped for. Raises NotFound, NotAllowed, Refused."""
    event = _changeable(event_id, by, now)
    if event.is_going_ahead:
        return
    event.is_going_ahead = True
    ledger.record(facts.GoingAhead(event.id), by=by)


def write_to_guests(*, event_id: UUID, letter: ToGuests, by: Actor, now: datetime) -> UUID:
    """Write to those registered or waiting, once for each form; registrations posts the letters.

    Returns the note's id. Raises NotFound, NotAllowed, Refused.
    """
    event = queries.locked(event_id)
    require(policy.may_write_to_guests(by, event))
    if event.state not in PUBLIC:
        raise Refused(Reason.NOT_IN_THIS_STATE, state=event.state)
    if earlier := queries.guest_note_of(event.id, letter.form_key):
        return earlier
    note = GuestNote(
        id=uuid4(), event_id=event.id, author_id=by.person_id, at=now,
        **{field.name: getattr(letter, field.name) for field in fields(letter)},
    )
    db.session().add(note)
    db.session().flush()
    ledger.record(facts.GuestsWritten(event.id, note.id), by=by)
    return note.id


def duplicate(*, event_id: UUID, by: Actor, now: datetime) -> UUID:
    """Begin a draft like an event, without its time, home and guests, and return its id.

    A host gets a draft of their own, staff one of the city's. Raises NotFound, NotAllowed, Refused.
    """
    event = queries.locked(event_id)
    require(policy.may_manage(by, event))
    require(programmes_policy.may_propose(by, event.programme))
    copy = copied(event, now)
    if policy.is_host(by, event):
        copy.people.append(EventPerson(person_id=by.person_id, called=by.called, role=PersonRole.HOST))
    db.session().flush()
    ledger.record(facts.EventDrafted(copy.id), by=by)
    return copy.id


def copied(event: Event, now: datetime, copy_id: UUID | None = None) -> Event:
    """Return the row of a new draft like an event, without its time, home, hosts and guests; in `db.session()`."""
    source = event.title.source
    copy = new_event(What(event.programme_id, source, event.title.shown(source).text), now, copy_id)
    for name in COPIED:
        setattr(copy, name, getattr(event, name))
    copy.languages.extend(EventLanguage(code=row.code, use=row.use) for row in event.languages)
    copy.people.extend(
        EventPerson(called=part.called, title=part.title, role=part.role) for part in event.people if part.role in COPIED_PEOPLE
    )
    return copy
