"""What tells whether the site is well."""

from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from engage.core import db
from engage.messages import queries as messages

MIGRATIONS = Path(__file__).parents[2] / "migrations"
LATE = timedelta(minutes=15)  # a due letter leaves within seconds; after this long no worker is at it


@lru_cache(maxsize=1)
def _newest() -> frozenset[str]:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return frozenset(ScriptDirectory.from_config(config).get_heads())


def is_migrated() -> bool:
    """Say whether the tables are those this build expects."""
    context = MigrationContext.configure(db.session().connection())
    return frozenset(context.get_current_heads()) == _newest()


def are_letters_leaving(now: datetime) -> bool:
    """Say whether no due letter has been waiting for long."""
    oldest = messages.oldest_due(now)
    return oldest is None or now - oldest < LATE
