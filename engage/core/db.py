"""Rows: engine, column types, and the one transaction of a request.

`.commit(` stands in this file and nowhere else.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from psycopg import OperationalError
from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    DateTime,
    Engine,
    MetaData,
    Select,
    Text,
    TypeDecorator,
    Uuid,
    event,
    literal,
    text,
    true,
    tuple_,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from engage.core import secrets
from engage.core.text import Localized

_WRITER = "engage_writer"
_OPEN = "engage_transaction"
_GLANCES = "glances"  # the connections that public pages read their version through


class Base(DeclarativeBase):
    """The parent of every table."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base)


class Instant(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC; SQLite gives it back aware as well."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Encrypted(TypeDecorator[str]):
    """Text that is ciphertext in the database. To find it, keep a keyed hash beside it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else secrets.encrypt(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else secrets.decrypt(value)


Json = JSON().with_variant(JSONB(), "postgresql")


class LocalizedText(TypeDecorator[Localized]):
    """Text that people wrote, per locale, with the locale it was written in first."""

    impl = Json
    cache_ok = True

    def process_bind_param(self, value: Localized | None, dialect: Dialect) -> Any:
        return None if value is None else value.as_json()

    def process_result_value(self, value: Any, dialect: Dialect) -> Localized | None:
        return None if value is None else Localized.from_json(value)


@dataclass(frozen=True)
class Personal:
    """The promise a column with personal data makes: what for, and until when it is kept.

    `keep` is one of the periods that the feature's retention job carries out, in words that
    `docs/privacy.md` repeats.
    """

    purpose: str
    keep: str


def personal(purpose: str, keep: str) -> dict[str, Personal]:
    """Return the `info` of a column that holds personal data: `mapped_column(info=personal(...))`."""
    return {"personal": Personal(purpose, keep)}


NOT_PERSONAL: dict[str, bool] = {"not_personal": True}


class HasId:
    """A primary key that may stand in public: random, and made before the row is written."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)


Place = tuple[datetime, UUID]  # of a row in a list that goes by an instant, then by id


def beyond(place: Place | None, instant: Any, row_id: Any, *, is_falling: bool = False) -> ColumnElement[bool]:
    """Return the criterion for the rows that come after a place in such a list; without one, for all of them."""
    if place is None:
        return true()
    row, shown = tuple_(instant, row_id), tuple_(literal(place[0], Instant), literal(place[1], Uuid()))
    return row < shown if is_falling else row > shown


_settlers: list[Callable[[], None]] = []


def insert_new(*, model: type[Base], values: Mapping[str, Any]) -> bool:
    """Insert a row unless one like it is there, in either dialect, however many do so at once; say whether it was new."""
    dialect = postgresql if session().get_bind().dialect.name == "postgresql" else sqlite
    session().flush()
    inserted = dialect.insert(model).values(**values).on_conflict_do_nothing()
    return session().execute(inserted.returning(*model.__table__.primary_key)).first() is not None


def before_commit(settle: Callable[[], None]) -> None:
    """Have a function run inside every transaction, just before it ends."""
    _settlers.append(settle)


def session() -> Session:
    """Return the session of this request or job."""
    return db.session()


def is_open() -> bool:
    """Say whether a transaction is under way."""
    return bool(session().info.get(_OPEN))


@contextmanager
def transaction() -> Iterator[Session]:
    """Do one action as a whole: settle its facts and commit, or leave nothing behind.

    Raises RuntimeError when one is already under way: transactions don't nest.
    """
    current = session()
    if is_open():
        raise RuntimeError("a transaction is already under way")
    current.rollback()  # what was read before must be read again, under this transaction's lock
    current.connection(execution_options={_WRITER: True})
    current.info[_OPEN] = True
    try:
        yield current
        for settle in _settlers:
            settle()
        current.commit()
    except BaseException:
        current.rollback()
        raise
    finally:
        current.info.pop(_OPEN, None)
        current.info.pop("facts", None)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # BEGIN is ours, see `_begin_sqlite`
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "busy_timeout=15000", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once where writing is meant: a later upgrade could not wait for it."""
    if connection.get_execution_options().get(_WRITER):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        return
    cursor = connection.connection.cursor()
    cursor.execute("BEGIN")  # asks nothing of the database: no statement to count or log
    cursor.close()


def prepare(engine: Engine) -> None:
    """Give an engine the settings every connection of Engage has."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)


def init_app(app: Flask, url: str) -> None:
    """Bind the database to an app."""
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    quiet = {"hide_parameters": True}  # a failed statement is logged, the people in it are not
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = quiet
    if not url.startswith("sqlite"):
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {**quiet, "pool_pre_ping": True}
        glances = {"url": url, "isolation_level": "AUTOCOMMIT", "pool_reset_on_return": None, **quiet}
        app.config["SQLALCHEMY_BINDS"] = {_GLANCES: glances}
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)


class Glance:
    """A select of one row that a public page begins with: outside of any transaction, so that one round trip
    is all of it, and on PostgreSQL past SQLAlchemy, whose work would be half of the answer's.

    A connection that the server has dropped meanwhile is replaced, and the row read again.
    """

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        self._statement = statement
        self._compiled: tuple[str, dict[str, Any]] | None = None

    def first(self, **values: Any) -> tuple[Any, ...] | None:
        """Return the row's values, or None; instants come in any zone, enums as their values."""
        engine: Engine = db.engines.get(_GLANCES, db.engine)
        if engine.dialect.driver != "psycopg":
            with engine.connect() as connection:
                row = connection.execute(self._statement, values).first()
            return tuple(row) if row is not None else None
        try:
            return self._past_sqlalchemy(engine, values)
        except OperationalError:
            return self._past_sqlalchemy(engine, values)

    def _past_sqlalchemy(self, engine: Engine, values: dict[str, Any]) -> tuple[Any, ...] | None:
        sql, fixed = self._compiled = self._compiled or self._compile(engine)
        pooled = engine.raw_connection()
        try:
            connection: Any = pooled.driver_connection
            row: tuple[Any, ...] | None = connection.execute(sql, {**fixed, **values}).fetchone()
        except OperationalError:
            engine.dispose()  # the others were dropped with this one
            pooled.invalidate()
            raise
        finally:
            pooled.close()
        return row

    def _compile(self, engine: Engine) -> tuple[str, dict[str, Any]]:
        compiled = self._statement.compile(dialect=engine.dialect)
        fixed = {name: value.value if isinstance(value, Enum) else value for name, value in compiled.params.items()}
        return str(compiled), fixed


def is_reachable() -> bool:
    """Ask the database for an answer. Raises what the driver raises."""
    return bool(session().execute(text("select 1")).scalar_one() == 1)
