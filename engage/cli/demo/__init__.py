"""Rivermouth: a made-up city, three months old, in which something happens every day.

Everything is done by the same actions residents, hosts and staff use, each at its own moment of the
past, with the worker's jobs between them: so letters, reminders, results and history are real ones.
"""

from datetime import datetime

import structlog
from sqlalchemy import select

from engage.cli.demo import city, concerns, consulting, funding, meetings, series, talk
from engage.cli.demo.city import PASSWORD
from engage.cli.demo.diary import Diary
from engage.config import ConfigError
from engage.core import db, logs, pages
from engage.places.models import Neighbourhood

__all__ = ["PASSWORD", "SIGN_INS", "run"]

SIGN_INS = {
    "resident": "resident@example.org", "host": "host@example.org", "staff": "staff@example.org",
    "administrator": "admin@example.org", "reviewer": "reviewer@example.org", "coach": "coach@example.org",
}
QUIET = 40  # errors only: hundreds of letters leave while the story is told


def run(now: datetime) -> None:
    """Fill an empty site with Rivermouth as it is at `now`; where there is a city already, do nothing.

    Raises ConfigError in production: letters would be posted to people who don't exist.
    """
    if pages.settings().is_production:
        raise ConfigError("engage demo is for trying Engage out; ENGAGE_ENV is production")
    if db.session().scalar(select(Neighbourhood.id).limit(1)) is not None:
        return
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(QUIET))
    try:
        diary = Diary(now)
        cast = city.found(diary)
        told = meetings.tell(cast, diary)
        talk.tell(diary, told)
        funding.tell(cast, diary)
        series.tell(cast, diary)
        concerns.tell(cast, diary)
        consulting.tell(cast, diary)
        diary.live()
    finally:
        logs.configure(pages.settings())
