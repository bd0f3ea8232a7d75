"""What is known already of the people on a partner's list."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from engage.core import db, secrets
from engage.messages.models import Address, OptOut
from engage.messages.rules import Topic
from engage.registrations.models import Referral, Registration
from engage.registrations.rules import ANSWERED, LIVE, State
from engage.registrations.rules.lists import Fate, Key, Listed


def known(event_id: UUID, people: Iterable[Listed]) -> dict[Key, Fate]:
    """Return what is known of people for an event already; of several things what weighs most."""
    keys = {person.key for person in people}
    here = select(Registration.address_id).where(Registration.event_id == event_id)
    by_weight = {
        Fate.WAS_INVITED: select(Referral.address_id).where(Referral.event_id == event_id),
        Fate.ENDED_LETTERS: select(OptOut.address_id).where(OptOut.topic.in_((Topic.INVITATIONS, Topic.PLACES))),
        Fate.GAVE_BACK: here.where(Registration.state == State.CANCELLED),
        Fate.TOLD_NO: here.where(Registration.state.in_(ANSWERED)),
        Fate.HAS_PLACE: here.where(Registration.state.in_(LIVE)),
    }
    return {key: fate for fate, addresses in by_weight.items() for key in _found(keys, addresses)}


def _found(keys: Collection[Key], addresses: Select[Any]) -> set[Key]:
    """Return which of these people have one of some addresses."""
    hashes = {secrets.keyed_hash(contact): (channel, contact) for channel, contact in keys}
    wanted = select(Address.value_hash).where(Address.value_hash.in_(list(hashes)), Address.id.in_(addresses))
    return {hashes[value_hash] for value_hash in db.session().scalars(wanted)}


def referral(referral_id: UUID) -> Referral | None:
    """Return that somebody was invited, or None once it is erased."""
    return db.session().get(Referral, referral_id)
