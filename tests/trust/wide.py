"""A city in which every screen that takes something is open to somebody, and all its forms.

Built once for each process and put back before each test: what a hostile form changed is gone.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import insert, select, text

from engage.accounts.models import Ticket as AccountTicket
from engage.core import city, db
from engage.core.access import Role
from engage.core.text import Localized
from engage.events.models import Subscription
from engage.events.rules import Acceptance, PersonRole
from engage.events.rules import State as EventState
from engage.feedback.models import Ticket
from engage.messages.models import OutboxLetter
from engage.messages.rules import Channel
from engage.messages.rules import State as LetterState
from engage.places import queries as places
from engage.programmes.rules import PlaceKind, SignUpMode
from engage.registrations.rules import State
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.conftest import NOW
from tests.factories.attendance import walk_in
from tests.factories.feedback import QUESTIONS
from tests.trust import absent, closed, concerned, consulted, finding, funded, meetings, world

HOUR = timedelta(hours=1)
DOOR_IS_OPEN = NOW + HOUR


@dataclass
class City:
    """The rows as they were built, a cookie for each role, and the forms found."""

    rows: dict
    cookies: dict
    forms: dict

    def restore(self):
        """Put every table back to how it was."""
        db.db.session.remove()
        tables = db.Base.metadata.sorted_tables
        with db.db.engine.begin() as connection:
            if connection.dialect.name == "sqlite":
                connection.execute(text("PRAGMA defer_foreign_keys=ON"))
            for table in reversed(tables):
                connection.execute(table.delete())
            for table in tables:
                if self.rows[table.name]:
                    connection.execute(insert(table), self.rows[table.name])
        db.db.session.remove()
        city.forget()
        places.forget()


def dump():
    """All rows, as Python values."""
    with db.db.engine.connect() as connection:
        return {
            table.name: [dict(row._mapping) for row in connection.execute(select(table))]
            for table in db.Base.metadata.sorted_tables
        }


_built: dict = {}


def built(app):
    """The city of this process, put back to how it was."""
    if app not in _built:
        _built[app] = _build(app)
    _built[app].restore()
    return _built[app]


def _build(app):
    base = world.build(app)
    with db.transaction():
        links = _more(base)
    for role in ("host", "stranger", "administrator"):
        sign_in(app.test_client(), base.people[role])
    clients = {role: base.clients[role] for role in world.SIGNED_IN} | {
        "nobody": app.test_client(), "holder": app.test_client(), **{role: base.clients[role] for role in world.BY_LINK}
    }
    with clients["holder"].session_transaction() as session:
        session["links"] = {f"{purpose}:{public_id}": 0 for purpose, public_id in links}
    # Whoever looks for forms holds the links of letters as well, as in one's own browser.
    cookies = {role: found.value if (found := client.get_cookie("engage")) else "" for role, client in clients.items()}
    made = City(dump(), cookies, {})
    finding.find_forms(app, made, base, links)
    return made


# --- rows ------------------------------------------------------------------------------------------


def _more(base):
    """Add what the small city of the canaries lacks; returns the personal links of letters."""
    here = base.event.neighbourhood_id
    area = db.session().get(type(make.neighbourhood("Old Town")), here)
    links = [("place", base.places["accepted"].id), ("place", base.places["waiting"].id)]
    links += _meetings(base, area) + _at_home(base) + _letters(base) + closed.more(base)
    _accounts(base)
    funded.more(base, area)
    links += consulted.more(area)
    absent.more(base, area)
    links += concerned.more(area)
    links += meetings.more(base, area)
    make.venue(area, name="Old school", is_active=False)
    make.programme(slug="sleeping", is_active=False)
    return links


def _meetings(base, area):
    host = base.people["host"]
    town_hall = make.programme(
        slug="town-hall", questions=QUESTIONS, asks_neighbourhood=True, asks_first_time=True, sign_up_mode=SignUpMode.OPEN,
        reminders=[{"key": "own_1", "kind": "days_before", "days": 2, "at": "18:00"}], least_guests=2,
    )
    proposals = make.programme(slug="proposals", place_kind=PlaceKind.PRIVATE)
    for state in (EventState.DRAFT, EventState.SUBMITTED, EventState.CHANGES_REQUESTED):
        proposal = make.event(f"Proposal {state}", of=proposals, area=area, venue_id=None, state=state, published_at=None)
        make.event_person(proposal, host)
        make.private_address(proposal, "3 Hidden Row")
    paused = make.event("Paused", of=town_hall, area=area, is_sign_up_paused=True, capacity=30, least_guests=9)
    make.event_person(paused, host)
    soon = make.event("Soon", of=town_hall, area=area, starts_at=DOOR_IS_OPEN, food=Localized.of("en", "Soup"))
    for role, called in ((PersonRole.HOST, None), (PersonRole.FACILITATOR, "Fay"), (PersonRole.OFFICIAL, "Olga")):
        make.event_person(soon, host if called is None else None, role=role, **({"called": called} if called else {}))
    states = (State.CONFIRMED, State.OFFERED, State.HELD, State.UNPROVEN, State.WAITING)
    places = [
        make.registration(paused, state, held_until=NOW + HOUR, offered_until=NOW + HOUR, called=f"Guest {state}")
        for state in states
    ]
    make.registration(soon, called="At the door")
    came = make.registration(soon, called="Has come")
    make.keep(_check_in(came))
    walk_in(soon, called="Walked in")
    over = make.event("Over", of=town_hall, area=area, starts_at=NOW - timedelta(hours=5))
    make.event_person(over, host)
    held = make.event("Held", of=town_hall, area=area, state=EventState.HELD, starts_at=NOW - timedelta(days=2))
    make.event_person(held, host)
    ticket = _ticket(held, make.registration(held))
    return [*(("place", place.id) for place in places), ("feedback", ticket.id)]


def _check_in(of):
    from engage.attendance.models import CheckIn  # noqa: PLC0415 - one row of a feature above

    return CheckIn(registration_id=of.id, event_id=of.event_id, came=1, at=NOW)


def _ticket(event, registration):
    from engage.feedback.models import Result  # noqa: PLC0415 - beside its ticket

    make.keep(Result(event_id=event.id, asked=1, printed=0, answers=0, summary={}))
    return make.keep(Ticket(event_id=event.id, registration_id=registration.id, expires_at=NOW + timedelta(days=30)))


def _at_home(base):
    """The private dinner has guests who ask, and somebody no letter reached."""
    make.registration(base.event, State.REQUESTED, called="Asks")
    reached = base.places["accepted"]
    make.keep(OutboxLetter(
        about="lost", kind="place_confirmed", facts={"registration_id": str(reached.id)}, address_id=reached.address_id,
        subject_id=base.event.id, state=LetterState.REFUSED, not_before=NOW, expires_at=NOW + timedelta(days=9),
        next_try_at=NOW, message_id="<lost@example.org>", problem="bounced", created_at=NOW,
    ))
    guest = make.event_person(
        base.event, role=PersonRole.CO_HOST, called="Ruth", acceptance=Acceptance.INVITED, revocation=0,
        address_id=make.address("asked.again@example.org").id,
    )
    return [("cohost", guest.id)]


def _letters(base):
    """Links of letters: one of each purpose."""
    newcomer = make.person("Newcomer")
    claim = make.contact(newcomer, "newcomer@example.org", proven_at=None)
    known = make.contact(make.person("Known"), "known@example.org")
    moved = make.contact(base.people["host"], "moved@example.org", proven_at=None, is_main=False)
    tickets = [
        make.keep(AccountTicket(purpose=purpose, contact_id=contact.id, expires_at=NOW + HOUR))
        for purpose, contact in (("prove", claim), ("sign_in", known), ("reset", known), ("change", moved))
    ]
    news = [
        make.keep(Subscription(address_id=make.address().id, locale="en", created_at=NOW, proven_at=proven, revocation=0))
        for proven in (None, NOW)
    ]
    return [
        *(("ticket", ticket.id) for ticket in tickets), *(("subscription", row.id) for row in news),
        ("unsubscribe", news[0].address_id),
    ]


def _accounts(base):
    stranger = base.people["stranger"]
    stranger.password_hash = "$argon2id$none"
    phone = make.address("+44 20 7946 0000", Channel.PHONE)
    make.keep(type(make.contact(stranger, "second@example.org"))(
        person_id=stranger.id, address_id=phone.id, is_main=False, created_at=NOW
    ))
    make.grant(stranger, Role.COACH)


