"""The `engage` command, as an operator types it: real processes on a database file of their own."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil
import pytest

from tests.ports import free_port

ROOT = Path(__file__).parents[2]
SQUARE = [[[0.0, 51.0], [0.1, 51.0], [0.1, 51.1], [0.0, 51.1], [0.0, 51.0]]]


@pytest.fixture
def env(tmp_path):
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ENGAGE_")}
    return {**clean, "ENGAGE_DATABASE_URL": f"sqlite:///{tmp_path}/var/city.db", "ENGAGE_SMTP_URL": f"file:{tmp_path}/mail"}


def engage(env, *words, stdin=""):
    command = [sys.executable, "-m", "engage.cli", *map(str, words)]
    return subprocess.run(command, env=env, cwd=ROOT, input=stdin, capture_output=True, text=True, timeout=120)


def begin(env, *more):
    return engage(env, "init", "--city", "Luton", "--timezone", "Europe/London", "--locales", "en,ar", *more)


def geojson(path, *features):
    body = [{"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": rings}}
            for properties, rings in features]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": body}))
    return path


@pytest.mark.slow
def test_an_operator_sets_a_city_up(env, tmp_path):
    for _ in range(2):  # safe to repeat
        assert begin(env).returncode == 0
    words = ("--email", "a@example.org", "--role", "administrator", "--password-stdin")
    made = engage(env, "accounts", "create", *words, stdin="a long pass phrase\n")
    assert made.returncode == 0, made.stderr
    assert "a long pass phrase" not in made.stdout + made.stderr
    taken = engage(env, "places", "import", geojson(tmp_path / "wards.geojson", ({"code": "D", "name": "Dallow"}, SQUARE)))
    assert taken.returncode == 0, taken.stderr
    assert engage(env, "worker", "--once").returncode == 0


@pytest.mark.slow
def test_a_broken_file_is_refused_in_one_line(env, tmp_path):
    begin(env)
    broken = geojson(tmp_path / "broken.geojson", ({"code": "D", "name": "Dallow"}, SQUARE), ({"code": "S"}, SQUARE))
    refused = engage(env, "places", "import", broken)
    assert refused.returncode == 1
    assert "2" in refused.stderr, "the number of the feature is named"
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize("words, said", [
    (("init", "--city", "Luton", "--timezone", "Mars/Base", "--locales", "en"), "Mars/Base"),
    (("init", "--city", "Luton", "--timezone", "Europe/London", "--locales", "en,xx"), "xx"),
    (("accounts", "create", "--email", "a@example.org", "--role", "king"), "king"),
])
def test_wrong_words_are_named(env, words, said):
    refused = engage(env, *words)
    assert refused.returncode == 2
    assert said in refused.stderr


def test_a_wrong_environment_is_one_line(env):
    refused = engage({**env, "ENGAGE_ENV": "production"}, "worker", "--once")
    assert refused.returncode == 1
    assert "ENGAGE_" in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_stopping_leaves_no_process_behind(env, how):
    begin(env)
    port = free_port()
    serving = subprocess.Popen([sys.executable, "-m", "engage.cli", "serve", "--port", str(port)], env=env, cwd=ROOT,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _await(f"http://127.0.0.1:{port}/healthz")
        family = psutil.Process(serving.pid).children(recursive=True)
        assert len(family) >= 3, "gunicorn, its workers, and the worker of letters"
        serving.send_signal(how)
        assert serving.wait(30) == 0
        _, alive = psutil.wait_procs(family, timeout=10)
        assert alive == []
    finally:
        serving.kill()
        serving.wait()


def _await(url):
    for _ in range(300):
        try:
            urllib.request.urlopen(url, timeout=1).close()  # noqa: S310 - our own server
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the site did not start")

