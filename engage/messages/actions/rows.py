"""Writing a row once, however often and by however many at the same time."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from engage.core import db


def insert_new(*, model: type[db.Base], values: Mapping[str, Any]) -> bool:
    """Insert a row unless one like it is there, in either dialect; say whether it was new."""
    dialect = postgresql if db.session().get_bind().dialect.name == "postgresql" else sqlite
    db.session().flush()
    inserted = dialect.insert(model).values(**values).on_conflict_do_nothing()
    return db.session().execute(inserted.returning(*model.__table__.primary_key)).first() is not None
