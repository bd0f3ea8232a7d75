"""What the clock ticks in accounts: keeping the promise to forget."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import CursorResult, Delete, delete, select
from sqlalchemy.exc import IntegrityError

from engage.accounts import rules
from engage.accounts.actions.tickets import drop_claim
from engage.accounts.models import Contact, Person, SignIn, Ticket
from engage.core import db
from engage.core.clock import Job
from engage.core.db import transaction
from engage.messages.models import Address
from engage.messages.rules import Channel


def forget(now: datetime) -> int:
    """Erase what has had its time; return how many rows."""
    swept = _sweep(delete(Ticket).where(Ticket.expires_at <= now))
    swept += _sweep(delete(SignIn).where(SignIn.ended_at <= now - rules.SIGN_IN_KEPT))
    swept += _sweep(delete(SignIn).where(SignIn.expires_at <= now - rules.SIGN_IN_KEPT))
    swept += _each(_stale_claims(now), _drop_claim)
    return swept + _each(_emptied_people(now), _drop_person)


def _sweep(rows: Delete) -> int:
    with transaction() as session:
        result = session.execute(rows)
    return result.rowcount if isinstance(result, CursorResult) else 0


def _each(ids: list[UUID], drop: Callable[[UUID], None]) -> int:
    """Drop one thing a transaction; what something else still refers to waits for another night."""
    dropped = 0
    for found in ids:
        try:
            with transaction():
                drop(found)
        except IntegrityError:
            continue
        dropped += 1
    return dropped


def _stale_claims(now: datetime) -> list[UUID]:
    """Return contacts that nobody has proven in time: letters in a week, numbers in a month."""
    claimed = select(Contact.id).join(Address).where(Contact.proven_at.is_(None))
    by_mail = (Address.channel == Channel.EMAIL) & (Contact.created_at <= now - rules.UNPROVEN_KEPT)
    by_phone = (Address.channel == Channel.PHONE) & (Contact.created_at <= now - rules.UNPROVEN_PHONE_KEPT)
    return list(db.session().scalars(claimed.where(by_mail | by_phone)))


def _drop_claim(contact_id: UUID) -> None:
    contact = db.session().get(Contact, contact_id, with_for_update=True)
    if contact is not None and contact.proven_at is None:
        drop_claim(contact)


def _emptied_people(now: datetime) -> list[UUID]:
    return list(db.session().scalars(select(Person.id).where(Person.deleted_at <= now - rules.DELETED_KEPT)))


def _drop_person(person_id: UUID) -> None:
    db.session().execute(delete(Person).where(Person.id == person_id))


JOBS: tuple[Job, ...] = (Job("accounts.forget", timedelta(days=1), forget),)
