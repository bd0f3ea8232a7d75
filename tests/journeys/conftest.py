"""A whole site for stories: gunicorn on loopback, letters in a folder, the clock in a file, a browser.

The runs are chosen so that each pair of (database, language, JavaScript, width) occurs at least once,
not each product: five runs instead of sixteen.
"""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from engage import config
from engage.app import create_app
from engage.core import city, clock, db
from tests.browser import ARGUMENTS, chromium
from tests.journeys import stage
from tests.journeys.eyes import Eyes
from tests.journeys.site import Site
from tests.journeys.visitor import Visitor
from tests.ports import free_port

ROOT = Path(__file__).parents[2]

# Without a browser there are no stories: tests.preflight says so, and CI does not get this far.
collect_ignore_glob = [] if chromium() or os.environ.get("CI") == "true" else ["test_*.py"]
PATIENCE = 15_000  # ms, on a machine that runs other tests too


@dataclass(frozen=True)
class Run:
    """How one telling of a story is seen."""

    database: str
    locale: str
    has_scripts: bool
    width: int

    def __str__(self):
        return f"{self.database}-{self.locale}-{'js' if self.has_scripts else 'plain'}-{self.width}"


RUNS = (
    Run("sqlite", "en", True, 360),
    Run("sqlite", "ar", False, 1280),
    Run("postgresql", "en", False, 1280),
    Run("postgresql", "ar", True, 1280),
    Run("postgresql", "ar", False, 360),
)


def pytest_generate_tests(metafunc):
    """Tell a story in each run, or in those its module names by number."""
    if "run" in metafunc.fixturenames:
        wanted = metafunc.config.getoption("--databases").split(",")
        told = [RUNS[number] for number in getattr(metafunc.module, "TOLD_IN", range(len(RUNS)))]
        metafunc.parametrize("run", [run for run in told if run.database in wanted], ids=str)


@pytest.fixture
def site(run, request, tmp_path):
    """A running site of its own with a city on it, whose time stands until the story moves it."""
    url = f"sqlite:///{tmp_path}/site.db" if run.database == "sqlite" else request.getfixturevalue("postgresql")
    port, clock_file, mail = free_port(), tmp_path / "clock", tmp_path / "mail"
    clock_file.write_text(stage.START.isoformat())
    env = {
        "ENGAGE_DATABASE_URL": url, "ENGAGE_SMTP_URL": f"file:{mail}", "ENGAGE_CLOCK_FILE": str(clock_file),
        "ENGAGE_BASE_URL": f"http://127.0.0.1:{port}",
    }
    app = create_app(config.load(env))
    try:
        built = _built(app, getattr(request.module, "BUILD", stage.build), run.locale)
        with _serving(port, env, tmp_path / "log"):
            yield Site(app=app, url=env["ENGAGE_BASE_URL"], clock_file=clock_file, mail=mail, stage=built)
    finally:
        clock.read_from(None)
        _leave_nothing(app)


def _built(app, build, locale):
    with app.app_context():
        db.Base.metadata.create_all(db.db.engine)
        built = build(locale)
        db.db.session.remove()
    return built


def _leave_nothing(app):
    city.forget()
    with app.app_context():
        db.db.session.remove()
        db.Base.metadata.drop_all(db.db.engine)
        db.db.engine.dispose()


@contextmanager
def _serving(port, env, log):
    words = [sys.executable, "-m", "gunicorn", "wsgi:app", "-b", f"127.0.0.1:{port}", "--threads", "4", "--no-control-socket"]
    with log.open("wb") as file:
        process = subprocess.Popen(words, env={**os.environ, **env}, cwd=ROOT, stdout=file, stderr=file)
    try:
        _wait_for(process, port, log)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(15)


def _wait_for(process, port, log):
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError(log.read_text())
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the site did not start")


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def visitor(browser, run, site):
    """Make visitors: each call is another person with a browser of their own, who reads the run's language
    unless told another. What was wrong with any page they saw fails the story at its end."""
    contexts, eyes = [], Eyes(site.url, has_scripts=run.has_scripts)

    def arrive(locale=None):
        speaks = locale or run.locale
        context = browser.new_context(
            base_url=site.url, java_script_enabled=run.has_scripts, locale=speaks, reduced_motion="reduce",
            viewport={"width": run.width, "height": 800},
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return Visitor(context.new_page(), site, eyes, speaks)

    yield arrive
    for context in contexts:
        context.close()
    assert not eyes.troubles, "\n".join(dict.fromkeys(eyes.troubles))
