"""Tables of feedback. Tickets know who may answer, answers know nobody: no key joins the two."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from engage.core.db import Base, HasId, Instant, Json, personal


class Ticket(HasId, Base):
    """Leave to answer once; deleted when it is spent."""

    __tablename__ = "feedback_tickets"

    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    registration_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("registrations.id", ondelete="CASCADE"), unique=True, info=personal("asking once", "a month after the event")
    )
    sheet: Mapped[str | None] = mapped_column(String(12), unique=True)  # a code printed for a walk-in
    revocation: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime] = mapped_column(Instant)


class Answer(HasId, Base):
    """What somebody said. A random key and no time; rewritten in shuffled order by a job."""

    __tablename__ = "feedback_answers"

    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    locale: Mapped[str] = mapped_column(String(10))
    answers: Mapped[dict[str, Any]] = mapped_column(Json, info=personal("learning how it was", "three years after the event"))
    is_shuffled: Mapped[bool] = mapped_column(default=False)


class Result(Base):
    """What is shown: counts over a multiple of five answers, renewed only at the next five."""

    __tablename__ = "feedback_results"

    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), primary_key=True)
    answers: Mapped[int]
    summary: Mapped[dict[str, Any]] = mapped_column(Json)
