"""Named selects of people, their contacts, roles and sign-ins."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Uuid, and_, case, column, func, or_, select, table
from sqlalchemy.orm import aliased, joinedload
from sqlalchemy.sql.elements import ColumnElement

from engage.accounts import policy
from engage.accounts.models import Consent, Contact, Document, Grant, Person, SignIn, Ticket
from engage.core import clock, db, text
from engage.core.access import Actor, Role, Scope
from engage.core.city import city
from engage.core.refusal import require
from engage.messages import queries as messages
from engage.messages.models import Address
from engage.messages.rules import Channel

_NEIGHBOURHOODS = table("neighbourhoods", column("id", Uuid), column("name"), column("parent_id", Uuid))


def _named_areas() -> list[tuple[UUID, str]]:
    rows = db.session().execute(select(_NEIGHBOURHOODS.c.id, _NEIGHBOURHOODS.c.name).order_by(_NEIGHBOURHOODS.c.name))
    return [(row.id, row.name) for row in rows]


@dataclass
class Areas:
    """The socket that places fills: a role's areas mean those below them as well."""

    expand: Callable[[Collection[UUID]], frozenset[UUID]] = frozenset
    named: Callable[[], list[tuple[UUID, str]]] = field(default=_named_areas)  # (id, name), to choose from


AREAS = Areas()


def today() -> date:
    """Return the day it is in the city: roles and trainings hold by days."""
    return clock.local(clock.now(), city().zone).date()


# --- people and contacts ------------------------------------------------------------------------


def person(person_id: UUID) -> Person | None:
    """Return somebody with an account, or None when there is nobody (any more)."""
    found = db.session().get(Person, person_id)
    return found if found is not None and found.deleted_at is None else None


def people(person_ids: Iterable[UUID]) -> dict[UUID, Person]:
    """Return several people at once, by id."""
    rows = db.session().scalars(select(Person).where(Person.id.in_(set(person_ids)), Person.deleted_at.is_(None)))
    return {row.id: row for row in rows}


def contacts(person_id: UUID) -> list[Contact]:
    """Return a person's contacts with their addresses, the oldest first."""
    mine = select(Contact).options(joinedload(Contact.address)).where(Contact.person_id == person_id)
    return list(db.session().scalars(mine.order_by(Contact.created_at)))


def main_address_id(person_id: UUID) -> UUID | None:
    """Return where a person's letters go: their proven address of the channel they chose, else any proven one."""
    is_chosen = case((Address.channel == Person.channel, 0), else_=1)
    proven = select(Contact.address_id).join(Contact.address).join(Contact.person)
    proven = proven.where(Contact.person_id == person_id, Contact.proven_at.is_not(None), Person.deleted_at.is_(None))
    return db.session().scalars(proven.order_by(is_chosen, Contact.is_main.desc(), Contact.created_at)).first()


def holder(address_id: UUID) -> Person | None:
    """Return who has proven that an address is theirs."""
    proven = select(Person).join(Contact).where(Contact.address_id == address_id, Contact.proven_at.is_not(None))
    return db.session().scalars(proven.where(Person.deleted_at.is_(None))).one_or_none()


def holders(address_ids: Collection[UUID]) -> dict[UUID, Person]:
    """Return who has proven that some addresses are theirs, by address; those of nobody are left out."""
    proven = select(Contact.address_id, Person).join(Contact.person).where(Contact.proven_at.is_not(None))
    found = proven.where(Contact.address_id.in_(address_ids), Person.deleted_at.is_(None))
    return {row.address_id: row.Person for row in db.session().execute(found)}


def mail_address(email: str) -> Address | None:
    """Return an email address as it is kept, in any spelling, or None."""
    return messages.find_address(email)


def contact_for(address_id: UUID) -> Contact | None:
    """Return whose an address is or will be once it is proven: a proven contact, else the newest account that
    nobody has come into yet.

    What somebody claims who has an account already is left out: its owner would prove the address for them.
    """
    other = aliased(Contact)
    has_come_in = select(other.id).where(other.person_id == Contact.person_id, other.proven_at.is_not(None)).exists()
    claims = select(Contact).join(Contact.person).where(Contact.address_id == address_id, Person.deleted_at.is_(None))
    claims = claims.where(or_(Contact.proven_at.is_not(None), ~has_come_in))
    newest = claims.order_by(Contact.proven_at.is_(None), Contact.is_main.desc(), Contact.created_at.desc())
    return db.session().scalars(newest).first()


