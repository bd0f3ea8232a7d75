"""Tables of who came."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from engage.core.db import Base, Encrypted, HasId, Instant, personal

AFTER = "six months after the event"


class CheckIn(Base):
    """How many of a party came. No row once the event is closed: a no-show."""

    __tablename__ = "check_ins"

    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registrations.id", ondelete="CASCADE"), primary_key=True)
    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    came: Mapped[int]
    at: Mapped[datetime] = mapped_column(Instant)
    by_id: Mapped[UUID | None] = mapped_column(info=personal("who kept the door", AFTER))

    __table_args__ = (CheckConstraint("came >= 1", name="came"),)


class WalkIn(HasId, Base):
    """People who came without signing up: a count, or a name and language."""

    __tablename__ = "walk_ins"

    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    form_key: Mapped[str] = mapped_column(String(64), unique=True)
    people: Mapped[int]
    called: Mapped[str | None] = mapped_column(Encrypted, info=personal("greeting", AFTER))
    language: Mapped[str | None] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(Instant)
    by_id: Mapped[UUID | None] = mapped_column(info=personal("who kept the door", AFTER))

    __table_args__ = (CheckConstraint("people >= 1", name="people"),)
