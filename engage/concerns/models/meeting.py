"""What a meeting talks about, what was said, and who does what about it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.concerns.models.raising import Concern
from engage.concerns.rules.meeting import ActionState
from engage.core.db import Base, Encrypted, HasId, Instant, Json, LocalizedText, personal
from engage.core.text import Localized
from engage.events.models import Event

MEETING = "three years after the event"
ACTED = "three years after it was made, once it has ended"


class Agenda(Base):
    """A meeting's agenda as a whole; its items are rows of their own."""

    __tablename__ = "agendas"

    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), primary_key=True)
    published_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)
    event: Mapped[Event] = relationship(lazy="raise")


class AgendaItem(HasId, Base):
    """One thing a meeting talks about: a concern, or an item of its own."""

    __tablename__ = "agenda_items"

    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    concern_id: Mapped[UUID | None] = mapped_column(ForeignKey("concerns.id"), index=True)
    position: Mapped[int]
    title: Mapped[Localized] = mapped_column(LocalizedText)
    minutes: Mapped[int]
    speaker: Mapped[str] = mapped_column(String(120), default="", info=personal("who speaks to an item", MEETING))
    concern: Mapped[Concern | None] = relationship(lazy="raise")

    __table_args__ = (UniqueConstraint("event_id", "concern_id"), CheckConstraint("minutes > 0", name="minutes"))


class MinutesItem(Base):
    """What was said and decided about an item, as it stands now; a published version is kept apart."""

    __tablename__ = "minutes_items"

    agenda_item_id: Mapped[UUID] = mapped_column(ForeignKey("agenda_items.id", ondelete="CASCADE"), primary_key=True)
    said: Mapped[Localized] = mapped_column(LocalizedText, info=personal("what was said", MEETING))
    decision: Mapped[Localized] = mapped_column(LocalizedText, info=personal("what was decided", MEETING))
    version: Mapped[int] = mapped_column(default=1)  # two people typing: the second is told


class MinutesVersion(HasId, Base):
    """The minutes as they were published, once for each correction."""

    __tablename__ = "minutes_versions"

    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    number: Mapped[int]
    content: Mapped[list[dict[str, Any]]] = mapped_column(Json, info=personal("what was said", MEETING))
    correction: Mapped[Localized | None] = mapped_column(LocalizedText, info=personal("what was corrected", MEETING))
    published_at: Mapped[datetime] = mapped_column(Instant)
    published_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    event: Mapped[Event] = relationship(lazy="raise")

    __table_args__ = (UniqueConstraint("event_id", "number"),)


class ActionItem(HasId, Base):
    """What somebody in some department does, by when."""

    __tablename__ = "action_items"

    form_key: Mapped[str] = mapped_column(String(64), unique=True)
    event_id: Mapped[UUID | None] = mapped_column(ForeignKey("events.id"), index=True)  # None: it came straight from a concern
    agenda_item_id: Mapped[UUID | None] = mapped_column(ForeignKey("agenda_items.id", ondelete="SET NULL"), index=True)
    concern_id: Mapped[UUID | None] = mapped_column(ForeignKey("concerns.id"), index=True)
    neighbourhood_id: Mapped[UUID | None] = mapped_column(ForeignKey("neighbourhoods.id"), index=True)  # whose staff tend it
    what: Mapped[Localized] = mapped_column(LocalizedText)
    who: Mapped[str] = mapped_column(Encrypted, default="", info=personal("who does it", ACTED))
    department: Mapped[str] = mapped_column(String(120), default="")
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    address_id: Mapped[UUID | None] = mapped_column(ForeignKey("addresses.id"), index=True)  # of an owner without an account
    locale: Mapped[str] = mapped_column(String(10))  # of letters to an owner without an account
    due_on: Mapped[date]
    state: Mapped[ActionState] = mapped_column(String(10), default=ActionState.OPEN)
    outcome: Mapped[Localized | None] = mapped_column(LocalizedText)  # what was done, or why it never will be
    created_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    revocation: Mapped[int] = mapped_column(default=0)  # another owner ends the link of the one before
    version: Mapped[int] = mapped_column(default=1)
    concern: Mapped[Concern | None] = relationship(lazy="raise")
    event: Mapped[Event | None] = relationship(lazy="raise")
    notes: Mapped[list["ActionNote"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="ActionNote.at", passive_deletes=True
    )

    __table_args__ = (Index("ix_action_items_state_due_on", "state", "due_on"),)


class ActionNote(HasId, Base):
    """How an action item stands, or why it is to be done by another day."""

    __tablename__ = "action_notes"

    action_item_id: Mapped[UUID] = mapped_column(ForeignKey("action_items.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))  # None: whoever holds its link
    body: Mapped[str] = mapped_column(info=personal("how it stands", ACTED))
    locale: Mapped[str] = mapped_column(String(10))
    due_on: Mapped[date | None]  # the day it was put off to
    at: Mapped[datetime] = mapped_column(Instant)
