"""Writing a row once, however often and by however many at the same time."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from engage.core import db


def insert_new(*, model: type[db.Base], values: Mapping[str, Any]) -> None:
    """Insert a row unless one like it is there, in either dialect."""
    dialect = postgresql if db.session().get_bind().dialect.name == "postgresql" else sqlite
    db.session().flush()
    db.session().execute(dialect.insert(model).values(**values).on_conflict_do_nothing())
