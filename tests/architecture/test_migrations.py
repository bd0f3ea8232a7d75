"""The migrations make exactly the tables the code speaks of, on both databases."""

import contextlib
import os

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from engage import config
from engage.app import create_app
from engage.core import db
from tests import postgres


def pytest_generate_tests(metafunc):
    metafunc.parametrize("kind", metafunc.config.getoption("--databases").split(","))


@pytest.fixture
def empty(kind, tmp_path):
    """The URL of a database with no tables."""
    with contextlib.ExitStack() as stack:
        if kind == "sqlite":
            yield f"sqlite:///{tmp_path}/new.db"
        else:
            yield stack.enter_context(postgres.database(os.environ[postgres.URL], f"engage_migrated_{os.getpid()}"))


def test_migrations_and_models_agree(empty):
    app = create_app(config.load({"ENGAGE_DATABASE_URL": empty}))
    with app.app_context():
        flask_migrate.upgrade()
        with db.db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"target_metadata": db.Base.metadata})
            assert compare_metadata(context, db.Base.metadata) == []
        for engine in db.db.engines.values():
            engine.dispose()
