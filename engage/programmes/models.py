"""Tables of programmes and their priority themes."""

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from engage.core.db import Base, HasId, Json, LocalizedText
from engage.core.text import Localized
from engage.programmes.rules import PlaceKind, Proposers, Sign, SignUpMode


class Programme(HasId, Base):
    """A way of meeting, with everything its events go by."""

    __tablename__ = "programmes"

    slug: Mapped[str] = mapped_column(String(60), unique=True)
    kit: Mapped[str] = mapped_column(String(40))  # the kit it was made from
    sign: Mapped[Sign] = mapped_column(String(10))
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[Localized] = mapped_column(LocalizedText)
    summary: Mapped[Localized] = mapped_column(LocalizedText)  # one plain sentence
    description: Mapped[Localized] = mapped_column(LocalizedText)  # Markdown
    host_guide: Mapped[Localized] = mapped_column(LocalizedText)  # Markdown, for who hosts
    who_may_propose: Mapped[Proposers] = mapped_column(String(10))
    is_reviewed: Mapped[bool]
    place_kind: Mapped[PlaceKind] = mapped_column(String(10))
    reveal_hours: Mapped[int] = mapped_column(default=24)  # the address is shown this long before the start
    sign_up_mode: Mapped[SignUpMode] = mapped_column(String(20))
    least_guests: Mapped[int | None]
    most_guests: Mapped[int | None]  # None: no limit
    party_limit: Mapped[int]
    hold_minutes: Mapped[int]
    offer_minutes: Mapped[int]
    decide_days: Mapped[int] = mapped_column(default=3)  # below the least number, the host is asked this early
    asks_neighbourhood: Mapped[bool]
    asks_first_time: Mapped[bool]
    reminders: Mapped[list[dict[str, Any]]] = mapped_column(Json)  # see rules.ReminderKind
    questions: Mapped[list[dict[str, Any]]] = mapped_column(Json)  # key, kind, text (Localized as JSON), options (key, text)
    is_active: Mapped[bool] = mapped_column(default=True)
    is_closed: Mapped[bool] = mapped_column(default=False)  # its events are listed nowhere, and entered by invitation
    version: Mapped[int] = mapped_column(default=1)  # two administrators editing: the second is told

    __table_args__ = (
        CheckConstraint("party_limit >= 1", name="party_limit"),
        CheckConstraint("most_guests IS NULL OR least_guests IS NULL OR least_guests <= most_guests", name="guests"),
    )


class Theme(HasId, Base):
    """A priority area of a programme or of a neighbourhood. Never deleted: what hangs on it keeps its name."""

    __tablename__ = "themes"

    programme_id: Mapped[UUID | None] = mapped_column(ForeignKey("programmes.id"), index=True)
    neighbourhood_id: Mapped[UUID | None] = mapped_column(ForeignKey("neighbourhoods.id"), index=True)
    name: Mapped[Localized] = mapped_column(LocalizedText)
    position: Mapped[int] = mapped_column(default=0)
    is_retired: Mapped[bool] = mapped_column(default=False)  # offered no more

    __table_args__ = (CheckConstraint("(programme_id IS NULL) <> (neighbourhood_id IS NULL)", name="of_one"),)
