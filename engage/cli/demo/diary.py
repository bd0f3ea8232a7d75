"""What happened when: acts are kept with their instants and done in order, the site's clock going along."""

import heapq
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from engage import app
from engage.core import clock, db, pages

Act = Callable[[datetime], object]


class Diary:
    """Acts to come, the earliest first. What lies after `now` is not done: it has not happened."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._acts: list[tuple[datetime, int, Act]] = []
        self._order = count()

    def note(self, at: datetime, act: Act) -> None:
        """Have something done in a transaction of its own."""
        self._keep(at, lambda now: _in_transaction(act, now))

    def tick(self, at: datetime) -> None:
        """Have the worker do what is due."""
        self._keep(at, _work)

    def _keep(self, at: datetime, act: Act) -> None:
        if at <= self.now:
            heapq.heappush(self._acts, (at, next(self._order), act))

    def live(self) -> None:
        """Do everything, each at its instant; an act may note others."""
        with _travelling() as go_to:
            while self._acts:
                at, _, act = heapq.heappop(self._acts)
                go_to(at)
                act(at)


def _in_transaction(act: Act, now: datetime) -> None:
    with db.transaction():
        act(now)


def _work(now: datetime) -> None:
    for job in app.jobs():
        job.run(now)


@contextmanager
def _travelling() -> Iterator[Callable[[datetime], object]]:
    """Give a function that puts this process' clock to an instant; afterwards it goes as before."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "now"
        clock.read_from(file)
        try:
            yield lambda instant: file.write_text(instant.isoformat())
        finally:
            clock.read_from(pages.settings().clock_file)
