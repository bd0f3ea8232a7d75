"""Registrations across events: one person's places, and the requests that wait for an answer."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload

from engage.accounts.models import Contact
from engage.core import db
from engage.core.access import Actor, Role
from engage.events.models import Event, EventPerson
from engage.events.policy import HOSTING
from engage.events.rules import Acceptance
from engage.events.rules import State as EventState
from engage.registrations.models import Registration
from engage.registrations.queries.one import EVENT
from engage.registrations.rules import State


def for_addresses(addresses: Collection[UUID], *, since: datetime | None = None) -> list[Registration]:
    """Return what addresses have signed up for, with the events, the soonest first; past ones from `since` on."""
    mine = select(Registration).join(Registration.event).where(Registration.address_id.in_(addresses))
    if since is not None:
        mine = mine.where(Event.ends_at >= since)
    whole = mine.options(joinedload(Registration.event).options(
        joinedload(Event.programme), joinedload(Event.neighbourhood), joinedload(Event.venue)
    ))
    return list(db.session().scalars(whole.order_by(Event.starts_at, Registration.created_at)))


def _answerable(actor: Actor, now: datetime, *, hosted_only: bool = False) -> ColumnElement[bool]:
    """Say of an event that its requests are the actor's to answer now, as host or (unless `hosted_only`) as staff."""
    areas = frozenset[UUID]() if hosted_only else actor.areas(Role.STAFF, Role.ADMINISTRATOR)
    hosted = select(EventPerson.event_id).where(
        EventPerson.person_id == actor.person_id, EventPerson.role.in_(HOSTING), EventPerson.acceptance == Acceptance.ACCEPTED
    )
    mine = true() if areas is None else or_(Event.neighbourhood_id.in_(areas), Event.id.in_(hosted))
    return and_(Event.state == EventState.PUBLISHED, Event.starts_at > now, mine)


def requests(actor: Actor, now: datetime) -> list[Registration]:
    """Return the requests that wait for the actor's answer, by meeting, the longest-waiting first."""
    asking = select(Registration).join(Registration.event).where(
        Registration.state == State.REQUESTED, _answerable(actor, now)
    )
    whole = asking.options(contains_eager(Registration.event).joinedload(Event.neighbourhood))
    return list(db.session().scalars(whole.order_by(Event.starts_at, Event.id, Registration.created_at)))


def count_requests(actor: Actor, now: datetime) -> int:
    """Return how many those are."""
    asking = select(func.count()).select_from(Registration).join(Event, Registration.event_id == Event.id)
    return db.session().scalar(asking.where(Registration.state == State.REQUESTED, _answerable(actor, now))) or 0


@dataclass(frozen=True)
class Asked:
    """An event with requests that wait for an answer."""

    event: Event
    requests: int
    oldest: datetime


def events_with_requests(actor: Actor, now: datetime) -> list[Asked]:
    """Return the events whose requests the actor may answer as their host, the soonest first."""
    asking = (
        select(Registration.event_id, func.count().label("requests"), func.min(Registration.created_at).label("oldest"))
        .where(Registration.state == State.REQUESTED).group_by(Registration.event_id).subquery()
    )
    wanted: Any = select(Event, asking.c.requests, asking.c.oldest).join(asking, asking.c.event_id == Event.id)
    wanted = wanted.where(_answerable(actor, now, hosted_only=True)).options(*EVENT)
    return [Asked(*row) for row in db.session().execute(wanted.order_by(Event.starts_at, Event.id))]


def known_in(person_ids: Collection[UUID]) -> dict[UUID, frozenset[UUID]]:
    """Return in which neighbourhoods people with accounts host or have signed up."""
    hosts: Any = select(EventPerson.person_id, Event.neighbourhood_id).join(Event, Event.id == EventPerson.event_id)
    guests: Any = (
        select(Contact.person_id, Event.neighbourhood_id).join(Registration, Registration.address_id == Contact.address_id)
        .join(Registration.event).where(Contact.proven_at.is_not(None), Registration.proven_at.is_not(None))
    )
    both = (hosts.where(EventPerson.person_id.in_(person_ids)), guests.where(Contact.person_id.in_(person_ids)))
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for person_id, area in (row for known in both for row in db.session().execute(known)):
        found[person_id] |= {area} - {None}
    return {person_id: frozenset(areas) for person_id, areas in found.items()}
