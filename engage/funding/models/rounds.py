"""Rounds: what a city pays for, for whom, until when."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.core.db import Base, HasId, Instant, Json, LocalizedText
from engage.core.text import Localized
from engage.funding.rules.rounds import PayMode, RoundState

NO_TEXT = Localized({}, "en")
Money = BigInteger  # minor units: a large city's budget is more than 32 bits hold


class FundingRound(HasId, Base):
    """One call for applications with its money. Amounts are in minor units of `currency`."""

    __tablename__ = "funding_rounds"

    slug: Mapped[str] = mapped_column(String(80), unique=True)
    state: Mapped[RoundState] = mapped_column(String(10), default=RoundState.DRAFT)
    name: Mapped[Localized] = mapped_column(LocalizedText, default=lambda: NO_TEXT)
    call: Mapped[Localized] = mapped_column(LocalizedText, default=lambda: NO_TEXT)  # Markdown: what for, for whom
    help: Mapped[Localized] = mapped_column(LocalizedText, default=lambda: NO_TEXT)  # how to get help; empty: the city's phone
    zone: Mapped[str] = mapped_column(String(64))
    opens_at: Mapped[datetime | None] = mapped_column(Instant)
    closes_at: Mapped[datetime | None] = mapped_column(Instant)
    currency: Mapped[str] = mapped_column(String(3))  # ISO 4217
    budget: Mapped[int] = mapped_column(Money, default=0)
    cap: Mapped[int] = mapped_column(Money, default=0)  # per dinner
    awarded: Mapped[int] = mapped_column(Money, default=0)
    pay_mode: Mapped[PayMode] = mapped_column(String(10), default=PayMode.RECEIPTS)
    advance_percent: Mapped[int] = mapped_column(default=50)  # where pay_mode is split
    questions: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)  # key, kind, text, is_required, options
    criteria: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)  # key, name, meaning (Localized as JSON), weight
    least_reviews: Mapped[int] = mapped_column(default=2)
    hides_names: Mapped[bool] = mapped_column(default=False)  # from reviewers
    needs_training: Mapped[bool] = mapped_column(default=True)
    needs_agreement: Mapped[bool] = mapped_column(default=True)
    report_days: Mapped[int] = mapped_column(default=14)  # after the dinner
    nudge_before_days: Mapped[int] = mapped_column(default=3)  # before the report is due
    first_nudge_days: Mapped[int] = mapped_column(default=3)  # after it was
    last_nudge_days: Mapped[int] = mapped_column(default=7)
    lapse_days: Mapped[int] = mapped_column(default=10)  # after it was due, the award lapses
    version: Mapped[int] = mapped_column(default=1)  # two staff editing: the second is told
    page_version: Mapped[int] = mapped_column(default=1)  # grows with everything its public pages show
    last_number: Mapped[int] = mapped_column(default=0)  # of its applications
    created_at: Mapped[datetime] = mapped_column(Instant)
    published_at: Mapped[datetime | None] = mapped_column(Instant)
    programmes: Mapped[list["RoundProgramme"]] = relationship(lazy="selectin", cascade="all, delete-orphan")
    areas: Mapped[list["RoundArea"]] = relationship(lazy="selectin", cascade="all, delete-orphan")

    __table_args__ = (
        CheckConstraint("0 <= awarded AND awarded <= budget", name="awarded_within_budget"),
        CheckConstraint("0 <= cap", name="cap"),
        CheckConstraint("closes_at IS NULL OR opens_at IS NULL OR opens_at < closes_at", name="closes_after_opening"),
    )

    @property
    def left(self) -> int:
        """What is left to award, in minor units."""
        return self.budget - self.awarded

    @property
    def area_ids(self) -> frozenset[UUID]:
        """The neighbourhoods it is for, without those below them, which count as well; none: the whole city."""
        return frozenset(row.neighbourhood_id for row in self.areas)


class RoundProgramme(Base):
    """A kind of meeting that a round pays for."""

    __tablename__ = "funding_round_programmes"

    round_id: Mapped[UUID] = mapped_column(ForeignKey("funding_rounds.id", ondelete="CASCADE"), primary_key=True)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programmes.id"), primary_key=True)


class RoundArea(Base):
    """A neighbourhood (with those below it) that a round is for."""

    __tablename__ = "funding_round_areas"

    round_id: Mapped[UUID] = mapped_column(ForeignKey("funding_rounds.id", ondelete="CASCADE"), primary_key=True)
    neighbourhood_id: Mapped[UUID] = mapped_column(ForeignKey("neighbourhoods.id"), primary_key=True)
