"""Invitations to closed meetings: of one event, one by its link, and those kept long enough."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import joinedload, selectinload

from engage.core import db
from engage.core.refusal import NotFound
from engage.events.models import Event
from engage.events.rules import PUBLIC
from engage.messages.models import Address
from engage.registrations import rules
from engage.registrations.models import Invitation
from engage.registrations.rules import InvitationState


def invitation(invitation_id: UUID) -> Invitation:
    """Return an invitation. Raises NotFound."""
    found = db.session().get(Invitation, invitation_id, populate_existing=True)
    if found is None:
        raise NotFound
    return found


def invitation_revocation(invitation_id: UUID) -> int | None:
    """Return the number a link to an invitation must carry: one that has ended still opens a page that says so."""
    return 0 if db.session().scalar(select(Invitation.id).where(Invitation.id == invitation_id)) else None


def state_of(invitation: Invitation, now: datetime) -> InvitationState:
    """Return where an invitation stands."""
    return rules.invitation_state(
        is_used=invitation.registration_id is not None, is_revoked=invitation.revoked_at is not None,
        ends_at=invitation.ends_at, now=now,
    )


def invitations_to(event_id: UUID) -> list[tuple[Invitation, str]]:
    """Return all invitations to an event with the address they went to ("" on paper), the newest first."""
    sent = select(Invitation, Address).outerjoin(Address, Address.id == Invitation.address_id)
    rows = db.session().execute(
        sent.where(Invitation.event_id == event_id).order_by(Invitation.created_at.desc(), Invitation.id)
    )
    return [(invitation, address.value if address else "") for invitation, address in rows]


def is_invited(event_id: UUID, address_id: UUID, now: datetime) -> bool:
    """Say whether an address has an invitation to an event that can still be used."""
    sent = select(Invitation.id).where(Invitation.event_id == event_id, Invitation.address_id == address_id)
    return db.session().scalar(sent.where(is_open(now)).limit(1)) is not None


def is_open(now: datetime) -> ColumnElement[bool]:
    """Return the criterion for invitations that can still be used."""
    return and_(Invitation.registration_id.is_(None), Invitation.revoked_at.is_(None), Invitation.ends_at > now)


def came_by_invitation(registration_id: UUID) -> bool:
    """Say whether a registration has used an invitation."""
    return db.session().scalar(_used_by(registration_id)) is not None


def came_by_ended_invitation(registration_id: UUID, now: datetime) -> bool:
    """Say whether a registration used an invitation whose last moment is over."""
    return db.session().scalar(_used_by(registration_id).where(Invitation.ends_at <= now)) is not None


def _used_by(registration_id: UUID) -> Select[UUID]:
    return select(Invitation.id).where(Invitation.registration_id == registration_id)


def event_of(invitation: Invitation) -> Event:
    """Return the closed event somebody is invited to, with all that its sign-up page shows. Raises NotFound."""
    wanted = select(Event).where(Event.id == invitation.event_id, Event.state.in_(PUBLIC))
    event = db.session().scalars(wanted.options(
        joinedload(Event.programme), joinedload(Event.neighbourhood), joinedload(Event.venue), selectinload(Event.languages),
    )).one_or_none()
    if event is None:
        raise NotFound
    return event


def invitations_for(addresses: Collection[UUID]) -> list[Invitation]:
    """Return the invitations that were sent to some addresses."""
    return list(db.session().scalars(select(Invitation).where(Invitation.address_id.in_(addresses))))


def invitations_of_before(before: datetime, limit: int = 500) -> list[UUID]:
    """Return invitations to events that ended before an instant."""
    old = select(Invitation.id).join(Event, Event.id == Invitation.event_id).where(Event.ends_at < before)
    return list(db.session().scalars(old.limit(limit)))
