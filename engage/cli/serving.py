"""Web and worker as one command, for development and small cities."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence

import click

from engage import config
from engage.app import create_app
from engage.worker import forever, once

POLL = 0.2  # seconds
PATIENCE = 15  # seconds a process may take to stop


@click.command()
@click.option("--port", default=8000, envvar="PORT", show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--workers", default=2, show_default=True, help="Web processes.")
@click.option("--threads", default=4, show_default=True, help="Threads of each.")
def serve(port: int, host: str, workers: int, threads: int) -> None:
    """Serve the site, web and worker together, until Ctrl-C."""
    config.load(os.environ)
    web = [
        sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", f"{host}:{port}", "--workers", str(workers),
        "--threads", str(threads), "--no-control-socket", "--log-level", "warning",
    ]
    click.echo(f"Serving on http://{host}:{port}/ - Ctrl-C stops it.")
    sys.exit(_together([web, [sys.executable, "-m", "engage.cli", "worker"]]))


def _together(commands: Sequence[Sequence[str]]) -> int:
    """Run commands until one ends or we are told to stop; then end them all, and say how it went."""
    asked = False

    def stop(*_: object) -> None:
        nonlocal asked
        asked = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    running = [subprocess.Popen(command, start_new_session=True) for command in commands]  # noqa: S603 - our own commands
    while not asked and all(process.poll() is None for process in running):
        time.sleep(POLL)
    codes = [_end(process) for process in running]
    return 0 if asked else max((abs(code) for code in codes), default=0)


def _end(process: subprocess.Popen[bytes]) -> int:
    if process.poll() is None:
        process.terminate()
    try:
        return process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


@click.command()
@click.option("--once", "is_once", is_flag=True, help="Do all that is due and end.")
def worker(is_once: bool) -> None:
    """Deliver letters and do what the hour asks for."""
    app = create_app()
    once(app) if is_once else forever(app)
