"""Requests a second of the list and of a meeting's page, beside a bare Flask app: `make bench`.

All servers run at once, on the same gunicorn settings and the same PostgreSQL; rounds are interleaved, so that
what else the machine does falls on all of them alike, and the median of each is taken.
"""

import contextlib
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benches import load
from benches.city import SLUG, fill
from tests import postgres

ROUNDS = 7
SECONDS = float(os.environ.get("BENCH_SECONDS", "1.5"))  # a measurement of one page in one round
GUNICORN = ("--workers", "1", "--threads", "4", "--no-control-socket", "--log-level", "error")
FEW, MANY = 1_000, 20_000
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Page:
    """Something measured: a path on a port, and what is expected of it."""

    name: str
    port: int
    path: str
    status: int = 200
    headers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Goal:
    """A page must reach a share of what another does."""

    page: str
    beside: str
    share: float


GOALS = (
    Goal("list", "bare", 0.5),
    Goal("event", "bare", 0.5),
    Goal("list, known", "bare", 0.8),
    Goal("event, known", "bare", 0.8),
    Goal("list of 20,000", "list", 0.8),
    Goal("event of 20,000", "event", 0.8),
)


@contextlib.contextmanager
def served(app: str, database: str) -> Iterator[int]:
    """Serve an app with gunicorn for as long as the block lasts; give its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    env = {**os.environ, "ENGAGE_DATABASE_URL": database, "ENGAGE_BASE_URL": f"http://127.0.0.1:{port}"}
    command = [sys.executable, "-m", "gunicorn", app, "--bind", f"127.0.0.1:{port}", *GUNICORN]
    process = subprocess.Popen(command, env=env, cwd=ROOT)  # noqa: S603 - our own command
    try:
        _wait(process, port)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError("the server did not start")
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port)).close()
            return
        time.sleep(0.1)
    raise RuntimeError("the server did not answer within 30 seconds")


def pages(bare: int, few: int, many: int) -> list[Page]:
    """Return what is measured."""
    listed, shown = "/en/events", f"/en/events/{SLUG}"
    return [
        Page("bare", bare, f"/events/{SLUG}"),
        Page("list", few, listed),
        Page("event", few, shown),
        Page("list, known", few, listed, 304, _known(few, listed)),
        Page("event, known", few, shown, 304, _known(few, shown)),
        Page("list of 20,000", many, listed),
        Page("event of 20,000", many, shown),
    ]


def _known(port: int, path: str) -> tuple[str, ...]:
    headers, _ = load.answer(port, path)
    return (f"If-None-Match: {headers['etag']}",)


def measured(wanted: list[Page]) -> dict[str, float]:
    """Return each page's median requests a second."""
    rates: dict[str, list[float]] = {page.name: [] for page in wanted}
    for page in wanted:
        load.requests_a_second(page.port, page.path, seconds=SECONDS / 2, status=page.status, headers=page.headers)  # warms up
    for turn in range(ROUNDS):
        for page in wanted[turn % len(wanted):] + wanted[: turn % len(wanted)]:
            rate = load.requests_a_second(page.port, page.path, seconds=SECONDS, status=page.status, headers=page.headers)
            rates[page.name].append(rate)
    return {name: statistics.median(found) for name, found in rates.items()}


def report(medians: dict[str, float]) -> bool:
    """Print what was measured beside its goals, and say whether all were reached."""
    print(f"\nmedian of {ROUNDS} interleaved rounds, gunicorn {' '.join(GUNICORN[:4])}, requests a second:")
    for name, rate in medians.items():
        print(f"  {name:16} {rate:8.0f}")
    is_good = True
    print("\ngoals:")
    for goal in GOALS:
        share = medians[goal.page] / medians[goal.beside]
        is_good &= share >= goal.share
        mark = "ok  " if share >= goal.share else "MISS"
        print(f"  {mark} {goal.page} is {share:.0%} of {goal.beside} (goal: {goal.share:.0%})")
    return is_good


def main() -> int:
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(postgres.server())
        databases = [stack.enter_context(postgres.database(server, f"engage_bench_{number}")) for number in (FEW, MANY)]
        for database, number in zip(databases, (FEW, MANY), strict=True):
            print(f"filling a city with {number:,} coming meetings ...", flush=True)
            fill(database, number)
        ports = [
            stack.enter_context(served(app, database))
            for app, database in (("benches.bare:app", databases[0]), ("wsgi:app", databases[0]), ("wsgi:app", databases[1]))
        ]
        print("measuring ...", flush=True)
        return 0 if report(measured(pages(*ports))) else 1


if __name__ == "__main__":
    sys.exit(main())
