"""Named selects of attendance: who is expected, who came."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select

from engage.attendance import rules
from engage.attendance.models import CheckIn, WalkIn
from engage.core import db
from engage.core.refusal import NotFound
from engage.events.models import Event
from engage.events.rules import State as EventState
from engage.registrations.models import Registration
from engage.registrations.rules import State


@dataclass(frozen=True)
class Guest:
    """An expected party; `came` is None until it is checked in."""

    id: UUID
    code: str
    called: str
    party_size: int
    speaks: list[str]
    came: int | None

    @property
    def has_come(self) -> bool:
        return self.came is not None


@dataclass(frozen=True)
class Turnout:
    """Who came to an event: registrations with how many of each, and totals of people."""

    parties: dict[UUID, int] = field(default_factory=dict)
    registered: int = 0  # people with a place
    expected_parties: int = 0
    walk_ins: int = 0

    @property
    def checked_in(self) -> int:
        return sum(self.parties.values())

    @property
    def total(self) -> int:
        return self.checked_in + self.walk_ins

    @property
    def parties_missing(self) -> int:
        return self.expected_parties - len(self.parties)


def locked_registration(event_id: UUID, registration_id: UUID) -> Registration:
    """Return a registration of this event, locked. Raises NotFound for one of another."""
    wanted = select(Registration).where(Registration.id == registration_id, Registration.event_id == event_id)
    found = db.session().scalars(wanted.with_for_update()).one_or_none()
    if found is None:
        raise NotFound
    return found


def called(event_id: UUID, registration_id: UUID) -> str:
    """Return the name a guest of this event asked to be called. Raises NotFound."""
    wanted = select(Registration.called).where(Registration.id == registration_id, Registration.event_id == event_id)
    name = db.session().scalar(wanted)
    if name is None:
        raise NotFound
    return name


def expected(event_id: UUID, search: str = "") -> list[Guest]:
    """Return the parties with a place that a search means, those still to come first, by name."""
    party = (Registration.id, Registration.code, Registration.called, Registration.party_size, Registration.speaks)
    wanted = select(*party, CheckIn.came).outerjoin(CheckIn, CheckIn.registration_id == Registration.id)
    rows = db.session().execute(wanted.where(Registration.event_id == event_id, Registration.state == State.CONFIRMED))
    guests = [guest for row in rows if rules.found_by(search, (guest := Guest(*row)).called, guest.code)]
    return sorted(guests, key=lambda guest: (guest.has_come, guest.called.casefold(), guest.code))


def guest_by_code(event_id: UUID, code: str) -> Guest | None:
    """Return the party with a place that a code belongs to, however it was typed."""
    wanted = rules.code_of(code)
    return next((guest for guest in expected(event_id, wanted) if guest.code == wanted), None)


def came(event_id: UUID) -> Turnout:
    """Return who came: registrations with their counts, walk-ins, totals."""
    session = db.session()
    has_place = (Registration.event_id == event_id, Registration.state == State.CONFIRMED)
    parties = select(Registration.id, Registration.party_size, CheckIn.came).where(*has_place)
    rows = session.execute(parties.outerjoin(CheckIn, CheckIn.registration_id == Registration.id)).all()
    walk_ins = session.scalar(select(func.coalesce(func.sum(WalkIn.people), 0)).where(WalkIn.event_id == event_id))
    return Turnout(
        parties={row.id: row.came for row in rows if row.came is not None},
        registered=sum(row.party_size for row in rows),
        expected_parties=len(rows),
        walk_ins=int(walk_ins or 0),
    )


def walk_ins(event_id: UUID) -> list[WalkIn]:
    """Return who came without a place, the latest first."""
    return list(db.session().scalars(select(WalkIn).where(WalkIn.event_id == event_id).order_by(WalkIn.at.desc(), WalkIn.id)))


def unclosed(ended_before: datetime) -> list[UUID]:
    """Return published events that ended by then and that nobody has closed."""
    wanted = select(Event.id).where(Event.state == EventState.PUBLISHED, Event.ends_at <= ended_before)
    return list(db.session().scalars(wanted.order_by(Event.ends_at)))


def to_forget(ended_before: datetime) -> list[UUID]:
    """Return events that ended by then and still know who walked in or who kept the door."""
    walked = select(WalkIn.event_id).where(or_(WalkIn.by_id.is_not(None), WalkIn.called.is_not(None)))
    kept = select(CheckIn.event_id).where(CheckIn.by_id.is_not(None))
    wanted = select(Event.id).where(Event.ends_at <= ended_before, or_(Event.id.in_(walked), Event.id.in_(kept)))
    return list(db.session().scalars(wanted))
