"""The append-only ledger of facts: who did what, when, about whom, why.

A fact is a frozen dataclass of a feature's `facts` module. Recording one queues it; the
transaction settles the queue before it commits: every fact becomes a row, and what the
`REACTIONS` table in `app.py` lists for it runs, which may record more.
"""

import dataclasses
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.core import clock, db
from engage.core.access import Actor
from engage.core.db import Base, Instant, Json
from engage.core.facts import Fact

LargeNumber = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts by itself only in an INTEGER key


class Entry(Base):
    """One fact, as it is kept."""

    __tablename__ = "ledger"

    id: Mapped[int] = mapped_column(LargeNumber, primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    kind: Mapped[str] = mapped_column(String(80), index=True)  # "events.EventPublished"
    by_kind: Mapped[str] = mapped_column(String(10))  # person, link, clock, nobody
    by_id: Mapped[UUID | None]
    details: Mapped[dict[str, Any]] = mapped_column(Json)
    subjects: Mapped[list["Subject"]] = relationship(cascade="all, delete-orphan")


class Subject(Base):
    """What or whom an entry is about."""

    __tablename__ = "ledger_subjects"

    entry_id: Mapped[int] = mapped_column(ForeignKey("ledger.id", ondelete="CASCADE"), primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)

    __table_args__ = (Index("ix_ledger_subjects_subject_id_entry_id", "subject_id", "entry_id"),)


Reaction = Callable[[Any, Actor], None]
_reactions: dict[type, tuple[Reaction, ...]] = {}

Names = Mapping[str, Any]  # a fact's class -> a lazy text, as a feature's `wording.FACTS`
_names: dict[str, Any] = {}


def react(reactions: Mapping[type, Iterable[Reaction]]) -> None:
    """Take up the table of what follows from each fact."""
    _reactions.clear()
    _reactions.update({fact: tuple(followers) for fact, followers in reactions.items()})


def record(fact: Fact, *, by: Actor) -> None:
    """Queue a fact of the transaction under way. Raises RuntimeError outside of one."""
    if not db.is_open():
        raise RuntimeError("facts are recorded inside a transaction")
    db.session().info.setdefault("facts", []).append((fact, by))


def kind_of(fact: type) -> str:
    """Return the name a fact is kept under: its feature and its class."""
    return f"{fact.__module__.split('.')[1]}.{fact.__name__}"


def kinds_of(sort: type[Fact]) -> frozenset[str]:
    """Return the names that facts of one sort are kept under."""
    return frozenset(map(kind_of, sort.__subclasses__()))


def call(feature: str, names: Names) -> None:
    """Take up what a feature calls its facts."""
    _names.update({f"{feature}.{name}": text for name, text in names.items()})


def name_of(kind: str) -> str:
    """Return what a kind of fact is called in the reader's language; one that no feature knows any more keeps its code."""
    return str(_names.get(kind, kind))


def history(subject_id: UUID, *, limit: int = 200) -> list[Entry]:
    """Return the entries about one thing or person, newest first."""
    about = select(Entry).join(Subject).where(Subject.subject_id == subject_id)
    return list(db.session().scalars(about.order_by(Entry.id.desc()).limit(limit)))


def _settle() -> None:
    queue: list[tuple[Fact, Actor]] = db.session().info.setdefault("facts", [])
    while queue:
        fact, by = queue.pop(0)
        db.session().add(_entry(fact, by))
        for reaction in _reactions.get(type(fact), ()):
            reaction(fact, by)


def _entry(fact: Fact, by: Actor) -> Entry:
    values = {field.name: getattr(fact, field.name) for field in dataclasses.fields(fact)}
    subjects = {value for value in values.values() if isinstance(value, UUID)}
    kind, by_id = _who(by, subjects)
    return Entry(
        at=clock.now(),
        kind=kind_of(type(fact)),
        by_kind=kind,
        by_id=by_id,
        details={name: _plain(value) for name, value in values.items()},
        subjects=[Subject(subject_id=subject) for subject in subjects],
    )


def _who(by: Actor, subjects: Collection[UUID]) -> tuple[str, UUID | None]:
    """Return who acts; of the personal links that a shared computer holds, the one to what the fact is about."""
    if by.is_clock:
        return "clock", None
    if by.person_id is not None:
        return "person", by.person_id
    links = sorted((public_id for _purpose, public_id in by.links), key=lambda link: (link not in subjects, str(link)))
    return ("link", links[0]) if links else ("nobody", None)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return value if isinstance(value, bool | int | float | None) else str(value)


db.before_commit(_settle)
