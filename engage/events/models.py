"""Tables of events. Seats move by one conditional UPDATE under the CHECKs below, never otherwise."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.core import clock
from engage.core.db import Base, Encrypted, HasId, Instant, Json, LocalizedText, personal
from engage.core.text import Localized
from engage.events.rules import Acceptance, Audience, LanguageUse, Minors, PersonRole, Reach, State
from engage.places.models import Neighbourhood, Venue
from engage.programmes.models import Programme

NO_TEXT = Localized({}, "en")
AS_EVENT = "three years after the event"


class Series(HasId, Base):
    """Meetings of one purpose that were planned together. Each is an event as any other, and says so by its `series_id`."""

    __tablename__ = "series"

    form_key: Mapped[str] = mapped_column(String(64), unique=True)  # the form sent twice is one series
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programmes.id"))
    title: Mapped[Localized] = mapped_column(LocalizedText)
    zone: Mapped[str] = mapped_column(String(64))
    rule: Mapped[dict[str, Any]] = mapped_column(Json)  # what was asked for; the events say what came of it
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(Instant)
    programme: Mapped[Programme] = relationship(lazy="raise")


class Event(HasId, Base):
    """One meeting."""

    __tablename__ = "events"

    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programmes.id"), index=True)
    series_id: Mapped[UUID | None] = mapped_column(ForeignKey("series.id"), index=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    state: Mapped[State] = mapped_column(String(20), default=State.DRAFT)
    title: Mapped[Localized] = mapped_column(LocalizedText, default=lambda: NO_TEXT)
    description: Mapped[Localized] = mapped_column(LocalizedText, default=lambda: NO_TEXT)  # Markdown
    food: Mapped[Localized] = mapped_column(LocalizedText, default=lambda: NO_TEXT)
    # Time: what people were told (wall, zone), and the instant it stands for. A draft may have none.
    wall_start: Mapped[datetime | None] = mapped_column(DateTime)
    wall_end: Mapped[datetime | None] = mapped_column(DateTime)
    zone: Mapped[str] = mapped_column(String(64))
    starts_at: Mapped[datetime | None] = mapped_column(Instant)
    ends_at: Mapped[datetime | None] = mapped_column(Instant)
    sequence: Mapped[int] = mapped_column(default=0)  # grows whenever time or place changes
    neighbourhood_id: Mapped[UUID | None] = mapped_column(ForeignKey("neighbourhoods.id"), index=True)
    venue_id: Mapped[UUID | None] = mapped_column(ForeignKey("venues.id"))
    capacity: Mapped[int | None]  # None: no limit
    seats_taken: Mapped[int] = mapped_column(default=0)
    least_guests: Mapped[int | None]
    is_step_free: Mapped[bool] = mapped_column(default=False)
    has_hearing_loop: Mapped[bool] = mapped_column(default=False)
    has_sign_language: Mapped[bool] = mapped_column(default=False)
    has_childcare: Mapped[bool] = mapped_column(default=False)
    helps_transport: Mapped[bool] = mapped_column(default=False)
    minors: Mapped[Minors] = mapped_column(String(12), default=Minors.WITH_ADULT)
    is_sign_up_paused: Mapped[bool] = mapped_column(default=False)
    papers: Mapped[list[str]] = mapped_column(Json, default=list)  # what features above have published about it: codes
    is_going_ahead: Mapped[bool] = mapped_column(default=False)  # the host decided to, below the least number
    cancel_reason: Mapped[Localized | None] = mapped_column(LocalizedText)
    version: Mapped[int] = mapped_column(default=1)  # grows with everything its public page shows
    created_at: Mapped[datetime] = mapped_column(Instant)
    changed_at: Mapped[datetime] = mapped_column(Instant, default=clock.now, onupdate=clock.now)  # LAST-MODIFIED in calendars
    submitted_at: Mapped[datetime | None] = mapped_column(Instant)
    published_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    programme: Mapped[Programme] = relationship(lazy="raise")
    series: Mapped[Series | None] = relationship(lazy="raise")
    neighbourhood: Mapped[Neighbourhood | None] = relationship(lazy="raise")
    venue: Mapped[Venue | None] = relationship(lazy="raise")
    languages: Mapped[list["EventLanguage"]] = relationship(lazy="raise", cascade="all, delete-orphan")
    people: Mapped[list["EventPerson"]] = relationship(lazy="raise", cascade="all, delete-orphan")

    __table_args__ = (
        CheckConstraint("0 <= seats_taken", name="seats_not_negative"),
        CheckConstraint("capacity IS NULL OR seats_taken <= capacity", name="seats_within_capacity"),
        CheckConstraint("ends_at IS NULL OR starts_at IS NULL OR starts_at < ends_at", name="ends_after_start"),
        Index("ix_events_state_starts_at_id", "state", "starts_at", "id"),
    )

    @property
    def has_private_place(self) -> bool:
        return self.venue_id is None


class EventLanguage(Base):
    """A language spoken at, or interpreted into at, an event."""

    __tablename__ = "event_languages"

    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(String(10), primary_key=True)
    use: Mapped[LanguageUse] = mapped_column(String(12), primary_key=True)


class EventPerson(HasId, Base):
    """Somebody's part in an event. Officials and partners may have no account: a name alone."""

    __tablename__ = "event_people"

    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    address_id: Mapped[UUID | None] = mapped_column(ForeignKey("addresses.id"))  # a co-host asked by letter
    called: Mapped[str] = mapped_column(Encrypted, info=personal("who hosts, shown on the event's page", AS_EVENT))
    title: Mapped[str] = mapped_column(String(120), default="", info=personal("an official's office", AS_EVENT))
    role: Mapped[PersonRole] = mapped_column(String(12))
    acceptance: Mapped[Acceptance] = mapped_column(String(10), default=Acceptance.ACCEPTED)
    revocation: Mapped[int] = mapped_column(default=0)

    __table_args__ = (UniqueConstraint("event_id", "person_id", "role"),)


