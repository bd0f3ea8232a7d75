"""Consultations: which themes matter most, as residents rank them and a series of meetings agrees."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.concerns.rules.consulting import ConsultationState
from engage.core.db import Base, HasId, Instant, Json, LocalizedText, personal
from engage.core.text import Localized
from engage.places.models import Neighbourhood
from engage.programmes.models import Programme, Theme

UNPROVEN = "a week, unless it is confirmed"
CONSULTED = "a year after the consultation closed"


class Consultation(HasId, Base):
    """Collects concerns over several meetings, has themes ranked, and ends with agreed priorities."""

    __tablename__ = "consultations"

    slug: Mapped[str] = mapped_column(String(80), unique=True)
    form_key: Mapped[str] = mapped_column(String(64), unique=True)  # the form sent twice is one consultation
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programmes.id"), index=True)
    neighbourhood_id: Mapped[UUID | None] = mapped_column(ForeignKey("neighbourhoods.id"), index=True)
    title: Mapped[Localized] = mapped_column(LocalizedText)
    question: Mapped[Localized] = mapped_column(LocalizedText)  # what people are asked, in plain words
    most_ranked: Mapped[int] = mapped_column(default=3)  # themes that each may rank
    # The themes as they are numbered on paper, from the moment people choose: whatever becomes of those of the programme.
    theme_ids: Mapped[list[str]] = mapped_column(Json, default=list)
    state: Mapped[ConsultationState] = mapped_column(String(12), default=ConsultationState.COLLECTING)
    conclusion: Mapped[Localized | None] = mapped_column(LocalizedText)  # what was agreed, in the city's words
    opened_at: Mapped[datetime] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)
    programme: Mapped[Programme] = relationship(lazy="raise")
    neighbourhood: Mapped[Neighbourhood | None] = relationship(lazy="raise")

    __table_args__ = (CheckConstraint("1 <= most_ranked AND most_ranked <= 10", name="most_ranked"),)


class Ranking(HasId, Base):
    """What matters most to one resident: up to three themes, most important first; or one paper sheet of a batch."""

    __tablename__ = "rankings"

    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultations.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    address_id: Mapped[UUID | None] = mapped_column(ForeignKey("addresses.id"))
    event_id: Mapped[UUID | None] = mapped_column(ForeignKey("events.id"))  # the meeting a paper sheet was filled in at
    form_key: Mapped[str] = mapped_column(String(80), unique=True)  # of a batch: with the sheet's number
    # What counts, once it is proven; and what was sent since from a form that anybody can fill in for an address.
    theme_ids: Mapped[list[str]] = mapped_column(Json, default=list, info=personal("which themes matter most", CONSULTED))
    asked_ids: Mapped[list[str]] = mapped_column(Json, default=list, info=personal("asking whose ranking it is", UNPROVEN))
    locale: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(Instant)  # sent last
    proven_at: Mapped[datetime | None] = mapped_column(Instant)  # counts from then on
    revocation: Mapped[int] = mapped_column(default=0)

    __table_args__ = (UniqueConstraint("consultation_id", "address_id"), UniqueConstraint("consultation_id", "person_id"))


class Priority(Base):
    """A theme in the agreed order, with the numbers behind it as they were when the consultation closed."""

    __tablename__ = "priorities"

    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultations.id", ondelete="CASCADE"), primary_key=True)
    theme_id: Mapped[UUID] = mapped_column(ForeignKey("themes.id"), primary_key=True)
    position: Mapped[int]
    points: Mapped[int]
    firsts: Mapped[int]
    rankings: Mapped[int]  # how many named it at all
    concerns: Mapped[int]  # how many were raised under it
    theme: Mapped[Theme] = relationship(lazy="raise")

    __table_args__ = (CheckConstraint("position >= 1", name="position"),)
