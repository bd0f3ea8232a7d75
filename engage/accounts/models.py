"""Tables of people and what they may do."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.core.access import Role
from engage.core.db import Base, Encrypted, HasId, Instant, personal
from engage.messages.models import GOES_ALONG, Address

ACCOUNT = "until the account is deleted"


class Person(HasId, Base):
    """Somebody with an account. Guests without one are registrations alone."""

    __tablename__ = "people"

    called: Mapped[str] = mapped_column(Encrypted, info=personal("how to greet them", ACCOUNT))
    locale: Mapped[str] = mapped_column(String(10))
    channel: Mapped[str] = mapped_column(String(10), default="email")  # how letters reach them
    password_hash: Mapped[str | None] = mapped_column(String(200))
    trained_on: Mapped[date | None] = mapped_column(info=personal("who may host", ACCOUNT))
    trained_until: Mapped[date | None]
    revocation: Mapped[int] = mapped_column(default=0)  # raising it ends every personal link
    created_at: Mapped[datetime] = mapped_column(Instant)
    deleted_at: Mapped[datetime | None] = mapped_column(Instant)  # name and contacts are gone by then


class Contact(HasId, Base):
    """One of a person's addresses. Only a proven one counts as theirs."""

    __tablename__ = "contacts"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    address_id: Mapped[UUID] = mapped_column(ForeignKey("addresses.id"), index=True)
    proven_at: Mapped[datetime | None] = mapped_column(Instant)
    is_main: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    person: Mapped[Person] = relationship()
    address: Mapped[Address] = relationship()

    __table_args__ = (
        UniqueConstraint("person_id", "address_id"),
        Index(
            "uq_contacts_proven_address", "address_id", unique=True,
            postgresql_where=text("proven_at IS NOT NULL"), sqlite_where=text("proven_at IS NOT NULL"),
        ),
    )


class SignIn(HasId, Base):
    """A signed-in browser: the row is the session, its end ends it everywhere."""

    __tablename__ = "sign_ins"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    browser: Mapped[str] = mapped_column(String(60), info=personal("showing one's sessions", "30 days after its end"))
    is_own_device: Mapped[bool] = mapped_column(default=False)  # kept for weeks; a shared computer's for hours
    created_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    person: Mapped[Person] = relationship()


class Ticket(HasId, Base):
    """A link by letter that works once: prove an address, sign in, reset, change the address."""

    __tablename__ = "account_tickets"

    purpose: Mapped[str] = mapped_column(String(20))
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)
    carried: Mapped[str | None] = mapped_column(Encrypted, info=personal("going on after sign-in", "until it is used"))
    contact: Mapped[Contact] = relationship()


class Grant(HasId, Base):
    """A role with a scope (an area, or the whole city when there is none) and dates."""

    __tablename__ = "grants"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    role: Mapped[Role] = mapped_column(String(20))
    area_id: Mapped[UUID | None] = mapped_column(ForeignKey("neighbourhoods.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]  # the last day it holds
    note: Mapped[str] = mapped_column(String(500), default="", info=personal("why a role was given", ACCOUNT))
    given_by: Mapped[UUID | None]
    ended_at: Mapped[datetime | None] = mapped_column(Instant)  # taken back before its last day
    end_note: Mapped[str] = mapped_column(String(500), default="", info=personal("why a role was taken back", ACCOUNT))
    person: Mapped[Person] = relationship()

    __table_args__ = (CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates"),)


class Document(HasId, Base):
    """A version of the code of conduct or privacy notice in one language."""

    __tablename__ = "documents"

    kind: Mapped[str] = mapped_column(String(30))  # "conduct", "privacy"
    version: Mapped[int]
    locale: Mapped[str] = mapped_column(String(10))
    body: Mapped[str]
    published_at: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = (UniqueConstraint("kind", "version", "locale"),)


class Consent(HasId, Base):
    """What an address' holder agreed to: purpose, wording version, language, when."""

    __tablename__ = "consents"

    address_id: Mapped[UUID] = mapped_column(
        ForeignKey("addresses.id", ondelete="CASCADE"), index=True, info={GOES_ALONG: True}
    )
    purpose: Mapped[str] = mapped_column(String(30))  # "conduct", "privacy", "needs"
    version: Mapped[int]
    locale: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
