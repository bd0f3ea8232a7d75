"""All rows of a test's database at once: gone, set aside, put back; and some in the order they were written.

In one go and past SQLAlchemy, for this is done before every test. SQLite is spared looking after references meanwhile:
none are left, or those that were sound when the rows were set aside.
"""

from sqlalchemy import literal_column

from engage.core import db


def empty():
    """Delete every row there is."""
    _run(_deletes())


def set_aside(name):
    """Copy all rows into tables beside the others, under a name of one word."""
    _run([f"CREATE TABLE {name}.{table} AS SELECT * FROM main.{table}" for table in _tables()], name)


def put_back(name):
    """Have exactly the rows that were set aside."""
    _run([*_deletes(), *(f"INSERT INTO main.{table} SELECT * FROM {name}.{table}" for table in _tables())], name)


def as_written(table):
    """What to order by for rows as they were written.

    PostgreSQL puts a row wherever one has gone, so that its place says nothing: the transaction and the statement
    within it do.
    """
    if db.db.engine.dialect.name == "sqlite":
        return [literal_column(f"{table}.rowid")]
    return [literal_column(f"CAST(CAST({table}.{column} AS text) AS bigint)") for column in ("xmin", "cmin")]


def _tables():
    return [table.name for table in db.Base.metadata.sorted_tables]


def _deletes():
    return [f"DELETE FROM main.{table}" for table in reversed(_tables())]


def _run(statements, name=""):
    db.db.session.remove()
    run = _on_sqlite if db.db.engine.dialect.name == "sqlite" else _on_postgresql
    pooled = db.db.engine.raw_connection()
    try:
        run(pooled.driver_connection, ";".join(statements), name)
    except BaseException:
        pooled.invalidate()
        raise
    finally:
        pooled.close()


def _on_sqlite(connection, script, name):
    """What is set aside lies in a file of its own."""
    beside = f"ATTACH '{db.db.engine.url.database}.{name}' AS {name};" if name else ""
    after = f"DETACH {name};" if name else ""
    connection.executescript(
        f"PRAGMA foreign_keys=OFF; {beside} BEGIN IMMEDIATE; {script}; COMMIT; {after} PRAGMA foreign_keys=ON"
    )


def _on_postgresql(connection, script, name):
    """What is set aside lies in a schema of its own."""
    before = f"CREATE SCHEMA IF NOT EXISTS {name};" if name else ""
    connection.execute(before + script.replace("main.", "public."))
    connection.commit()
