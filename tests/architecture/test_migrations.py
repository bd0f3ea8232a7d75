"""The migrations make exactly the tables the code speaks of, on both databases."""

import contextlib
import os

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select

from engage import config
from engage.app import create_app
from engage.concerns.models import Concern, Consultation
from engage.concerns.rules.consulting import ConsultationState
from engage.core import db
from engage.core.text import Localized
from tests import factories as make
from tests import postgres
from tests.factories.consulting import consultation


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


def test_what_was_there_before_is_found_and_keeps_its_numbers(empty):
    """A concern's words are folded for searches, and a consultation that people choose in numbers its themes as shown."""
    app = create_app(config.load({"ENGAGE_DATABASE_URL": empty}))
    with app.app_context():
        flask_migrate.upgrade()
        make.concern("Éclairage", language="fr", summary=Localized.of("ar", "المدرسة"), place="Rue É")
        running, early = consultation(), consultation(state=ConsultationState.COLLECTING)
        before, numbered = _kept(), [str(one.theme_ids) for one in (running, early)]
        db.session().rollback()
        flask_migrate.downgrade(revision="0008")
        flask_migrate.upgrade()
        assert _kept() == before == {"eclairage المدرسه rue e", *numbered}
        for engine in db.db.engines.values():
            engine.dispose()


def _kept():
    session = db.session()
    kept = {*session.scalars(select(Concern.folded)), *map(str, session.scalars(select(Consultation.theme_ids)))}
    session.rollback()
    return kept
