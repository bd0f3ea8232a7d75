"""Links by letter that work once: asked for, and used by the button behind them."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, select

from engage.accounts import adapters, facts, policy, queries, rules
from engage.accounts.actions import documents, sessions
from engage.accounts.models import Contact, Person, SignIn, Ticket
from engage.accounts.rules import Reason, TicketPurpose
from engage.core import db, ledger
from engage.core.access import Actor
from engage.core.refusal import NotFound, Refused, require
from engage.messages import actions as outbox
from engage.messages.models import Address

KNOWN_FOR = timedelta(days=1)  # how long a letter about an attempt is worth reading


# --- asking for one -----------------------------------------------------------------------------


def request_sign_in(*, email: str, locale: str, carried: str | None = None, by: Actor, now: datetime) -> None:
    """Send a link that signs in. Whoever has no account is told so by letter, and nowhere else."""
    _request(TicketPurpose.SIGN_IN, email, locale, carried, now)


def request_reset(*, email: str, locale: str, by: Actor, now: datetime) -> None:
    """Send a link behind which a new password is chosen; whoever has no account is told so by letter."""
    _request(TicketPurpose.RESET, email, locale, None, now)


def _request(purpose: TicketPurpose, email: str, locale: str, carried: str | None, now: datetime) -> None:
    address = outbox.address_for_mail(value=email, now=now)
    contact = queries.contact_for(address.id)
    if contact is None:
        tell(address.id, "unknown", {"locale": locale}, now)
    elif contact.proven_at is None:
        send_ticket(TicketPurpose.PROVE, contact, now, carried)
    else:
        send_ticket(purpose, contact, now, carried)


def send_ticket(purpose: TicketPurpose, contact: Contact, now: datetime, carried: str | None = None) -> Ticket:
    """Write a letter with a link that works once, for a while."""
    ticket = Ticket(purpose=purpose, contact_id=contact.id, carried=carried, expires_at=now + rules.TICKET_LIVES[purpose])
    db.session().add(ticket)
    db.session().flush()
    outbox.post(
        about=f"account-{purpose}:{ticket.id}", kind=f"accounts.{purpose}", to=contact.address_id,
        facts={"ticket_id": ticket.id}, thread=thread(contact.person_id), now=now, expires_at=ticket.expires_at,
    )
    return ticket


def tell(address_id: UUID, kind: str, about: dict[str, Any], now: datetime, person_id: UUID | None = None) -> None:
    """Write a letter that only tells, once for each time something happens."""
    outbox.post(
        about=f"account-{kind}:{uuid4()}", kind=f"accounts.{kind}", to=address_id, facts=about, now=now,
        thread=thread(person_id) if person_id else "", expires_at=now + KNOWN_FOR,
    )


def thread(person_id: UUID) -> str:
    """Return what a person's letters about their account have in common."""
    return f"account:{person_id}"


# --- pressing its button ------------------------------------------------------------------------


def prove(
    *, ticket_id: UUID, password: str | None, locale: str, browser: sessions.Browser, by: Actor, now: datetime
) -> sessions.Entry:
    """Open the account of somebody who got our letter: address proven, documents agreed to, signed in."""
    ticket = _use(ticket_id, TicketPurpose.PROVE, by, now)
    contact = ticket.contact
    _take_address(contact, now)
    if password:
        _set_password(contact, password)
    for kind in rules.AGREED_BY_ALL:
        documents.agree(address_id=contact.address_id, purpose=kind, locale=locale, by=by, now=now)
    ledger.record(facts.AccountOpened(contact.person_id), by=by)
    return _enter(ticket, browser, by, now)


def enter_by_ticket(*, ticket_id: UUID, browser: sessions.Browser, by: Actor, now: datetime) -> sessions.Entry:
    """Sign in whoever got our letter."""
    return _enter(_use(ticket_id, TicketPurpose.SIGN_IN, by, now), browser, by, now)