class PrivateAddress(Base):
    """A home. Read through `actions.address_for` alone, which logs each look."""

    __tablename__ = "private_addresses"

    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), primary_key=True)
    address: Mapped[str] = mapped_column(Encrypted, info=personal("guests find the door", "a week after the event"))
    directions: Mapped[str] = mapped_column(
        Encrypted, default="", info=personal("guests find the door", "a week after the event")
    )
    reveal_hours: Mapped[int]  # before the start, as the host chose


class AddressLook(HasId, Base):
    """That somebody was shown a private address."""

    __tablename__ = "address_looks"

    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    by_kind: Mapped[str] = mapped_column(String(10))
    by_id: Mapped[UUID | None] = mapped_column(info=personal("who saw a host's address", "a year after the event"))
    at: Mapped[datetime] = mapped_column(Instant)


class ReviewNote(HasId, Base):
    """What staff and proposer write each other about a proposal."""

    __tablename__ = "review_notes"

    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    body: Mapped[str] = mapped_column(info=personal("talking about a proposal", AS_EVENT))
    at: Mapped[datetime] = mapped_column(Instant)


class GuestNote(HasId, Base):
    """What host or staff wrote to those registered, waiting or both, in the languages they had words for."""

    __tablename__ = "guest_notes"

    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    form_key: Mapped[str] = mapped_column(String(64))
    audience: Mapped[Audience] = mapped_column(String(10), default=Audience.REGISTERED)
    reach: Mapped[Reach] = mapped_column(String(10), default=Reach.EVENT)
    subject: Mapped[Localized] = mapped_column(LocalizedText, info=personal("telling guests something", AS_EVENT))
    body: Mapped[Localized] = mapped_column(LocalizedText, info=personal("telling guests something", AS_EVENT))
    at: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = (UniqueConstraint("event_id", "form_key"),)


class PublicationHold(HasId, Base):
    """Something that keeps an event from being published; features above place and lift it."""

    __tablename__ = "publication_holds"

    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    reason: Mapped[str] = mapped_column(String(60))  # a code that some feature's wording knows
    placed_at: Mapped[datetime] = mapped_column(Instant)
    lifted_at: Mapped[datetime | None] = mapped_column(Instant)


class Subscription(HasId, Base):
    """"Tell me of new events", by letter, at most weekly; of new dates of one series at once."""

    __tablename__ = "subscriptions"

    address_id: Mapped[UUID] = mapped_column(ForeignKey("addresses.id", ondelete="CASCADE"), index=True)
    locale: Mapped[str] = mapped_column(String(10))
    neighbourhood_id: Mapped[UUID | None] = mapped_column(ForeignKey("neighbourhoods.id"))
    programme_id: Mapped[UUID | None] = mapped_column(ForeignKey("programmes.id"))
    series_id: Mapped[UUID | None] = mapped_column(ForeignKey("series.id"), index=True)
    language: Mapped[str | None] = mapped_column(String(10))
    created_at: Mapped[datetime] = mapped_column(Instant)
    proven_at: Mapped[datetime | None] = mapped_column(Instant)
    told_until: Mapped[datetime | None] = mapped_column(Instant)  # events published up to then were told
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    revocation: Mapped[int] = mapped_column(default=0)


class ListingVersion(Base):
    """One row whose number grows whenever a public list would look different."""

    __tablename__ = "listing_version"

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    number: Mapped[int] = mapped_column(default=1)
