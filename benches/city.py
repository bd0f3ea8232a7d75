"""A city full of meetings, to measure with."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, text

from engage import config
from engage.app import create_app
from engage.core import city, clock, db
from engage.core.text import Localized
from engage.events.models import Event, EventLanguage, EventPerson, ListingVersion
from engage.events.rules import LanguageUse, PersonRole, State
from tests import factories as make

SLUG = "meeting-0"
ZONE = "Europe/London"
AREAS, VENUES = 60, 120


def fill(url: str, number: int) -> None:
    """Make the tables of an empty database, and a city with a number of coming meetings."""
    app = create_app(config.load({"ENGAGE_DATABASE_URL": url}))
    with app.app_context():
        db.Base.metadata.create_all(db.db.engine)
        with db.transaction():
            _fill(number)
        with db.db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))
        for engine in db.db.engines.values():
            engine.dispose()


def _fill(number: int) -> None:
    city.change(name="Luton", zone=ZONE, country="GB", locales=["en", "fr", "es", "ar"])
    programmes = [make.programme() for _ in range(3)]
    areas = [make.neighbourhood(f"Area {turn}") for turn in range(AREAS)]
    venues = [make.venue(areas[turn % AREAS]) for turn in range(VENUES)]
    events = [_event(turn, programmes, venues) for turn in range(number)]
    session = db.session()
    session.execute(insert(Event), events)
    spoken = [(event["id"], code) for event in events for code in ("en", "ur")]
    session.execute(insert(EventLanguage), [{"event_id": of, "code": code, "use": LanguageUse.SPOKEN} for of, code in spoken])
    hosts = [{"id": uuid4(), "event_id": event["id"], "called": "Amina", "role": PersonRole.HOST} for event in events[:1_000]]
    session.execute(insert(EventPerson), hosts)
    session.execute(insert(ListingVersion), [{"id": 1, "number": number}])


def _event(turn: int, programmes: list[Any], venues: list[Any]) -> dict[str, Any]:
    venue = venues[turn % VENUES]
    starts_at = (clock.now() + timedelta(days=1, hours=turn % 2_000)).replace(minute=0, second=0, microsecond=0)
    ends_at = starts_at + timedelta(hours=2)
    return {
        "id": uuid4(), "slug": f"meeting-{turn}", "programme_id": programmes[turn % 3].id, "state": State.PUBLISHED,
        "title": Localized.of("en", f"Dinner {turn}: the recipes we brought with us"),
        "description": Localized.of("en", "Twelve neighbours, **one** table, the dish each of us would cook for a stranger."),
        "zone": ZONE, "starts_at": starts_at, "ends_at": ends_at,
        "wall_start": clock.local(starts_at, ZONE).replace(tzinfo=None),
        "wall_end": clock.local(ends_at, ZONE).replace(tzinfo=None),
        "neighbourhood_id": venue.neighbourhood_id, "venue_id": venue.id, "capacity": 12, "seats_taken": turn % 13,
        "created_at": clock.now(), "published_at": clock.now(),
    }