def mail_contact(person_id: UUID) -> Contact | None:
    """Return the email contact a person signs in with."""
    mine = select(Contact).join(Contact.address).options(joinedload(Contact.address))
    mine = mine.where(Contact.person_id == person_id, Contact.proven_at.is_not(None), Address.channel == Channel.EMAIL)
    return db.session().scalars(mine.order_by(Contact.is_main.desc(), Contact.created_at)).first()


KnownIn = Callable[[Collection[UUID]], dict[UUID, frozenset[UUID]]]
_known_in: list[KnownIn] = []


def known_by(known_in: KnownIn) -> None:
    """Take the function that says in which neighbourhoods people host or take part; registrations gives it."""
    _known_in[:] = [known_in]


def known_in(person_ids: Collection[UUID]) -> dict[UUID, frozenset[UUID]]:
    """Return in which neighbourhoods people host or take part; those who are known nowhere are left out."""
    return _known_in[0](person_ids) if _known_in and person_ids else {}


def phones_to_check(actor: Actor) -> list[Contact]:
    """Return the numbers that people gave, nobody has called yet and the actor may call, the oldest first."""
    claimed = select(Contact).join(Contact.address).options(joinedload(Contact.address), joinedload(Contact.person))
    claimed = claimed.where(Address.channel == Channel.PHONE, Contact.proven_at.is_(None))
    found = db.session().scalars(claimed.order_by(Contact.created_at, Contact.id)).all()
    areas = known_in({contact.person_id for contact in found})
    return [contact for contact in found if policy.may_prove_phones(actor, areas.get(contact.person_id, frozenset()))]


# --- sign-ins and tickets -----------------------------------------------------------------------


def sign_ins(person_id: UUID, now: datetime) -> list[SignIn]:
    """Return a person's live sessions, the last used first."""
    live = select(SignIn).where(SignIn.person_id == person_id, SignIn.ended_at.is_(None), SignIn.expires_at > now)
    return list(db.session().scalars(live.order_by(SignIn.seen_at.desc())))


def former_holder(token_hash: str) -> UUID | None:
    """Return whose session a token was or is, ended or not."""
    return db.session().scalars(select(SignIn.person_id).where(SignIn.token_hash == token_hash)).one_or_none()


def ticket(ticket_id: UUID) -> Ticket | None:
    """Return a link by letter, used and expired ones too, with whose it is."""
    found = select(Ticket).where(Ticket.id == ticket_id)
    found = found.options(joinedload(Ticket.contact).options(joinedload(Contact.person), joinedload(Contact.address)))
    return db.session().scalars(found).one_or_none()


def ticket_revocation(ticket_id: UUID) -> int | None:
    """Return the revocation number of a ticket's link: a ticket ends by itself, so it has but one."""
    return 0 if db.session().get(Ticket, ticket_id) else None


# --- who acts -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Identity:
    """A live sign-in, whose it is, and what they may do today."""

    sign_in: SignIn
    person: Person
    scopes: tuple[Scope, ...]
    addresses: frozenset[UUID]


def identity(token_hash: str, now: datetime, on: date) -> Identity | None:
    """Return who a session belongs to, in one statement; None when it has ended."""
    rows = db.session().execute(
        select(SignIn, Person, Grant, Contact.address_id)
        .join(Person, SignIn.person_id == Person.id)
        .outerjoin(Grant, and_(Grant.person_id == Person.id, in_force(on)))
        .outerjoin(Contact, and_(Contact.person_id == Person.id, Contact.proven_at.is_not(None)))
        .where(SignIn.token_hash == token_hash, SignIn.ended_at.is_(None), SignIn.expires_at > now, Person.deleted_at.is_(None))
    ).all()
    if not rows:
        return None
    grants = {row.Grant.id: row.Grant for row in rows if row.Grant}
    addresses = frozenset(row.address_id for row in rows if row.address_id)
    return Identity(rows[0].SignIn, rows[0].Person, _scopes(grants.values()), addresses)


def _scopes(grants: Iterable[Grant]) -> tuple[Scope, ...]:
    return tuple(Scope(Role(grant.role), AREAS.expand({grant.area_id}) if grant.area_id else None) for grant in grants)


def in_force(on: date) -> ColumnElement[bool]:
    """Return the condition that a grant holds on a day: `rules.is_in_force` in SQL."""
    is_not_over = or_(Grant.ends_on.is_(None), Grant.ends_on >= on)
    return and_(Grant.ended_at.is_(None), Grant.starts_on <= on, is_not_over)


