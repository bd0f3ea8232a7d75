"""Applications, what was written about them, reviews, coaching, agreements, trainings."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.core.db import Base, Encrypted, HasId, Instant, Json, personal
from engage.events.models import Event
from engage.funding.models.rounds import FundingRound, Money
from engage.funding.rules.applying import BudgetKind
from engage.funding.rules.deciding import ReviewState
from engage.funding.rules.states import DEAD, State

UNFUNDED = "two years after the round closed, seven if money was given"
MONEY = "seven years after the round closed"
COACHING = "a year after the dinner"
TRAINED = "until the account is deleted"

_STANDS = text("state NOT IN ({})".format(", ".join(f"'{state}'" for state in sorted(DEAD))))


class Application(HasId, Base):
    """One request for money for one dinner. Amounts are in minor units of the round's currency."""

    __tablename__ = "funding_applications"

    round_id: Mapped[UUID] = mapped_column(ForeignKey("funding_rounds.id"), index=True)
    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id"), index=True)
    number: Mapped[int]  # within the round: what reviewers call it where names are hidden
    host_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"), index=True)  # None once they have left
    called: Mapped[str] = mapped_column(Encrypted, info=personal("who asks for money", UNFUNDED))
    organisation: Mapped[str] = mapped_column(String(200), default="", info=personal("who asks for money", UNFUNDED))
    state: Mapped[State] = mapped_column(String(20), default=State.DRAFT)
    locale: Mapped[str] = mapped_column(String(10))  # the language it is written in
    why: Mapped[str] = mapped_column(default="", info=personal("deciding about funding", UNFUNDED))
    who: Mapped[str] = mapped_column(default="", info=personal("deciding about funding", UNFUNDED))  # whom they hope to bring
    reach: Mapped[str] = mapped_column(default="", info=personal("deciding about funding", UNFUNDED))  # beyond their own circle
    answers: Mapped[dict[str, Any]] = mapped_column(
        Json, default=dict, info=personal("deciding about funding", UNFUNDED)  # to the round's questions, by key
    )
    planned_on: Mapped[date | None]
    neighbourhood_id: Mapped[UUID | None] = mapped_column(ForeignKey("neighbourhoods.id"), index=True)
    languages: Mapped[list[str]] = mapped_column(Json, default=list)  # at the table
    access: Mapped[list[str]] = mapped_column(Json, default=list)  # as rules.applying.Access
    has_two_households: Mapped[bool] = mapped_column(default=False)  # host and co-host don't live together
    asked: Mapped[int | None] = mapped_column(Money)
    award: Mapped[int | None] = mapped_column(Money)
    approved: Mapped[int | None] = mapped_column(Money)  # what was accepted of the receipts, once settled
    decline_reasons: Mapped[list[str]] = mapped_column(Json, default=list)  # as rules.deciding.DeclineReason
    coach_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    next_contact_on: Mapped[date | None]
    may_name_host: Mapped[bool] = mapped_column(default=False)  # on the public page
    report_due_at: Mapped[datetime | None] = mapped_column(Instant)
    sequence: Mapped[int] = mapped_column(default=0)  # grows with every change of state: one letter each
    created_at: Mapped[datetime] = mapped_column(Instant)
    submitted_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    round: Mapped[FundingRound] = relationship(lazy="raise")
    event: Mapped[Event] = relationship(lazy="raise")
    lines: Mapped[list["BudgetLine"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="BudgetLine.position"
    )
    reviews: Mapped[list["Review"]] = relationship(lazy="raise", cascade="all, delete-orphan")

    __table_args__ = (
        UniqueConstraint("round_id", "number"),
        CheckConstraint("award IS NULL OR award >= 0", name="award"),
        Index("uq_funding_applications_event", "event_id", unique=True, postgresql_where=_STANDS, sqlite_where=_STANDS),
    )

    @property
    def was_sent(self) -> bool:
        """Whether the city has ever got it: a draft, taken back or not, is its hosts' alone."""
        return self.submitted_at is not None


class BudgetLine(HasId, Base):
    """One thing the money is for."""

    __tablename__ = "funding_budget_lines"

    application_id: Mapped[UUID] = mapped_column(ForeignKey("funding_applications.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    kind: Mapped[BudgetKind] = mapped_column(String(20))
    amount: Mapped[int] = mapped_column(Money)
    note: Mapped[str] = mapped_column(String(200), default="", info=personal("deciding about funding", UNFUNDED))

    __table_args__ = (CheckConstraint("amount > 0", name="amount"),)


class Note(HasId, Base):
    """Why an application's state changed, or what host and staff wrote each other about it."""

    __tablename__ = "funding_notes"

    application_id: Mapped[UUID] = mapped_column(ForeignKey("funding_applications.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    is_internal: Mapped[bool] = mapped_column(default=False)  # for staff's eyes only
    locale: Mapped[str] = mapped_column(String(10))
    body: Mapped[str] = mapped_column(info=personal("talking about an application", UNFUNDED))
    at: Mapped[datetime] = mapped_column(Instant)


class Review(HasId, Base):
    """One reviewer's part in an application: asked, done, or standing back because of a conflict."""

    __tablename__ = "funding_reviews"

    application_id: Mapped[UUID] = mapped_column(ForeignKey("funding_applications.id", ondelete="CASCADE"))
    reviewer_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    state: Mapped[ReviewState] = mapped_column(String(10), default=ReviewState.ASKED)
    scores: Mapped[dict[str, int]] = mapped_column(Json, default=dict)  # by criterion key
    comments: Mapped[dict[str, str]] = mapped_column(
        Json, default=dict, info=personal("deciding about funding", UNFUNDED)  # by criterion key; "" is the whole
    )
    conflict: Mapped[str] = mapped_column(String(500), default="", info=personal("fair decisions", UNFUNDED))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    done_at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (UniqueConstraint("application_id", "reviewer_id"),)


class CoachNote(HasId, Base):
    """What a coach wrote down after talking with a host; seen by the coach and staff."""

    __tablename__ = "funding_coach_notes"

    application_id: Mapped[UUID] = mapped_column(ForeignKey("funding_applications.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    on: Mapped[date]
    body: Mapped[str] = mapped_column(Encrypted, info=personal("helping a host", COACHING))
    at: Mapped[datetime] = mapped_column(Instant)


class Agreement(HasId, Base):
    """That somebody accepted the funding agreement: which version, in which language, when."""

    __tablename__ = "funding_agreements"

    application_id: Mapped[UUID] = mapped_column(ForeignKey("funding_applications.id", ondelete="CASCADE"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    version: Mapped[int]
    locale: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = (UniqueConstraint("application_id", "version"),)


class Training(Base):
    """That being checked in at a training made somebody a trained host, and what was noted before: a check-in
    that is undone gives that back."""

    __tablename__ = "funding_trainings"

    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registrations.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    trained_on: Mapped[date] = mapped_column(info=personal("who may host", TRAINED))
    trained_until: Mapped[date | None]
    before_on: Mapped[date | None] = mapped_column(info=personal("who may host", TRAINED))
    before_until: Mapped[date | None]
