"""Tables of letters and the addresses they go to."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.core.db import Base, Encrypted, HasId, Instant, Json, personal
from engage.messages.rules import Channel, State

GOES_ALONG = "goes_along_with_address"  # in a column's info: the row is erased with the address and doesn't keep it


class Address(HasId, Base):
    """Where letters go. Whose it is, features above know: a contact, a registration, a subscription."""

    __tablename__ = "addresses"

    channel: Mapped[Channel] = mapped_column(String(10))
    value: Mapped[str] = mapped_column(Encrypted, info=personal("letters", "until nothing refers to it"))
    value_hash: Mapped[str] = mapped_column(String(64), info=personal("finding an address", "as the value"))
    revocation: Mapped[int] = mapped_column(default=0)  # raising it ends every unsubscribe link
    created_at: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = (UniqueConstraint("channel", "value_hash"),)


class OptOut(Base):
    """A topic an address no longer wants."""

    __tablename__ = "opt_outs"

    address_id: Mapped[UUID] = mapped_column(
        ForeignKey("addresses.id", ondelete="CASCADE"), primary_key=True, info={GOES_ALONG: True}
    )
    topic: Mapped[str] = mapped_column(String(20), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)


class OutboxLetter(HasId, Base):
    """A letter to be: ids and facts, never a body or a link; rendered when it is delivered."""

    __tablename__ = "outbox"

    about: Mapped[str] = mapped_column(String(200), unique=True)  # "moved:reg7:seq3:email"
    kind: Mapped[str] = mapped_column(String(60))  # which renderer, as features register them
    facts: Mapped[dict[str, Any]] = mapped_column(Json)
    address_id: Mapped[UUID] = mapped_column(ForeignKey("addresses.id"), index=True)
    thread: Mapped[str] = mapped_column(String(80), default="", index=True)  # dropped together: "registration:<id>"
    subject_id: Mapped[UUID | None] = mapped_column(index=True)  # the event it speaks of, for "not reached"
    topic: Mapped[str | None] = mapped_column(String(20))
    state: Mapped[State] = mapped_column(String(10), default=State.DUE)
    not_before: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    next_try_at: Mapped[datetime] = mapped_column(Instant)
    tries: Mapped[int] = mapped_column(default=0)
    lease: Mapped[UUID | None]
    lease_until: Mapped[datetime | None] = mapped_column(Instant)
    message_id: Mapped[str] = mapped_column(String(120))
    problem: Mapped[str] = mapped_column(String(60), default="")  # a code, never the server's words
    created_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    address: Mapped[Address] = relationship()

    __table_args__ = (
        Index("ix_outbox_state_next_try_at", "state", "next_try_at"),
        CheckConstraint("tries >= 0", name="tries"),
    )
