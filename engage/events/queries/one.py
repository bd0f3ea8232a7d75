"""One event, as those who act on it need it."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from engage.core import db, secrets
from engage.core.refusal import NotFound
from engage.events import rules
from engage.events.models import Event, EventPerson, PrivateAddress, PublicationHold, ReviewNote
from engage.events.rules import LanguageUse, Missing
from engage.programmes.rules import PlaceKind

WHOLE: tuple[ORMOption, ...] = (
    joinedload(Event.programme), joinedload(Event.neighbourhood), joinedload(Event.venue),
    selectinload(Event.languages), selectinload(Event.people),
)


def _found(statement: Any) -> Any:
    row = db.session().scalars(statement).one_or_none()
    if row is None:
        raise NotFound
    return row


def locked(event_id: UUID) -> Event:
    """Return an event, locked until the transaction ends, with programme, people, languages. Raises NotFound."""
    parts = (selectinload(Event.programme), selectinload(Event.people), selectinload(Event.languages))
    wanted = select(Event).where(Event.id == event_id).options(*parts)
    event: Event = _found(wanted.with_for_update(of=Event).execution_options(populate_existing=True))
    return event


def for_manage(event_id: UUID) -> Event:
    """Return an event with all that its hosts' and staff's page shows. Raises NotFound."""
    event: Event = _found(select(Event).where(Event.id == event_id).options(*WHOLE))
    return event


def event_of_form(form_key: str) -> UUID | None:
    """Return the meeting that a form has scheduled already, if it has."""
    return db.session().scalar(select(Event.id).where(Event.id == secrets.id_of_form(form_key)))


def private_address(event_id: UUID) -> PrivateAddress | None:
    """Return a home as it is kept. Only `actions.address_for` and who writes it may call this."""
    return db.session().get(PrivateAddress, event_id)


def has_private_address(event_id: UUID) -> bool:
    """Say whether a home is on record, without looking at it."""
    return db.session().scalar(select(PrivateAddress.event_id).where(PrivateAddress.event_id == event_id)) is not None


def reveal_hours(event_id: UUID) -> int | None:
    """Return how long before the start a home's address is shown, without looking at it."""
    return db.session().scalar(select(PrivateAddress.reveal_hours).where(PrivateAddress.event_id == event_id))


def part(event_person_id: UUID) -> EventPerson:
    """Return somebody's part in an event. Raises NotFound."""
    found: EventPerson = _found(select(EventPerson).where(EventPerson.id == event_person_id))
    return found


def notes(event_id: UUID) -> list[ReviewNote]:
    """Return the talk about a proposal, oldest first."""
    about = select(ReviewNote).where(ReviewNote.event_id == event_id)
    return list(db.session().scalars(about.order_by(ReviewNote.at, ReviewNote.id)))


def note(note_id: UUID) -> ReviewNote | None:
    """Return one note about a proposal."""
    return db.session().get(ReviewNote, note_id)


def holds(event_id: UUID) -> list[str]:
    """Return the codes of what keeps an event from being published, oldest first."""
    standing = select(PublicationHold.reason).where(PublicationHold.event_id == event_id, PublicationHold.lifted_at.is_(None))
    return list(db.session().scalars(standing.order_by(PublicationHold.placed_at)))


def events(ids: Collection[UUID]) -> list[Event]:
    """Return events by id, with all that a line about each shows, by time."""
    wanted = select(Event).where(Event.id.in_(ids)).options(*WHOLE)
    return list(db.session().scalars(wanted.order_by(Event.starts_at, Event.id)))


def with_home(ids: Collection[UUID]) -> frozenset[UUID]:
    """Return which of these events have a home's address on record, without looking at any."""
    return frozenset(db.session().scalars(select(PrivateAddress.event_id).where(PrivateAddress.event_id.in_(ids))))


def missing_of(event: Event, homes: Collection[UUID] | None = None) -> tuple[Missing, ...]:
    """Return what an event still needs before it can be sent in; programme and languages must be loaded.

    What its programme does not allow is missing too: the programme may be another one by now. `homes` are
    the events known to have a home's address; without, it is asked for.
    """
    programme = event.programme
    has_home = has_private_address(event.id) if homes is None else event.id in homes
    return rules.missing({
        Missing.TITLE: event.title.texts,
        Missing.DESCRIPTION: event.description.texts,
        Missing.TIME: event.starts_at,
        Missing.NEIGHBOURHOOD: event.neighbourhood_id,
        Missing.PLACE: event.venue_id or (has_home and programme.place_kind == PlaceKind.PRIVATE),
        Missing.LANGUAGES: any(row.use == LanguageUse.SPOKEN for row in event.languages),
        Missing.CAPACITY: not rules.capacity_refusal(event.capacity, programme.least_guests, programme.most_guests),
    })
