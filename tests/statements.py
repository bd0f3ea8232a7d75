"""Count what a screen asks the database: `with counted() as statements: ...; assert len(statements) == 4`."""

from contextlib import contextmanager

from sqlalchemy import event

from engage.core import db


@contextmanager
def counted():
    """Collect the statements inside, without BEGIN, COMMIT and the like."""
    statements = []

    def note(_connection, _cursor, statement, *_):
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA")):
            statements.append(statement)

    event.listen(db.db.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(db.db.engine, "before_cursor_execute", note)
