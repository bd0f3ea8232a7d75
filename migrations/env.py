"""How migrations reach the database: through the app, each in one transaction."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app
from sqlalchemy import JSON
from sqlalchemy.types import TypeDecorator

from engage.core import db

# Two at once must not both migrate: the second waits here and finds nothing to do.
ADVISORY_LOCK = 0x656E67616765


def _render_plain(kind: str, item: object, autogen: AutogenContext) -> str | Literal[False]:
    """Write column types of ours as what they are in the database, so migrations outlive our code."""
    plain = item.impl_instance if isinstance(item, TypeDecorator) else item
    if kind == "type" and isinstance(plain, JSON):
        autogen.imports.add("from sqlalchemy.dialects import postgresql")
        return "sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')"
    return f"sa.{plain!r}" if kind == "type" and isinstance(item, TypeDecorator) else False


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
