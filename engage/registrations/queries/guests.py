"""The registrations of one event: who comes, who waits, what they need."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager

from engage.core import db
from engage.events.models import Event
from engage.events.queries import Reader
from engage.messages.models import Address
from engage.messages.rules import Channel
from engage.registrations import models
from engage.registrations.models import Registration
from engage.registrations.queries.one import PARTY
from engage.registrations.rules import LIVE, PROVEN, TAKES_SEATS, Need, Party, State


def _of(event_id: UUID, states: Collection[State]) -> Select[Registration]:
    return select(Registration).where(Registration.event_id == event_id, Registration.state.in_(states))


def seated(event_id: UUID) -> list[Registration]:
    """Return the confirmed parties of an event, in order of sign-up."""
    return list(db.session().scalars(_of(event_id, {State.CONFIRMED}).order_by(Registration.turn)))


def live(event_id: UUID) -> list[Registration]:
    """Return everybody registered or waiting, unproven ones included, in order of sign-up."""
    return list(db.session().scalars(_of(event_id, LIVE).order_by(Registration.turn)))


def _told(event_ids: Collection[UUID]) -> Select[Registration]:
    """Select everybody who has proven their address and is registered, asking or waiting at some events."""
    return select(Registration).where(Registration.event_id.in_(event_ids), Registration.state.in_(PROVEN))


def proven(event_id: UUID) -> list[Registration]:
    """Return everybody who has proven their address and is registered, asking or waiting."""
    return list(db.session().scalars(_told([event_id]).order_by(Registration.turn)))


def told(event_ids: Collection[UUID]) -> list[Reader]:
    """Return who `proven` returns for some events as those whom letters go to, once for each place."""
    readers = _told(event_ids).join(Registration.address)
    found = db.session().execute(readers.with_only_columns(Registration.event_id, Address.id, Address.channel))
    return [Reader(event_id, address_id, Channel(channel)) for event_id, address_id, channel in found]


def guests(event_id: UUID) -> list[Registration]:
    """Return the live parties with address and needs, as the page of hosts and staff shows them."""
    return list(db.session().scalars(_of(event_id, LIVE).options(*PARTY).order_by(Registration.turn)))


def waiting(event_id: UUID) -> list[Party]:
    """Return the waiting list, in order."""
    line = select(Registration.id, Registration.party_size).where(
        Registration.event_id == event_id, Registration.state == State.WAITING
    )
    return [Party(*row) for row in db.session().execute(line.order_by(Registration.turn))]


def others_wait(event_id: UUID, besides: UUID | None = None) -> bool:
    """Say whether somebody else waits for a seat."""
    line = select(Registration.id).where(Registration.event_id == event_id, Registration.state == State.WAITING)
    return db.session().scalar((line.where(Registration.id != besides) if besides else line).limit(1)) is not None


@dataclass(frozen=True)
class Line:
    """Where a party stands: how many parties, and people, wait before it."""

    parties_before: int
    people_before: int

    @property
    def position(self) -> int:
        return self.parties_before + 1


def line(registration: Registration) -> Line:
    """Return where a waiting party stands."""
    before = select(func.count(), func.coalesce(func.sum(Registration.party_size), 0)).where(
        Registration.event_id == registration.event_id, Registration.state == State.WAITING,
        Registration.turn < registration.turn,
    )
    parties, people = db.session().execute(before).one()
    return Line(parties, int(people))


def last_turn(event_id: UUID) -> int:
    """Return a turn behind everybody else's at an event."""
    return int(db.session().execute(models.last_turn(event_id)).scalar_one())


def free_seats(event_id: UUID) -> int | None:
    """Return how many seats are free just now; None where there is no limit."""
    capacity, taken = db.session().execute(select(Event.capacity, Event.seats_taken).where(Event.id == event_id)).one()
    return None if capacity is None else int(capacity - taken)


