"""The migrations make exactly the tables the code speaks of."""

import flask_migrate
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from engage import config
from engage.app import create_app
from engage.core import db


def test_migrations_and_models_agree(tmp_path):
    app = create_app(config.load({"ENGAGE_DATABASE_URL": f"sqlite:///{tmp_path}/new.db"}))
    with app.app_context():
        flask_migrate.upgrade()
        with db.db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": False, "target_metadata": db.Base.metadata})
            assert compare_metadata(context, db.Base.metadata) == []
        db.db.engine.dispose()
