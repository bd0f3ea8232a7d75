"""A small city with one private dinner, and everybody who might open its pages."""

from dataclasses import dataclass
from datetime import timedelta

from engage.accounts.models import Ticket as AccountTicket
from engage.core import db
from engage.core.access import Role
from engage.events.models import Subscription
from engage.events.rules import Acceptance, PersonRole
from engage.feedback.models import Ticket
from engage.programmes.rules import PlaceKind, SignUpMode
from engage.registrations.rules import State
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.conftest import NOW
from tests.trust import absent, closed, concerned, consulted, funded, meetings, planned

CANARY_STREET = "17 Canary Close"
CANARY_MAIL = "canary.{}@example.org"
REVEALED = timedelta(hours=24)
SIGNED_IN = ("stranger", "host", "staff", "staff_elsewhere", "administrator")
BY_LINK = ("accepted", "waiting", "cancelled")
ROLES = ("nobody", *SIGNED_IN, *BY_LINK)


@dataclass
class World:
    """The rows of the city, and a browser for each role."""

    event: object
    closed: object  # a meeting behind closed doors
    rows: dict
    people: dict
    places: dict
    clients: dict

    def value(self, endpoint, name):
        """What stands for a parameter in the path of a screen."""
        return self.rows.get((endpoint, name), self.rows.get(name))


def build(app):
    """Make the city and sign everybody in."""
    with db.transaction():
        people, rows, places, event, closed_event = _rows()
    world = World(event, closed_event, rows, people, places, {role: app.test_client() for role in ROLES})
    for role in SIGNED_IN:
        sign_in(world.clients[role], people[role])
    for role in BY_LINK:
        with world.clients[role].session_transaction() as session:
            session["links"] = {f"place:{places[role].id}": 0}
    return world


def _rows():
    here, elsewhere = make.neighbourhood("Dallow"), make.neighbourhood("Saints")
    people = {role: _person(role) for role in SIGNED_IN}
    make.grant(people["staff"], Role.STAFF, here)
    make.grant(people["staff_elsewhere"], Role.STAFF, elsewhere)
    make.grant(people["administrator"], Role.ADMINISTRATOR)
    dinner = make.programme(place_kind=PlaceKind.PRIVATE, sign_up_mode=SignUpMode.HOST_APPROVES, slug="dinner")
    event = make.event(of=dinner, area=here, venue_id=None, capacity=2)
    make.event_person(event, people["host"])
    make.private_address(event, CANARY_STREET, directions="Ring at Canary")
    asked = make.event_person(
        event, role=PersonRole.CO_HOST, called="Ruth", acceptance=Acceptance.INVITED, address_id=_address("cohost").id
    )
    states = {"accepted": State.CONFIRMED, "waiting": State.WAITING, "cancelled": State.CANCELLED}
    places = {
        role: make.registration(event, state, to=_address(role), called=f"Guest {role}") for role, state in states.items()
    }
    behind_doors, closed_event = closed.rows(here, people["host"])
    rows = _rows_to_open(here, event, people, places)
    for more in (funded.rows(here, people["host"]), planned.rows(here), behind_doors, absent.ROWS):
        rows |= more
    rows |= concerned.rows(here) | consulted.rows(here) | meetings.rows(event)
    rows |= {"event_person_id": asked.id, "programme": dinner.slug, "programme_id": dinner.id}
    return people, rows, places, event, closed_event


def _person(role):
    person = make.person(f"Person {role}")
    make.contact(person, CANARY_MAIL.format(role))
    return person


def _address(name):
    return make.address(CANARY_MAIL.format(name))


def _rows_to_open(area, event, people, places):
    keep = make.keep
    ticket = keep(Ticket(event_id=event.id, registration_id=places["accepted"].id, expires_at=NOW + timedelta(days=60)))
    sheet = keep(Ticket(event_id=event.id, sheet="ABCDEFGH", expires_at=NOW + timedelta(days=60)))
    news = keep(Subscription(address_id=_address("news").id, locale="en", created_at=NOW))
    contact = make.contact(make.person("Contact"), CANARY_MAIL.format("contact"))
    letter = keep(AccountTicket(purpose="sign_in", contact_id=contact.id, expires_at=NOW + timedelta(hours=1)))
    venue = make.venue(area)
    return {
        "locale": "en", "event_id": event.id, "slug": event.slug, "registration_id": places["accepted"].id,
        "person_id": people["stranger"].id, "venue_id": venue.id, "area": area.code, "neighbourhood_id": area.id,
        "subscription_id": news.id, "address_id": news.address_id, "contact_id": contact.id, "sign_in_id": event.id,
  "walk_in_id": event.id, "grant_id": event.id,
        "theme_id": event.id, "subject_id": event.id, "language": "fr", "step": "what",
        "topic": "news", "signature": "x" * 32, "purpose": "place", "public_id": places["accepted"].id, "role": "official",
        "kind": "conduct", "name": "place_confirmed", "code": area.code,
        ("attendance.scan", "code"): places["accepted"].code, ("attendance.open_code", "code"): places["accepted"].code,
        ("feedback.sheet", "code"): sheet.sheet, ("feedback.open_sheet", "code"): sheet.sheet,
        ("feedback.send_sheet", "code"): sheet.sheet, ("feedback.answer", "ticket_id"): ticket.id,
        ("feedback.send", "ticket_id"): ticket.id, ("accounts.letter", "ticket_id"): letter.id,
        ("programmes.show", "slug"): "dinner",
    }
