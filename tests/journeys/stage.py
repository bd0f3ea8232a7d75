"""What is there before a story begins: a city with neighbourhoods, its formats, a hall, and those who work there."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from engage.accounts import actions as accounts
from engage.core import city, db
from engage.core.access import CLOCK, Role
from engage.core.text import Localized
from engage.places import actions as places
from engage.places import queries as areas
from engage.programmes import actions as programmes
from engage.programmes import adapters
from tests.places import shapes

START = datetime(2026, 10, 12, 9, 0, tzinfo=UTC)
ZONE = "Europe/London"
LOCALES = ["en", "fr", "es", "ar"]
PASSWORD = "a long walk by the river"
HOST, STAFF = "mariam@example.org", "joan@example.org"
OPENED_TO_RESIDENTS = {"who_may_propose": "trained", "is_reviewed": True}


@dataclass(frozen=True)
class Stage:
    """What the story speaks of: ids by name."""

    programmes: dict[str, UUID]
    area: UUID
    venue: UUID


def build(locale, ground=None):
    """Found the city, on other ground than three squares if some is given; its host and staff speak the story's language."""
    with db.transaction():
        accounts.change_city(
            name="Luton", zone=ZONE, country="GB", region="ENG", locales=LOCALES, spoken=["en", "ar", "fr"],
            contact_phone="+44 1582 546000", contact_email="meet@luton.example",
            contact_address="Town Hall, George Street", by=CLOCK, now=START,
        )
        accounts.install_documents(by=CLOCK, now=START)
        places.import_neighbourhoods(content=ground or shapes.three(), by=CLOCK, now=START)
    city.forget()
    with db.transaction():
        formats = {kit: programmes.install_kit(kit=kit, by=CLOCK, now=START) for kit in adapters.kits()}
        neighbourly = formats["neighbourhood_meeting"]
        programmes.change_settings(
            programme_id=neighbourly.id, version=neighbourly.version, settings=OPENED_TO_RESIDENTS, by=CLOCK, now=START,
        )
        area = named("Dallow").id
        stage = Stage({kit: row.id for kit, row in formats.items()}, area, _hall(area))
    with db.transaction():
        _people(locale)
    return stage


def named(name):
    """A neighbourhood of the city."""
    return next(area for area in areas.all_neighbourhoods() if area.name == name)


def _hall(area):
    hall = {
        "name": "Library", "address": "12 Dallow Road", "neighbourhood_id": area, "is_step_free": True,
        "has_hearing_loop": True, "transport": Localized.of("en", "Bus 27 stops at the door."),
    }
    return places.add_venue(venue=hall, by=CLOCK, now=START).id


def _people(locale):
    names = {HOST: "Mariam", STAFF: "Joan"}
    made = {
        email: accounts.create_account(
            email=email, called=called, password=PASSWORD, roles=[Role.STAFF] if email == STAFF else [], locale=locale,
            by=CLOCK, now=START,
        )
        for email, called in names.items()
    }
    accounts.train(person_id=made[HOST], on=START.date(), until=None, by=CLOCK, now=START)
