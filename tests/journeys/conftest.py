"""A whole site for stories: gunicorn on loopback, letters in a folder, the clock in a file, a browser.

The runs are chosen so that each pair of (database, language, JavaScript, width) occurs at least once,
not each product: five runs instead of sixteen.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from engage import config
from engage.app import create_app
from engage.core import city, clock, db
from tests.browser import ARGUMENTS, chromium
from tests.journeys.site import Site

ROOT = Path(__file__).parents[2]


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
    if "run" in metafunc.fixturenames:
        wanted = metafunc.config.getoption("--databases").split(",")
        metafunc.parametrize("run", [run for run in RUNS if run.database in wanted], ids=str)


@pytest.fixture
def site(run, request, tmp_path):
    """A running, empty site of its own, whose time stands until the story moves it."""
    clock_file = tmp_path / "clock"
    url = f"sqlite:///{tmp_path}/site.db" if run.database == "sqlite" else request.getfixturevalue("postgresql")
    port = _free_port()
    env = {
        "ENGAGE_DATABASE_URL": url, "ENGAGE_SMTP_URL": f"file:{tmp_path}/mail", "ENGAGE_CLOCK_FILE": str(clock_file),
        "ENGAGE_BASE_URL": f"http://127.0.0.1:{port}",
    }
    app = create_app(config.load(env))
    found = Site(app=app, url=env["ENGAGE_BASE_URL"], clock_file=clock_file, mail=tmp_path / "mail")
    with app.app_context():
        db.Base.metadata.create_all(db.db.engine)
    server = _serve(port, env, tmp_path / "log")
    try:
        yield found
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(15)
        clock.read_from(None)
        city.forget()
        with app.app_context():
            db.db.session.remove()
            db.Base.metadata.drop_all(db.db.engine)
            db.db.engine.dispose()


def _serve(port, env, log):
    words = [sys.executable, "-m", "gunicorn", "wsgi:app", "-b", f"127.0.0.1:{port}", "--threads", "4", "--no-control-socket"]
    with log.open("wb") as file:
        process = subprocess.Popen(words, env={**os.environ, **env}, cwd=ROOT, stdout=file, stderr=file)
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError(log.read_text())
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return process
    process.kill()
    raise RuntimeError("the site did not start")


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def visitor(browser, run, site):
    """Make visitors: each call is another person with a browser of their own."""
    contexts = []

    def arrive(locale=None):
        context = browser.new_context(
            base_url=site.url, java_script_enabled=run.has_scripts, locale=locale or run.locale,
            viewport={"width": run.width, "height": 800},
        )
        contexts.append(context)
        page = context.new_page()
        page.on("requestfailed", lambda request: None)
        return page

    yield arrive
    for context in contexts:
        context.close()
