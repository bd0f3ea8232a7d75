"""What is known already of the people on a partner's list."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from engage.core import db, secrets
from engage.messages.models import Address
from engage.messages.rules import Channel
from engage.registrations.models import Referral, Registration
from engage.registrations.rules import ANSWERED, LIVE
from engage.registrations.rules.lists import Fate, Hint, Line, Listed

Key = tuple[Channel, str]


def compared(event_id: UUID, lines: Iterable[Line]) -> list[Line]:
    """Return lines as they are beside each other, and beside who has signed up or was invited already."""
    each = list(lines)
    keys = {line.person.key for line in each if line.person}
    placed = _found(keys, select(Registration.address_id).where(
        Registration.event_id == event_id, Registration.state.in_(LIVE | ANSWERED)
    ))
    invited = _found(keys, select(Referral.address_id).where(Referral.event_id == event_id))
    beside = _Beside(placed, invited)
    return [beside.judged(line, line.person) if line.person else line for line in each]


class _Beside:
    """The lines so far, and who is known already."""

    def __init__(self, placed: Collection[Key], invited: Collection[Key]) -> None:
        self.placed, self.invited = placed, invited
        self.people: dict[Key, int] = {}
        self.names: dict[str, int] = {}

    def judged(self, line: Line, person: Listed) -> Line:
        """Return a line as it is beside those before it."""
        first = self.people.setdefault(person.key, line.number)
        if first != line.number:
            return replace(line, fate=Fate.TWICE, same_as=first)
        if person.key in self.placed:
            return replace(line, fate=Fate.HAS_PLACE)
        if person.key in self.invited and line.fate == Fate.INVITED:
            return replace(line, fate=Fate.WAS_INVITED)
        named = self.names.setdefault(person.called.casefold(), line.number) if person.called else line.number
        return line if named == line.number else replace(line, hints=(*line.hints, Hint.SAME_NAME), same_as=named)


def _found(keys: Collection[Key], addresses: Select[Any]) -> set[Key]:
    """Return which of these people have one of some addresses."""
    hashes = {secrets.keyed_hash(contact): (channel, contact) for channel, contact in keys}
    wanted = select(Address.value_hash).where(Address.value_hash.in_(list(hashes)), Address.id.in_(addresses))
    return {hashes[value_hash] for value_hash in db.session().scalars(wanted)}


def has_referral(event_id: UUID, address_id: UUID) -> bool:
    """Say whether an address was invited to an event."""
    sent = select(Referral.id).where(Referral.event_id == event_id, Referral.address_id == address_id)
    return db.session().scalar(sent) is not None


def referral(referral_id: UUID) -> Referral | None:
    """Return that somebody was invited, or None once it is erased."""
    return db.session().get(Referral, referral_id)
