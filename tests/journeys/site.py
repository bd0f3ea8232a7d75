"""What a story does besides clicking: move the clock, let the worker work, read letters."""

import email
import email.policy
import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from flask import Flask

from engage import worker
from engage.core import db
from tests.journeys.stage import Stage


@dataclass
class Site:
    """A running site and its surroundings."""

    app: Flask
    url: str
    clock_file: Path
    mail: Path
    stage: Stage

    def at(self, instant: datetime):
        """Let it be that time, and the worker do all that is due by then."""
        self.clock_file.write_text(instant.isoformat())
        self.work()

    def work(self):
        worker.once(self.app)

    def letters(self, to):
        """The letters somebody has got, oldest first."""
        found = [_read(file) for file in sorted(self.mail.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)]
        return [letter for letter in found if to in letter["To"]]

    def newest(self, to):
        letters = self.letters(to)
        assert letters, f"no letter to {to}"
        return letters[-1]

    def link(self, letter, part):
        """The first link in a letter's text whose address holds `part`."""
        text = letter.get_body(("plain",)).get_content()
        found = [url for url in re.findall(r"https?://\S+", text) if part in url]
        assert found, f"no link with {part} in:\n{text}"
        return found[0]

    def all_that_was_written(self):
        """Every part of every letter as a reader gets it, and its head."""
        for file in self.mail.glob("*.eml"):
            letter = _read(file)
            yield from (str(value) for value in letter.values())
            yield from (str(part.get_content()) for part in letter.walk() if not part.is_multipart())

    def rows(self, statement):
        """Read rows of the site's database."""
        with self.app.app_context():
            found = list(db.session().execute(statement).all())
            db.db.session.remove()
        return found


@cache
def _read(file):
    return email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
