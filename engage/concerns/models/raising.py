"""Concerns, their way from raised to done, and whose they are."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from engage.concerns.rules.hiding import Ground
from engage.concerns.rules.steps import Step
from engage.core.db import Base, HasId, Instant, LocalizedText, personal
from engage.core.text import Localized, folded
from engage.events.models import Event
from engage.places.models import Neighbourhood
from engage.programmes.models import Programme, Theme

if TYPE_CHECKING:
    from engage.concerns.models.meeting import ActionItem

RAISED = "three years after it was raised"


class Concern(HasId, Base):
    """Something somebody wants the city to hear, in their own words."""

    __tablename__ = "concerns"

    programme_id: Mapped[UUID | None] = mapped_column(ForeignKey("programmes.id"), index=True)
    neighbourhood_id: Mapped[UUID | None] = mapped_column(ForeignKey("neighbourhoods.id"), index=True)
    event_id: Mapped[UUID | None] = mapped_column(ForeignKey("events.id"), index=True)  # the meeting it was raised for
    theme_id: Mapped[UUID | None] = mapped_column(ForeignKey("themes.id"), index=True)
    # As it was written, in one language; what staff translate it to stands beside it, marked as such.
    body: Mapped[Localized] = mapped_column(LocalizedText, info=personal("the city hears it", RAISED))
    summary: Mapped[Localized | None] = mapped_column(LocalizedText, info=personal("the city hears it", RAISED))
    # All of these words as a search compares them: databases keep texts of all scripts in their own ways.
    folded: Mapped[str] = mapped_column(Text, default="", deferred=True, info=personal("the city hears it", RAISED))
    place: Mapped[str] = mapped_column(String(200), default="", info=personal("where it is", RAISED))
    step: Mapped[Step] = mapped_column(String(12), default=Step.RAISED)
    form_key: Mapped[str] = mapped_column(String(64), unique=True)
    merged_into_id: Mapped[UUID | None] = mapped_column(ForeignKey("concerns.id"), index=True)
    hidden_at: Mapped[datetime | None] = mapped_column(Instant)
    hidden_for: Mapped[Ground | None] = mapped_column(String(12))  # None: hidden before there was a choice, in words alone
    hidden_reason: Mapped[str] = mapped_column(String(500), default="", info=personal("telling the author why", RAISED))
    hidden_language: Mapped[str] = mapped_column(String(10), default="")  # of those words; "": nobody noted it
    raised_at: Mapped[datetime] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)  # grows with everything its public page shows
    programme: Mapped[Programme | None] = relationship(lazy="raise")
    neighbourhood: Mapped[Neighbourhood | None] = relationship(lazy="raise")
    event: Mapped[Event | None] = relationship(lazy="raise")
    theme: Mapped[Theme | None] = relationship(lazy="raise")
    steps: Mapped[list["ConcernStep"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="ConcernStep.at"
    )
    voices: Mapped[list["Voice"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", foreign_keys="Voice.concern_id", back_populates="concern"
    )
    actions: Mapped[list["ActionItem"]] = relationship(
        lazy="raise", viewonly=True, order_by="(ActionItem.due_on, ActionItem.created_at)"
    )

    @validates("body", "summary", "place")
    def _fold(self, name: str, value: Any) -> Any:
        """Keep what a search compares beside the words, whenever one of them changes."""
        said = {"body": self.body, "summary": self.summary, "place": self.place, name: value}
        texts = [text for words in (said["body"], said["summary"]) if words for text in words.texts.values()]
        self.folded = folded("\n".join([*texts, said["place"] or ""]))
        return value

    @property
    def hidden_words(self) -> Localized:
        return Localized.of(self.hidden_language, self.hidden_reason)

    __table_args__ = (Index("ix_concerns_step_raised_at", "step", "raised_at"),)


class ConcernStep(HasId, Base):
    """That a concern came one step further: when, at which meeting, by which item."""

    __tablename__ = "concern_steps"

    concern_id: Mapped[UUID] = mapped_column(ForeignKey("concerns.id", ondelete="CASCADE"), index=True)
    step: Mapped[Step] = mapped_column(String(12))
    at: Mapped[datetime] = mapped_column(Instant)
    event_id: Mapped[UUID | None] = mapped_column(ForeignKey("events.id"))
    words: Mapped[Localized | None] = mapped_column(LocalizedText)  # the answer, the action, what was done
    event: Mapped[Event | None] = relationship(lazy="raise")


class Voice(HasId, Base):
    """Somebody whose concern it is: they raised it, or said that it matters to them too.

    An author without an account or address stays anonymous: their voice is a row without either, found by a code.
    """

    __tablename__ = "concern_voices"

    concern_id: Mapped[UUID] = mapped_column(ForeignKey("concerns.id", ondelete="CASCADE"), index=True)
    is_author: Mapped[bool] = mapped_column(default=False)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    address_id: Mapped[UUID | None] = mapped_column(ForeignKey("addresses.id"), index=True)
    code_hash: Mapped[str | None] = mapped_column(String(64), unique=True)  # what an anonymous author looks it up with
    # What they raised in their own words, where it was merged into another since.
    merged_from_id: Mapped[UUID | None] = mapped_column(ForeignKey("concerns.id", ondelete="SET NULL"))
    locale: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(Instant)
    proven_at: Mapped[datetime | None] = mapped_column(Instant)  # is told from then on, and counts; an author always counts
    ended_at: Mapped[datetime | None] = mapped_column(Instant)  # wants no more letters about it
    revocation: Mapped[int] = mapped_column(default=0)

    concern: Mapped[Concern] = relationship(lazy="raise", foreign_keys=[concern_id], back_populates="voices")
    merged_from: Mapped[Concern | None] = relationship(lazy="raise", foreign_keys=[merged_from_id])

    __table_args__ = (UniqueConstraint("concern_id", "address_id"), UniqueConstraint("concern_id", "person_id"))


class ConcernsVersion(Base):
    """One row whose number grows whenever a public page of concerns would look different."""

    __tablename__ = "concerns_version"

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    number: Mapped[int] = mapped_column(default=1)