@dataclass(frozen=True)
class Counts:
    """Parties and people of an event, by where they stand."""

    parties: Mapping[State, int]
    people: Mapping[State, int]

    @property
    def guests(self) -> int:
        return self.people.get(State.CONFIRMED, 0)

    @property
    def kept(self) -> int:
        """People whose seat is kept until they answer a letter."""
        return self.people.get(State.HELD, 0) + self.people.get(State.OFFERED, 0)

    @property
    def seated(self) -> int:
        """People whose seat is taken or kept: what `events.seats_taken` says."""
        return self.guests + self.kept

    @property
    def waiting(self) -> int:
        return self.people.get(State.WAITING, 0)

    @property
    def requests(self) -> int:
        return self.parties.get(State.REQUESTED, 0)


def counts(event_id: UUID) -> Counts:
    """Return the numbers of one event."""
    by_state = select(Registration.state, func.count(), func.sum(Registration.party_size)).where(
        Registration.event_id == event_id, Registration.state.in_(LIVE)
    )
    rows = db.session().execute(by_state.group_by(Registration.state)).all()
    return Counts({State(row[0]): row[1] for row in rows}, {State(row[0]): int(row[2]) for row in rows})


def counts_of(event_ids: Collection[UUID]) -> dict[UUID, Counts]:
    """Return the numbers of several events at once; those nobody signed up for have none."""
    by_state = select(Registration.event_id, Registration.state, func.count(), func.sum(Registration.party_size)).where(
        Registration.event_id.in_(event_ids), Registration.state.in_(LIVE)
    )
    parties: dict[UUID, dict[State, int]] = defaultdict(dict)
    people: dict[UUID, dict[State, int]] = defaultdict(dict)
    for event_id, state, number, heads in db.session().execute(by_state.group_by(Registration.event_id, Registration.state)):
        parties[event_id][State(state)], people[event_id][State(state)] = number, int(heads)
    return {event_id: Counts(parties[event_id], people[event_id]) for event_id in parties}


def counted(registrations: Collection[Registration]) -> Counts:
    """Return the same numbers from registrations that are loaded already."""
    parties: Counter[State] = Counter()
    people: Counter[State] = Counter()
    for registration in registrations:
        parties[State(registration.state)] += 1
        people[State(registration.state)] += registration.party_size
    return Counts(parties, people)


def needs_of(registration: Registration) -> dict[Need, str]:
    """Return what a party needs; `needs` must be loaded."""
    kept = json.loads(registration.needs.value) if registration.needs else {}
    return {Need(need): words for need, words in kept.items() if need in set(Need)}


@dataclass(frozen=True)
class Needed:
    """What an event's guests need, as counts of parties; and what they said in words, without names."""

    counts: Mapping[Need, int]
    words: tuple[str, ...]


def needed(registrations: Collection[Registration]) -> Needed:
    """Count the needs of parties whose `needs` are loaded."""
    each = [needs_of(registration) for registration in registrations]
    counted: Counter[Need] = Counter(need for needs in each for need in needs if need != Need.OTHER)
    words = sorted(needs[Need.OTHER] for needs in each if Need.OTHER in needs)  # by letter: no order of sign-up
    return Needed({need: counted[need] for need in Need if counted[need]}, tuple(words))


def needed_at(event_ids: Collection[UUID]) -> dict[UUID, Needed]:
    """Return what those with a place need at several events at once; events where nobody needs anything are left out."""
    with_needs = select(Registration).join(Registration.needs).options(contains_eager(Registration.needs)).where(
        Registration.event_id.in_(event_ids), Registration.state == State.CONFIRMED
    )
    by_event: dict[UUID, list[Registration]] = defaultdict(list)
    for registration in db.session().scalars(with_needs):
        by_event[registration.event_id].append(registration)
    return {event_id: needed(registrations) for event_id, registrations in by_event.items()}


def kept_seats(event_id: UUID) -> int:
    """Return what the rows of an event say its seats are: the same as `events.seats_taken`."""
    held = select(func.coalesce(func.sum(Registration.seats_held), 0)).where(
        Registration.event_id == event_id, Registration.state.in_(TAKES_SEATS)
    )
    return int(db.session().scalar(held) or 0)
