"""What people change about their own account, and how they leave."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select

from engage.accounts import adapters, facts, policy, queries, rules
from engage.accounts.actions import roles, sessions
from engage.accounts.actions.tickets import send_ticket, tell, thread
from engage.accounts.models import Consent, Contact, Grant, Person, SignIn
from engage.accounts.rules import Reason, TicketPurpose
from engage.core import db, ledger
from engage.core.access import Actor
from engage.core.refusal import NotFound, Refused, require
from engage.messages import actions as outbox
from engage.messages.rules import Channel


def _mine(person_id: UUID, by: Actor) -> Person:
    """Return an account its owner is about to change, locked. Raises NotAllowed, NotFound."""
    require(policy.may_change_account(by, person_id))
    alive = select(Person).where(Person.id == person_id, Person.deleted_at.is_(None))
    person = db.session().scalars(alive.with_for_update()).one_or_none()
    if person is None:
        raise NotFound
    return person


def change_profile(*, person_id: UUID, called: str, locale: str, by: Actor, now: datetime) -> None:
    """Change the name somebody is called by and the language of their letters."""
    person = _mine(person_id, by)
    person.called, person.locale = called, locale


def change_password(
    *, person_id: UUID, current: str, password: str, keep: UUID | None, by: Actor, now: datetime
) -> None:
    """Set a password, the first or another, and end all sessions but the one in use. Raises Refused."""
    person = _mine(person_id, by)
    if person.password_hash and not adapters.is_password(person.password_hash, current):
        raise Refused(Reason.WRONG_PASSWORD)
    mail = queries.mail_contact(person_id)
    if reason := rules.password_refusal(password, mail.address.value if mail else ""):
        raise Refused(reason)
    person.password_hash = adapters.hash_password(password)
    sessions.end_sessions(person_id=person_id, keep=keep, by=by, now=now)
    ledger.record(facts.SignInChanged(person_id, "password"), by=by)


def drop_password(*, person_id: UUID, by: Actor, now: datetime) -> None:
    """Go without a password: a link by letter each time."""
    _mine(person_id, by).password_hash = None
    ledger.record(facts.SignInChanged(person_id, "no password"), by=by)


def change_address(*, person_id: UUID, email: str, by: Actor, now: datetime) -> None:
    """Ask a new address to prove itself; until then the old one stays. Raises Refused.

    Where the address is somebody else's they are told by letter, and the asker sees no difference.
    """
    person = _mine(person_id, by)
    address = outbox.address_for_mail(value=email, now=now)
    owner = queries.holder(address.id)
    if owner is not None and owner.id == person.id:
        raise Refused(Reason.SAME_ADDRESS)
    if owner is not None:
        tell(address.id, "known", {"person_id": owner.id}, now, owner.id)
        return
    contact = _claim(person_id, address.id, now)
    send_ticket(TicketPurpose.CHANGE, contact, now)


def change_channel(*, person_id: UUID, channel: Channel, phone: str, by: Actor, now: datetime) -> bool:
    """Choose how to be reached. A phone counts once staff have called it: say whether it does already."""
    person = _mine(person_id, by)
    if channel == Channel.EMAIL:
        person.channel = channel
        ledger.record(facts.SignInChanged(person_id, "channel"), by=by)
        return True
    if not phone:
        raise Refused(Reason.NEEDS_PHONE)
    address = outbox.address_for_mail(value=phone, channel=Channel.PHONE, now=now)
    contact = _claim(person_id, address.id, now)
    _drop_phones(person_id, but=contact.id)
    if contact.proven_at is not None:
        person.channel = channel
    ledger.record(facts.SignInChanged(person_id, "channel"), by=by)
    return contact.proven_at is not None


def _claim(person_id: UUID, address_id: UUID, now: datetime) -> Contact:
    mine = select(Contact).where(Contact.person_id == person_id, Contact.address_id == address_id)
    contact = db.session().scalars(mine).one_or_none()
    if contact is None:
        contact = Contact(person_id=person_id, address_id=address_id, is_main=False, created_at=now)
        db.session().add(contact)
        db.session().flush()
    return contact


def _drop_phones(person_id: UUID, *, but: UUID) -> None:
    """Forget other numbers: a person has one."""
    for contact in queries.contacts(person_id):
        if contact.address.channel == Channel.PHONE and contact.id != but:
            db.session().delete(contact)


def delete_account(*, person_id: UUID, by: Actor, now: datetime) -> None:
    """Erase somebody: name, contacts, sessions, roles. Raises Refused for the last administrator.

    An empty row stays for a while, so that what they did in public keeps its thread by id.
    """
    person = _mine(person_id, by)
    roles.keep_an_administrator(without=person_id, on=queries.today())
    addresses = [contact.address_id for contact in queries.contacts(person_id) if contact.proven_at]
    outbox.drop(thread=thread(person_id), now=now)
    _withdraw_consents(person_id)
    for rows in (Contact, Grant, SignIn):
        db.session().execute(delete(rows).where(rows.person_id == person_id))
    person.called, person.password_hash, person.channel = "", None, Channel.EMAIL
    person.trained_on = person.trained_until = None
    person.revocation += 1
    person.deleted_at = now
    for gone in addresses or (None,):
        ledger.record(facts.PersonDeleted(person_id, gone), by=by)


def _withdraw_consents(person_id: UUID) -> None:
    mine = select(Contact.address_id).where(Contact.person_id == person_id, Contact.proven_at.is_not(None))
    db.session().execute(delete(Consent).where(Consent.address_id.in_(mine)))
