"""People who were here before, found when they call again."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from engage.core import db, text
from engage.core.access import Actor, Role
from engage.events.models import Event
from engage.messages import queries as messages
from engage.messages.rules import Channel
from engage.registrations.models import Registration

MOST_NAMES_READ = 3000  # names are ciphertext and deliberately not indexed: so many of the newest are read to find one
MOST_CALLERS = 12

_NAMES: Any = select(Registration.id, Registration.called)


def callers(typed: str, actor: Actor) -> list[Registration]:
    """Return the newest sign-up of each person a number, an address or a part of a name may mean, with address and event.

    Several people may share an address, as a family its telephone: each is found by name. Only those are found who signed
    up for a meeting in the actor's own areas.
    """
    wanted = text.folded(typed)
    if not wanted:
        return []
    known = [found.id for channel in Channel if (found := messages.find_address(typed, channel))]
    mine = _within(select(Registration), actor)
    theirs = Registration.address_id.in_(known) if known else Registration.id.in_(_named(wanted, actor))
    return _each_once(db.session().scalars(_whole(mine.where(theirs))))


def _named(wanted: str, actor: Actor) -> list[UUID]:
    newest = db.session().execute(_within(_NAMES, actor).limit(MOST_NAMES_READ))
    return [row.id for row in newest if wanted in text.folded(row.called)]


def caller(registration_id: UUID, actor: Actor) -> Registration | None:
    """Return one sign-up of somebody who was here before, if it is in the actor's areas."""
    mine = _within(select(Registration), actor).where(Registration.id == registration_id)
    return db.session().scalars(_whole(mine)).one_or_none()


def _within(wanted: Select[Any], actor: Actor) -> Select[Any]:
    areas = actor.areas(Role.STAFF, Role.ADMINISTRATOR)
    proven = wanted.join(Event, Event.id == Registration.event_id).where(
        Registration.address_id.is_not(None), Registration.proven_at.is_not(None)
    )
    newest = proven.order_by(Registration.created_at.desc(), Registration.id)
    return newest if areas is None else newest.where(Event.neighbourhood_id.in_(areas))


def _whole(wanted: Select[Any]) -> Select[Any]:
    return wanted.options(joinedload(Registration.address), joinedload(Registration.event))


def _each_once(found: Any) -> list[Registration]:
    newest: dict[tuple[UUID, str], Registration] = {}
    for registration in found:
        newest.setdefault((registration.address_id, text.folded(registration.called)), registration)
    return list(newest.values())[:MOST_CALLERS]
