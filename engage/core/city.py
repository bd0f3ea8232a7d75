"""The city this site serves: what an administrator edits while the site runs. One row."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CheckConstraint, String, select
from sqlalchemy.orm import Mapped, mapped_column

from engage.core import db
from engage.core.db import Base, Json, LocalizedText
from engage.core.text import Localized

_FRESH_FOR = 5.0  # seconds a process may show settings another process has changed


class CityRow(Base):
    """The settings as they are kept."""

    __tablename__ = "city"

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    version: Mapped[int] = mapped_column(default=1)
    name: Mapped[str] = mapped_column(String(120))
    zone: Mapped[str] = mapped_column(String(64))
    country: Mapped[str] = mapped_column(String(2), default="")  # ISO 3166, for public holidays
    region: Mapped[str] = mapped_column(String(40), default="")  # of the country, as its list of public holidays names it
    locales: Mapped[list[str]] = mapped_column(Json)  # offered, the first is the default
    spoken: Mapped[list[str]] = mapped_column(Json, default=list)  # languages offered first in forms
    contact_email: Mapped[str] = mapped_column(String(254), default="")
    contact_phone: Mapped[str] = mapped_column(String(40), default="")
    contact_address: Mapped[str] = mapped_column(String(400), default="")
    legal_notice: Mapped[Localized] = mapped_column(LocalizedText, default=lambda: Localized({}, "en"))
    privacy: Mapped[Localized] = mapped_column(LocalizedText, default=lambda: Localized({}, "en"))

    overdue_staff_days: Mapped[int] = mapped_column(default=7)  # after its day, staff hear of an action item that isn't done
    overdue_public_days: Mapped[int] = mapped_column(default=14)  # ... and everybody sees it

    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)


@dataclass(frozen=True)
class City:
    """The settings as pages and letters use them."""

    name: str = "Engage"
    zone: str = "UTC"
    country: str = ""
    region: str = ""
    locales: tuple[str, ...] = ("en",)
    spoken: tuple[str, ...] = ()
    contact_email: str = ""
    contact_phone: str = ""
    contact_address: str = ""
    legal_notice: Localized = Localized({}, "en")
    privacy: Localized = Localized({}, "en")
    overdue_staff_days: int = 7
    overdue_public_days: int = 14
    version: int = 0

    @property
    def default_locale(self) -> str:
        return self.locales[0]


_kept: tuple[float, City] | None = None


def city() -> City:
    """Return the settings; read again after a few seconds, so every process follows.

    The object stays the same until they change: what else changes as rarely is kept beside it, and
    whoever changes such a thing says so by `change()`.
    """
    global _kept  # noqa: PLW0603 - the one thing this process remembers about the city
    if _kept is None or time.monotonic() - _kept[0] > _FRESH_FOR:
        read = _read()
        _kept = (time.monotonic(), _kept[1] if _kept is not None and _kept[1] == read else read)
    return _kept[1]


def forget() -> None:
    """Have the next reader read the settings again."""
    global _kept  # noqa: PLW0603
    _kept = None


def change(**values: Any) -> None:
    """Write settings, inside the transaction under way; the first time makes the row."""
    row = db.session().get(CityRow, 1)
    if row is None:
        row = CityRow(name="Engage", zone="UTC", locales=["en"], version=0)
        db.session().add(row)
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    db.session().flush()
    forget()


def _read() -> City:
    row = db.session().scalars(select(CityRow)).one_or_none()
    if row is None:
        return City()
    as_given: Callable[[str], Any] = lambda name: getattr(row, name)  # noqa: E731
    lists = {"locales": tuple(row.locales), "spoken": tuple(row.spoken)}
    return City(**{name: lists.get(name, as_given(name)) for name in City.__dataclass_fields__})