def reset_password(
    *, ticket_id: UUID, password: str, browser: sessions.Browser, by: Actor, now: datetime
) -> sessions.Entry:
    """Take a new password from whoever got our letter, and end all sessions begun before."""
    ticket = _use(ticket_id, TicketPurpose.RESET, by, now)
    person_id = ticket.contact.person_id
    _set_password(ticket.contact, password)
    sessions.end_all(SignIn.person_id == person_id, by=by, now=now)
    ledger.record(facts.SignInChanged(person_id, "password"), by=by)
    return _enter(ticket, browser, by, now)


def confirm_address(*, ticket_id: UUID, by: Actor, now: datetime) -> None:
    """Let a new address, proven, take the old one's place; the old one is told."""
    ticket = _use(ticket_id, TicketPurpose.CHANGE, by, now)
    contact = ticket.contact
    require(policy.may_change_account(by, contact.person_id))
    former = queries.mail_contact(contact.person_id)
    _take_address(contact, now)
    contact.is_main = True
    if former is not None and former.id != contact.id:
        _leave(former, contact, by, now)
    ledger.record(facts.SignInChanged(contact.person_id, "email"), by=by)


def _leave(former: Contact, contact: Contact, by: Actor, now: datetime) -> None:
    """Take to the new address what was the old one's; that gets a last letter."""
    old, new = former.address_id, contact.address_id
    documents.take_along(old=old, new=new)
    outbox.readdress(old=old, new=new, now=now)
    tell(old, "changed", {"person_id": contact.person_id}, now, contact.person_id)
    db.session().delete(former)
    ledger.record(facts.AddressChanged(contact.person_id, old, new), by=by)


def _use(ticket_id: UUID, purpose: TicketPurpose, by: Actor, now: datetime) -> Ticket:
    """Spend a ticket. Raises NotAllowed, NotFound, Refused; of two at once the second is refused."""
    require(policy.may_use_ticket(by, ticket_id))
    _lock_address(ticket_id)
    mine = select(Ticket).where(Ticket.id == ticket_id, Ticket.purpose == purpose)
    ticket = db.session().scalars(mine.with_for_update().execution_options(populate_existing=True)).one_or_none()
    if ticket is None:
        raise NotFound
    if reason := rules.ticket_refusal(ticket.used_at, ticket.expires_at, now):
        raise Refused(reason)
    ticket.used_at = now
    return ticket


def _lock_address(ticket_id: UUID) -> None:
    """Let those who claim one address come one after the other; the address first, then its tickets."""
    about = select(Contact.address_id).join(Ticket, Ticket.contact_id == Contact.id).where(Ticket.id == ticket_id)
    claimed = select(Address.id).where(Address.id == about.scalar_subquery())
    db.session().execute(claimed.with_for_update(key_share=True))


def _enter(ticket: Ticket, browser: sessions.Browser, by: Actor, now: datetime) -> sessions.Entry:
    """Begin a session and hand over what the ticket carried; it is not kept any longer."""
    carried, ticket.carried = ticket.carried, None
    begun = sessions.open_session(person_id=ticket.contact.person_id, browser=browser, by=by, now=now)
    return sessions.Entry(begun.token, begun.person_id, carried)


def _set_password(contact: Contact, password: str) -> None:
    if reason := rules.password_refusal(password, contact.address.value):
        raise Refused(reason)
    contact.person.password_hash = adapters.hash_password(password)


def _take_address(contact: Contact, now: datetime) -> None:
    """Note that an address, locked already, is proven; claims of others to it fall away."""
    others = select(Contact).where(Contact.address_id == contact.address_id, Contact.id != contact.id)
    for other in db.session().scalars(others):
        if other.proven_at is not None:
            raise Refused(Reason.ADDRESS_TAKEN)
        drop_claim(other)
    contact.proven_at = contact.proven_at or now
    db.session().flush()


def drop_claim(contact: Contact) -> None:
    """Take away a contact that was never proven, and the account if it has nothing else."""
    person_id = contact.person_id
    db.session().execute(delete(Contact).where(Contact.id == contact.id))
    is_bare = ~select(Contact.id).where(Contact.person_id == person_id).exists()
    db.session().execute(delete(Person).where(Person.id == person_id, Person.deleted_at.is_(None), is_bare))