# --- roles --------------------------------------------------------------------------------------


def grants(person_id: UUID) -> list[Grant]:
    """Return all roles a person has or had, the newest first."""
    mine = select(Grant).where(Grant.person_id == person_id)
    return list(db.session().scalars(mine.order_by(Grant.starts_on.desc(), Grant.role)))


def grants_in_force(person_id: UUID) -> list[Grant]:
    """Return the roles a person has today."""
    return list(db.session().scalars(select(Grant).where(Grant.person_id == person_id, in_force(today()))))


def grants_to_come(person_id: UUID, on: date) -> list[Grant]:
    """Return the roles a person has on a day or will have from a later one."""
    is_not_over = or_(Grant.ends_on.is_(None), Grant.ends_on >= on)
    return list(db.session().scalars(select(Grant).where(Grant.person_id == person_id, Grant.ended_at.is_(None), is_not_over)))


def grant(grant_id: UUID) -> Grant | None:
    return db.session().get(Grant, grant_id)


def area_names() -> dict[UUID, str]:
    """Return the names of all areas, to say where a role holds."""
    return dict(AREAS.named())


def role_holders(role: Role, area: UUID | None = None, *, on: date | None = None) -> list[Person]:
    """Return who holds a role for an area (None: for the city as a whole) on a day, today if none is given."""
    return _holding(role, frozenset({area} if area else ()), on or today())


def role_holders_within(role: Role, areas: frozenset[UUID] | None) -> list[Person]:
    """Return who holds a role today for one of some areas at least (None: wherever), those with the oldest accounts first."""
    return _holding(role, areas, today())


def _holding(role: Role, areas: frozenset[UUID] | None, on: date) -> list[Person]:
    held = select(Grant).options(joinedload(Grant.person)).join(Grant.person).where(Grant.role == role, in_force(on))
    found = db.session().scalars(held.where(Person.deleted_at.is_(None)).order_by(Person.created_at, Person.id))
    return list(dict.fromkeys(grant.person for grant in found if _covers(grant, areas)))


def _covers(grant: Grant, areas: frozenset[UUID] | None) -> bool:
    """Say whether a role is held for the whole city, or for one of some areas."""
    return areas is None or grant.area_id is None or not areas.isdisjoint(AREAS.expand({grant.area_id}))


MOST_NAMES_READ = 5000  # names are ciphertext: the newest so many accounts are read to find one
MOST_FOUND = 50


def find_person(typed: str, by: Actor) -> list[Person]:
    """Return accounts by a part of the name or a whole email address or number, for staff.

    An address is found by its keyed hash, however many accounts there are. Names are encrypted and
    deliberately not indexed: those of the newest accounts are decrypted and compared. Raises NotAllowed.
    """
    require(policy.may_search_people(by))
    wanted = text.folded(typed)
    if not wanted:
        return []
    for channel in Channel:
        if address := messages.find_address(typed, channel):
            return [found for found in [holder(address.id)] if found]
    proven = select(Person).join(Contact).where(Person.deleted_at.is_(None), Contact.proven_at.is_not(None))
    newest = db.session().scalars(proven.order_by(Person.created_at.desc()).limit(MOST_NAMES_READ)).unique()
    return [found for found in newest if wanted in text.folded(found.called)][:MOST_FOUND]


# --- documents and consent ----------------------------------------------------------------------


def current_documents(kind: str, locale: str) -> Document | None:
    """Return the version in force of "conduct" or "privacy", in a reader's language or else another."""
    languages = {document.locale: document for document in document_texts(kind)}
    wishes = (locale, city().default_locale, *languages)
    return next((languages[code] for code in wishes if code in languages), None)


def document_texts(kind: str) -> list[Document]:
    """Return the version in force in all the languages it is written in."""
    newest = select(func.max(Document.version)).where(Document.kind == kind).scalar_subquery()
    texts = select(Document).where(Document.kind == kind, Document.version == newest)
    return list(db.session().scalars(texts.order_by(Document.locale)))


def consents(address_id: UUID) -> list[Consent]:
    """Return what the holder of an address has agreed to and not withdrawn, the newest first."""
    given = select(Consent).where(Consent.address_id == address_id, Consent.withdrawn_at.is_(None))
    return list(db.session().scalars(given.order_by(Consent.at.desc())))
