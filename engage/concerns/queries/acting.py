"""Action items: one, those of an area, those that are late."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from engage.accounts import queries as accounts
from engage.accounts.models import Person
from engage.concerns.models import ActionItem
from engage.concerns.rules.meeting import ActionState
from engage.core import db
from engage.core.access import Actor, Role
from engage.core.refusal import NotFound
from engage.places import queries as places

S = TypeVar("S", bound=Select[Any])
STAFF = (Role.STAFF, Role.ADMINISTRATOR)
ON_A_PAGE = 100
OVERDUE = "overdue"


@dataclass(frozen=True)
class Wanted:
    """What a list of action items is narrowed to; `state` is a state, "overdue", or "" for all."""

    state: str = ActionState.OPEN
    department: str = ""
    neighbourhood_id: UUID | None = None


def one(action_id: UUID) -> ActionItem:
    """Return an action item with its notes, meeting and concern. Raises NotFound."""
    whole = (selectinload(ActionItem.notes), joinedload(ActionItem.event), joinedload(ActionItem.concern))
    wanted = select(ActionItem).where(ActionItem.id == action_id).options(*whole)
    found = db.session().scalars(wanted.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise NotFound
    return found


def locked(action_id: UUID) -> ActionItem:
    """Return an action item, locked until the transaction ends. Raises NotFound."""
    wanted = select(ActionItem).where(ActionItem.id == action_id).with_for_update(of=ActionItem)
    found = db.session().scalars(wanted.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise NotFound
    return found


def by_form(form_key: str) -> UUID | None:
    """Return what a form has made already."""
    return db.session().scalar(select(ActionItem.id).where(ActionItem.form_key == form_key))


def revocation(action_id: UUID) -> int | None:
    """Return the number that ends the link of its owner; there is none without an owner."""
    wanted = select(ActionItem.revocation).where(ActionItem.id == action_id, ActionItem.address_id.is_not(None))
    return db.session().scalar(wanted)


def states_of(concern_id: UUID) -> list[ActionState]:
    """Return the states of all that is done about a concern."""
    return [ActionState(state) for state in db.session().scalars(
        select(ActionItem.state).where(ActionItem.concern_id == concern_id)
    )]


def has_open(concern_id: UUID) -> bool:
    """Say whether something is still to be done about a concern."""
    return ActionState.OPEN in states_of(concern_id)


def listed(by: Actor, wanted: Wanted, today: date) -> list[ActionItem]:
    """Return the action items of a staff member's areas, the most overdue first and those that ended last."""
    found = _within(select(ActionItem), by)
    if wanted.state == OVERDUE:
        found = found.where(ActionItem.state == ActionState.OPEN, ActionItem.due_on < today)
    elif wanted.state:
        found = found.where(ActionItem.state == wanted.state)
    if wanted.department:
        found = found.where(ActionItem.department == wanted.department)
    if wanted.neighbourhood_id:
        found = found.where(ActionItem.neighbourhood_id.in_(places.with_below({wanted.neighbourhood_id})))
    order = (ActionItem.state != ActionState.OPEN), ActionItem.due_on, ActionItem.created_at, ActionItem.id
    found = found.options(joinedload(ActionItem.event), joinedload(ActionItem.concern)).order_by(*order)
    return list(db.session().scalars(found.limit(ON_A_PAGE)))


def departments(by: Actor) -> list[str]:
    """Return the departments that have had something to do, by name."""
    named = _within(select(ActionItem.department).where(ActionItem.department != "").distinct(), by)
    return sorted(db.session().scalars(named), key=str.casefold)


def count_overdue(by: Actor, today: date) -> int:
    """Return how many action items of a staff member's areas are late."""
    late = select(func.count()).select_from(ActionItem)
    return db.session().scalar(_within(late.where(ActionItem.state == ActionState.OPEN, ActionItem.due_on < today), by)) or 0


def overdue_ids(today: date) -> list[UUID]:
    """Return everything that is late, the longest first."""
    late = select(ActionItem.id).where(ActionItem.state == ActionState.OPEN, ActionItem.due_on < today)
    return list(db.session().scalars(late.order_by(ActionItem.due_on, ActionItem.id)))


def staff_of(area: UUID | None, on: date) -> list[Person]:
    """Return who hears on a day that something is late: staff of the area, else administrators."""
    return accounts.role_holders(Role.STAFF, area, on=on) or accounts.role_holders(Role.ADMINISTRATOR, on=on)


def owned_by(person_id: UUID) -> list[ActionItem]:
    """Return what somebody with an account still has to do, the most urgent first."""
    mine = select(ActionItem).where(ActionItem.owner_id == person_id, ActionItem.state == ActionState.OPEN)
    return list(db.session().scalars(mine.order_by(ActionItem.due_on, ActionItem.id)))


def open_among(ids: Collection[UUID], by: Actor) -> list[ActionItem]:
    """Return which of some ids are of open action items in a staff member's areas, the most urgent first."""
    wanted = _within(select(ActionItem).where(ActionItem.id.in_(ids), ActionItem.state == ActionState.OPEN), by)
    return list(db.session().scalars(wanted.order_by(ActionItem.due_on, ActionItem.id)))


def owner_of(action: ActionItem) -> dict[UUID, str]:
    """Return where letters about an open action item go, and what whoever does it is called; nothing where nobody does."""
    person = accounts.person(action.owner_id) if action.owner_id else None
    to = accounts.main_address_id(person.id) if person else action.address_id
    called = person.called if person else action.who or action.department
    return {to: called} if to and action.state == ActionState.OPEN else {}


def _within(statement: S, by: Actor) -> S:
    areas = by.areas(*STAFF)
    return statement if areas is None else statement.where(ActionItem.neighbourhood_id.in_(areas))
