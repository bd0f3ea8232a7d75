"""Who is told when meetings are moved or called off: whoever has a place or waits there, and who welcomes them."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple
from uuid import UUID

from engage.accounts import queries as accounts
from engage.core.access import Actor
from engage.events import policy
from engage.events.models import Event, EventPerson
from engage.events.rules import Acceptance
from engage.messages import queries as messages
from engage.messages.rules import Channel


class Reader(NamedTuple):
    """Somebody who is told about one meeting."""

    event_id: UUID
    address_id: UUID
    channel: Channel


Readers = Callable[[Collection[UUID]], list[Reader]]
_guests: list[Readers] = []


def guests_told(readers: Readers) -> None:
    """Take the function that names the guests who are told about some meetings; registrations gives it."""
    _guests[:] = [readers]


@dataclass(frozen=True)
class Told:
    """What a change makes leave: so many letters, one for each meeting of each; those without e-mail are called."""

    readers: tuple[Reader, ...]

    @property
    def letters(self) -> int:
        return sum(reader.channel == Channel.EMAIL for reader in self.readers)

    @property
    def to_call(self) -> int:
        """Return how many people have a phone alone."""
        return len({reader.address_id for reader in self.readers if reader.channel == Channel.PHONE})

    def at(self, event_id: UUID) -> "Told":
        """Return what leaves about one of the meetings."""
        return Told(tuple(reader for reader in self.readers if reader.event_id == event_id))


def told_of(events: Sequence[Event], by: Actor) -> Told:
    """Return who would be told if these meetings were moved or called off now; `event.people` must be loaded."""
    ids = [event.id for event in events]
    return Told(tuple(chain(_guests[0](ids) if _guests else (), *(_welcoming(event, by) for event in events))))


def _welcoming(event: Event, by: Actor) -> Iterator[Reader]:
    for part in others_there(event, by):
        if (address_id := address_of(part)) and (address := messages.address(address_id)):
            yield Reader(event.id, address.id, Channel(address.channel))


def others_there(event: Event, by: Actor) -> list[EventPerson]:
    """Return all who host or facilitate but the one who acts. `event.people` must be loaded."""
    there = (part for part in event.people if part.role in policy.WELCOMING and part.acceptance == Acceptance.ACCEPTED)
    return [part for part in there if not policy.is_own(by, part)]


def address_of(part: EventPerson) -> UUID | None:
    """Return where letters about somebody's part in an event go."""
    return part.address_id or (accounts.main_address_id(part.person_id) if part.person_id else None)
