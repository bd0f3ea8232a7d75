"""Bring the database to the form this version needs."""

from pathlib import Path

import flask_migrate
from sqlalchemy import make_url

from engage.core import db


def make_folder(url: str) -> None:
    """Make the folder an SQLite file lies in."""
    name = make_url(url).database
    if url.startswith("sqlite") and name and name != ":memory:":
        Path(name).parent.mkdir(parents=True, exist_ok=True)


def migrate() -> None:
    """Run the migrations that are not run yet, in the app context under way."""
    flask_migrate.upgrade()
    db.session().rollback()
