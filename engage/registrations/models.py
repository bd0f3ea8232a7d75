"""Tables of who signed up for what."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, String, UniqueConstraint, func, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.core.db import Base, Encrypted, HasId, Instant, Json, personal
from engage.events.models import Event
from engage.messages.models import Address
from engage.registrations.rules import LIVE, State

_IS_LIVE = text("state IN ({})".format(", ".join(f"'{state}'" for state in sorted(LIVE))))
AFTER = "six months after the event"
SOON_AFTER = "a week after the event"


def _last(context: Any) -> Any:
    """Return a turn behind everybody who signed up for the event; its row is locked meanwhile."""
    event_id = context.get_current_parameters()["event_id"]
    return context.connection.scalar(last_turn(event_id))


class Registration(HasId, Base):
    """A party that signed up. Its address is proven once the link in a letter was answered."""

    __tablename__ = "registrations"

    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    address_id: Mapped[UUID | None] = mapped_column(ForeignKey("addresses.id"), index=True)  # None once erased
    form_key: Mapped[str] = mapped_column(String(64))
    code: Mapped[str] = mapped_column(String(6))  # said at the door
    state: Mapped[State] = mapped_column(String(10))
    called: Mapped[str] = mapped_column(Encrypted, info=personal("greeting, the list at the door", AFTER))
    party_size: Mapped[int] = mapped_column(default=1)
    seats_held: Mapped[int] = mapped_column(default=0)  # what this row has in `events.seats_taken`
    locale: Mapped[str] = mapped_column(String(10))
    speaks: Mapped[list[str]] = mapped_column(Json, default=list, info=personal("a table that can talk", AFTER))
    neighbourhood_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("neighbourhoods.id"), info=personal("counts of who takes part", AFTER)
    )
    is_first_time: Mapped[bool | None] = mapped_column(info=personal("counts of who takes part", AFTER))
    created_at: Mapped[datetime] = mapped_column(Instant)
    turn: Mapped[int] = mapped_column(default=_last)  # in line: order of sign-up, a later one for who proves too late
    proven_at: Mapped[datetime | None] = mapped_column(Instant)
    held_until: Mapped[datetime | None] = mapped_column(Instant)
    offered_until: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    revocation: Mapped[int] = mapped_column(default=0)
    event: Mapped[Event] = relationship(lazy="raise")
    address: Mapped[Address | None] = relationship(lazy="raise")
    needs: Mapped["RegistrationNeeds | None"] = relationship(lazy="raise", cascade="all, delete-orphan")

    __table_args__ = (
        UniqueConstraint("event_id", "form_key"),
        UniqueConstraint("event_id", "code"),
        CheckConstraint("party_size >= 1", name="party_size"),
        CheckConstraint("seats_held >= 0", name="seats_held"),
        Index(
            "uq_registrations_live", "event_id", "address_id", unique=True,
            postgresql_where=_IS_LIVE, sqlite_where=_IS_LIVE,
        ),
        Index("ix_registrations_event_id_state_turn", "event_id", "state", "turn"),
    )


def last_turn(event_id: UUID) -> Select[Any]:
    """Return the select of a turn behind everybody else's."""
    return select(func.coalesce(func.max(Registration.turn), 0) + 1).where(Registration.event_id == event_id)


class Invitation(HasId, Base):
    """One person's way into a closed meeting, by letter or on paper: used once, until its end."""

    __tablename__ = "invitations"

    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    address_id: Mapped[UUID | None] = mapped_column(ForeignKey("addresses.id"), index=True)  # None: on paper
    called: Mapped[str] = mapped_column(Encrypted, info=personal("who is invited to a closed meeting", AFTER))
    locale: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
    # What it was used for. A sign-up that nobody confirmed is deleted in the end, and the invitation is open again.
    registration_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("registrations.id", ondelete="SET NULL"), unique=True
    )


class RegistrationNeeds(Base):
    """What a party needs, as one encrypted value (JSON: need -> words); erased soon after the event."""

    __tablename__ = "registration_needs"

    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registrations.id", ondelete="CASCADE"), primary_key=True)
    value: Mapped[str] = mapped_column(Encrypted, info=personal("cooking and access", SOON_AFTER))


class Referral(HasId, Base):
    """That a partner's list asked us to invite somebody: once for an event, by an address and no name."""

    __tablename__ = "referrals"

    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    address_id: Mapped[UUID] = mapped_column(ForeignKey("addresses.id"), index=True)
    partner: Mapped[str] = mapped_column(Encrypted, info=personal("saying who gave us an address", SOON_AFTER))
    locale: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = (UniqueConstraint("event_id", "address_id"),)
