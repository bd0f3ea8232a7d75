"""Tables of feedback. Tickets know who may answer, answers know nobody: no key joins the two."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from engage.core.db import Base, HasId, Instant, Json, personal

MONTH_AFTER = "a month after the event"
YEARS_AFTER = "three years after the event"


class Ticket(HasId, Base):
    """Leave to answer once; deleted when it is spent."""

    __tablename__ = "feedback_tickets"

    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    registration_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("registrations.id", ondelete="CASCADE"), unique=True, info=personal("asking once", MONTH_AFTER)
    )
    sheet: Mapped[str | None] = mapped_column(String(12), unique=True)  # a code printed for a walk-in
    revocation: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime] = mapped_column(Instant)


class Answer(HasId, Base):
    """What somebody said. A random key and no time; rewritten in shuffled order by a job.

    `answers` holds what was said by a question's key. A written text carries its language; nothing
    else does, since one who reads alone in a language would be known by it.
    """

    __tablename__ = "feedback_answers"

    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    answers: Mapped[dict[str, Any]] = mapped_column(Json, info=personal("learning how it was", YEARS_AFTER))
    is_shuffled: Mapped[bool] = mapped_column(default=False)


class Result(Base):
    """What is shown: counts over a multiple of five answers, renewed only at the next five.

    Made when the first tickets are; its row is locked while an answer comes in.
    """

    __tablename__ = "feedback_results"

    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), primary_key=True)
    asked: Mapped[int] = mapped_column(default=0)  # parties that were sent a letter
    printed: Mapped[int] = mapped_column(default=0)  # codes printed for walk-ins
    answers: Mapped[int] = mapped_column(default=0)
    summary: Mapped[dict[str, Any]] = mapped_column(
        Json, default=dict, info=personal("learning how it was, texts among the counts", YEARS_AFTER)
    )

    __table_args__ = (CheckConstraint("answers >= 0", name="answers"),)
