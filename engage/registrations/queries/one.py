"""One registration, as those who act on it need it; one event, as signing up needs it."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from engage.core import db
from engage.core.refusal import NotFound
from engage.events import queries as event_queries
from engage.events.models import Event, GuestNote, PrivateAddress
from engage.events.queries.listing import LISTED
from engage.events.rules import PUBLIC
from engage.messages import queries as messages
from engage.messages.rules import Channel
from engage.registrations.models import Registration
from engage.registrations.rules import ANSWERED, LIVE, PROVEN, State

EVENT: tuple[Any, ...] = (
    joinedload(Event.programme), joinedload(Event.neighbourhood), joinedload(Event.venue),
    selectinload(Event.languages), selectinload(Event.people),
)
PARTY: tuple[Any, ...] = (selectinload(Registration.address), selectinload(Registration.needs))


def locked(registration_id: UUID) -> Registration:
    """Return a registration with its event, both locked, the event first. Raises NotFound."""
    event_id = db.session().scalar(select(Registration.event_id).where(Registration.id == registration_id))
    if event_id is None:
        raise NotFound
    event = event_queries.locked(event_id)
    wanted = select(Registration).where(Registration.id == registration_id).options(*PARTY)
    locking = wanted.with_for_update(of=Registration).execution_options(populate_existing=True)
    registration = db.session().scalars(locking).one_or_none()
    if registration is None:
        raise NotFound
    set_committed_value(registration, "event", event)
    return registration


def one(registration_id: UUID) -> Registration:
    """Return a registration with all that its page shows. Raises NotFound."""
    found = find(registration_id)
    if found is None:
        raise NotFound
    return found


def find(registration_id: UUID) -> Registration | None:
    """Return a registration with its event, address and needs, or None where it is gone."""
    wanted = select(Registration).where(Registration.id == registration_id)
    whole = wanted.options(joinedload(Registration.event).options(*EVENT), *PARTY).execution_options(populate_existing=True)
    return db.session().scalars(whole).one_or_none()


def revocation(registration_id: UUID) -> int | None:
    """Return the number that a personal link to a registration must carry; None where there is none."""
    return db.session().scalar(select(Registration.revocation).where(Registration.id == registration_id))


def by_form_key(event_id: UUID, form_key: str) -> Registration | None:
    """Return what the same form made when it was sent before."""
    same = select(Registration).where(Registration.event_id == event_id, Registration.form_key == form_key)
    return db.session().scalars(same).one_or_none()


def is_for(registration: Registration, contact: str) -> bool:
    """Say whether a registration is for an email address, however it was typed."""
    address = messages.find_address(contact, Channel.EMAIL)
    return address is not None and address.id == registration.address_id


def by_code(event_id: UUID, code: str) -> Registration | None:
    """Return a confirmed registration by the code said at the door, however it was typed."""
    seated_here = select(Registration).where(Registration.event_id == event_id, Registration.state == State.CONFIRMED)
    return db.session().scalars(seated_here.where(Registration.code == code.strip().upper())).one_or_none()


def has_code(event_id: UUID, code: str) -> bool:
    """Say whether a code is in use at an event."""
    used = select(Registration.id).where(Registration.event_id == event_id, Registration.code == code)
    return db.session().scalar(used) is not None


def standing(event_id: UUID, address_id: UUID) -> Registration | None:
    """Return what an address has at an event: a live sign-up, else the host's no."""
    has = select(Registration).where(Registration.event_id == event_id, Registration.address_id == address_id)
    newest = has.where(Registration.state.in_(LIVE | ANSWERED)).order_by(Registration.created_at.desc())
    found = db.session().scalars(newest).all()
    return next((row for row in found if row.state in LIVE), found[0] if found else None)


def place_of(event_id: UUID, addresses: Collection[UUID]) -> Registration | None:
    """Return the proven, live registration that somebody has at an event."""
    mine = select(Registration).where(Registration.event_id == event_id, Registration.address_id.in_(addresses))
    return db.session().scalars(mine.where(Registration.state.in_(PROVEN)).order_by(Registration.turn)).first()


def home_shown_from(event: Event) -> datetime | None:
    """Return from when guests see a private address, without looking at it; None for a public place."""
    hours = db.session().scalar(select(PrivateAddress.reveal_hours).where(PrivateAddress.event_id == event.id))
    return event.starts_at - timedelta(hours=hours) if event.starts_at and hours is not None else None


def guest_note(note_id: UUID) -> GuestNote | None:
    """Return what host or staff wrote to all guests."""
    return db.session().get(GuestNote, note_id)


def event_for_sign_up(slug: str) -> Event:
    """Return an event that is open to all with what its sign-up page shows. Raises NotFound."""
    wanted = select(Event).where(Event.slug == slug, Event.state.in_(PUBLIC), LISTED)
    event = db.session().scalars(wanted.options(
        joinedload(Event.programme), joinedload(Event.neighbourhood), joinedload(Event.venue), selectinload(Event.languages),
    )).one_or_none()
    if event is None:
        raise NotFound
    return event
