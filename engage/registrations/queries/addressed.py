"""Whom letters go to: addresses, each once, however many places they have; and what their people are called."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select

from engage.core import db
from engage.events.models import Event
from engage.events.rules import Audience
from engage.messages.models import Address, OptOut
from engage.messages.rules import Channel, Topic
from engage.registrations.models import Invitation, Registration
from engage.registrations.queries.invitations import is_open
from engage.registrations.rules import ANSWERED, AUDIENCES, PROVEN, State


@dataclass(frozen=True)
class Addressed:
    """Somebody a letter goes to, with the places it is about, the soonest meeting first."""

    address_id: UUID
    called: str
    channel: Channel
    has_ended: bool  # letters about places
    locale: str
    event_id: UUID
    starts_at: datetime
    registration_ids: tuple[UUID, ...]


def addressed(event_ids: Collection[UUID], audience: Audience) -> list[Addressed]:
    """Return who is registered or waiting at some meetings, those that no letter goes to among them."""
    place = (
        Registration.id, Registration.address_id, Registration.called, Registration.locale, Registration.event_id,
        Event.starts_at, Address.channel, OptOut.topic,
    )
    ended = and_(OptOut.address_id == Address.id, OptOut.topic == Topic.PLACES)
    found = select(*place).join(Registration.address).join(Registration.event).outerjoin(OptOut, ended)
    found = found.where(Registration.event_id.in_(event_ids), Registration.state.in_(AUDIENCES[audience]))
    rows: Any = db.session().execute(found.order_by(Registration.address_id, Event.starts_at, Registration.id)).all()
    parties = (list(group) for _address, group in groupby(rows, key=lambda row: row.address_id))
    return [_addressed(party) for party in parties]


def _addressed(party: list[Any]) -> Addressed:
    first = party[0]
    return Addressed(
        address_id=first.address_id, called=first.called, channel=first.channel, has_ended=first.topic is not None,
        locale=first.locale, event_id=first.event_id, starts_at=first.starts_at,
        registration_ids=tuple(row.id for row in party),
    )


HEAR = PROVEN | ANSWERED | {State.LAPSED}  # who has given a place back knows it, and who was told no must not stand at the door


def called_at(event_ids: Collection[UUID], addresses: Collection[UUID], now: datetime) -> dict[tuple[UUID, UUID], str]:
    """Return by event and address what those are called who hear of it: who has signed up, or is still invited."""
    invited = select(Invitation.event_id, Invitation.address_id, Invitation.called).where(
        Invitation.event_id.in_(event_ids), Invitation.address_id.in_(addresses), is_open(now)
    )
    signed_up = select(Registration.event_id, Registration.address_id, Registration.called).where(
        Registration.event_id.in_(event_ids), Registration.address_id.in_(addresses), Registration.state.in_(HEAR),
        Registration.proven_at.is_not(None),
    )
    found = (*db.session().execute(invited), *db.session().execute(signed_up.order_by(Registration.created_at)))
    return {(row.event_id, row.address_id): row.called for row in found}
