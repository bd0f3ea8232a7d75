"""Named selects of people, their contacts, roles and sign-ins."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Uuid, and_, case, column, func, or_, select, table
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.elements import ColumnElement

from engage.accounts import policy
from engage.accounts.models import Consent, Contact, Document, Grant, Person, SignIn
from engage.core import clock, db, secrets
from engage.core.access import Actor, Role, Scope
from engage.core.city import city
from engage.core.refusal import require
from engage.messages.models import Address

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
    return tuple(Scope(Role(grant.role), grant.area_id and AREAS.expand({grant.area_id})) for grant in grants)


def in_force(on: date) -> ColumnElement[bool]:
    """Return the condition that a grant holds on a day: `rules.is_in_force` in SQL."""
    is_not_over = or_(Grant.ends_on.is_(None), Grant.ends_on >= on)
    return and_(Grant.ended_at.is_(None), Grant.starts_on <= on, is_not_over)


# --- roles --------------------------------------------------------------------------------------


def grants(person_id: UUID) -> list[Grant]:
    """Return all roles a person has or had, the newest first."""
    mine = select(Grant).where(Grant.person_id == person_id)
    return list(db.session().scalars(mine.order_by(Grant.starts_on.desc(), Grant.role)))


def role_holders(role: Role, area: UUID | None = None, *, on: date | None = None) -> list[Person]:
    """Return who holds a role for an area (None: for the city as a whole) on a day, today if none is given."""
    held = select(Grant).options(joinedload(Grant.person)).join(Grant.person).where(Grant.role == role, in_force(on or today()))
    found = db.session().scalars(held.where(Person.deleted_at.is_(None)).order_by(Person.created_at))
    covering = (grant for grant in found if grant.area_id is None or (area and area in AREAS.expand({grant.area_id})))
    return list(dict.fromkeys(grant.person for grant in covering))


MOST_NAMES_READ = 5000  # names are ciphertext: the newest so many accounts are read to find one
MOST_FOUND = 50


def find_person(text: str, by: Actor) -> list[Person]:
    """Return accounts by a part of the name or a whole e-mail address or number, for staff.

    An address is found by its keyed hash, however many accounts there are. Names are encrypted and
    deliberately not indexed: those of the newest accounts are decrypted and compared. Raises NotAllowed.
    """
    require(policy.may_search_people(by))
    wanted = " ".join(text.split()).casefold()
    if not wanted:
        return []
    proven = select(Person).join(Contact).join(Contact.address)
    proven = proven.where(Person.deleted_at.is_(None), Contact.proven_at.is_not(None))
    if "@" in wanted or wanted.lstrip("+").replace(" ", "").isdigit():
        return list(db.session().scalars(proven.where(Address.value_hash == secrets.keyed_hash(wanted.replace(" ", "")))))
    newest = db.session().scalars(proven.order_by(Person.created_at.desc()).limit(MOST_NAMES_READ)).unique()
    return [found for found in newest if wanted in found.called.casefold()][:MOST_FOUND]


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
