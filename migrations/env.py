"""How migrations reach the database: through the app, each in one transaction."""

from alembic import context
from flask import current_app
from sqlalchemy import String, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

from engage.core import db

# Two at once must not both migrate: the second waits here and finds nothing to do.
ADVISORY_LOCK = 0x656E67616765


def _render_plain(kind: str, item: object, autogen: object) -> str | bool:
    """Write column types of ours as what they are in the database, so migrations outlive our code."""
    if kind == "type" and isinstance(item, TypeDecorator):
        plain: TypeEngine = item.impl_instance if not isinstance(item.impl_instance, (String, Text)) else item.impl_instance
        if plain.__class__.__name__ == "JSON":
            autogen.imports.add("from sqlalchemy.dialects import postgresql")
            return "sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')"
        return f"sa.{plain!r}"
    return False


def run() -> None:
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_lock({ADVISORY_LOCK})")
        context.configure(
            connection=connection,
            target_metadata=db.Base.metadata,
            render_as_batch=engine.dialect.name == "sqlite",
            render_item=_render_plain,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
