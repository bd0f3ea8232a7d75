"""What every test may ask for: the site on a real database, a client, the city, the time."""

import contextlib
import os
from datetime import UTC, datetime

import pytest
from hypothesis import settings

from engage import config
from engage.app import create_app
from engage.core import city, db, i18n
from tests import postgres, rows, scratch

SERVER = pytest.StashKey[contextlib.ExitStack]()

settings.register_profile("engage", parent=settings(), deadline=None)  # a busy machine is no mistake
settings.load_profile("engage")

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)


def pytest_addoption(parser):
    parser.addoption("--databases", default="sqlite", help="comma between: sqlite, postgresql")


def pytest_configure(config):
    """Choose where files lie, and start one PostgreSQL server for the whole run, before xdist's workers inherit both."""
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(scratch.root()))
    is_wanted = "postgresql" in config.getoption("--databases")
    if is_wanted and not hasattr(config, "workerinput"):
        config.stash[SERVER] = server = contextlib.ExitStack()
        try:
            os.environ[postgres.URL] = server.enter_context(postgres.server())
        except postgres.NoPostgres as error:
            if os.environ.get("CI") == "true":
                pytest.exit(str(error), returncode=1)
            config.option.databases = "sqlite"  # tests.preflight has said what is missing


def pytest_collection_modifyitems(config, items):
    """Leave out, on SQLite, what it does not have."""
    pointless = [item for item in items if item.get_closest_marker("postgresql") and _database(item) == "sqlite"]
    config.hook.pytest_deselected(items=pointless)
    items[:] = [item for item in items if item not in pointless]


def _database(item):
    return item.callspec.params.get("database")


def pytest_unconfigure(config):
    if server := config.stash.get(SERVER, None):
        server.close()


def pytest_generate_tests(metafunc):
    if "database" in metafunc.fixturenames:
        metafunc.parametrize("database", metafunc.config.getoption("--databases").split(","), scope="session", indirect=True)


@pytest.fixture(scope="session")
def database(request, tmp_path_factory):
    """The URL of an empty database of the kind the run asks for."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('db')}/test.db"
    return request.getfixturevalue("postgresql")


@pytest.fixture(scope="session")
def postgresql():
    """The URL of an empty PostgreSQL database of this process' own."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    with postgres.database(os.environ[postgres.URL], f"engage_{worker}_{os.getpid()}") as url:
        yield url


@pytest.fixture(scope="session")
def _app(database, tmp_path_factory):
    mail = tmp_path_factory.mktemp("mail")
    settings = config.load({
        "ENGAGE_DATABASE_URL": database,
        "ENGAGE_SMTP_URL": f"file:{mail}",
        "ENGAGE_BASE_URL": "https://engage.test",
        "ENGAGE_PAGE_CACHE": "0",
    })
    app = create_app(settings)
    app.testing = True
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        db.Base.metadata.create_all(db.db.engine)
    yield app
    with app.app_context():
        db.db.session.remove()
        db.Base.metadata.drop_all(db.db.engine)
        for engine in db.db.engines.values():
            engine.dispose()


@pytest.fixture
def app(_app):
    """The site with an empty city named Luton, speaking en, fr, es and ar; an app context is open."""
    with _app.app_context():
        with db.transaction():
            city.change(name="Luton", zone="Europe/London", locales=["en", "fr", "es", "ar"], country="GB")
        _app.extensions["limiter"].storage.reset()
        i18n.choose("en")
        yield _app
        rows.empty()
        city.forget()


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def now():
    return NOW
