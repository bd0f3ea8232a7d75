"""Count what a page asks of the database, whichever way it asks."""

from contextlib import contextmanager
from unittest.mock import patch

import psycopg
from sqlalchemy import Engine, event

_execute = psycopg.Connection.execute


@contextmanager
def counted():
    """Give the list of SQL statements run inside: SQLAlchemy's, and those that pass it by (`db.Glance`)."""
    seen = []

    def note(_connection, _cursor, statement, *_):
        seen.append(statement)

    def direct(connection, statement, *args, **kwargs):
        seen.append(statement)
        return _execute(connection, statement, *args, **kwargs)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        with patch.object(psycopg.Connection, "execute", direct):
            yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)
