"""One application, as those who act on it need it; and somebody's own."""

from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.interfaces import ORMOption

from engage.core import db
from engage.core.access import Actor
from engage.core.refusal import NotFound
from engage.events import policy as events_policy
from engage.events import queries as events
from engage.events.models import Event, EventPerson
from engage.events.queries.one import WHOLE as WHOLE_EVENT
from engage.events.rules import Acceptance
from engage.funding import policy
from engage.funding.models import Application, Note
from engage.funding.rules.states import DEAD, State

Check = Callable[[Actor, Application], bool]

PARTS: tuple[ORMOption, ...] = (
    selectinload(Application.round), selectinload(Application.lines), selectinload(Application.reviews),
)


def _found(statement: Any) -> Any:
    row = db.session().scalars(statement).one_or_none()
    if row is None:
        raise NotFound
    return row


def one(application_id: UUID) -> Application:
    """Return an application with all that its pages show. Raises NotFound."""
    whole = select(Application).where(Application.id == application_id)
    application: Application = _found(whole.options(*PARTS, joinedload(Application.event).options(*WHOLE_EVENT)))  # type: ignore[arg-type]
    return application


def for_actor(application_id: UUID, by: Actor, check: Check = policy.may_open) -> Application:
    """Return an application for who may act on it; for all others it does not exist. Raises NotFound."""
    application = one(application_id)
    if not check(by, application):
        raise NotFound
    return application


def locked(application_id: UUID) -> Application:
    """Return an application with its dinner, both locked until the transaction ends. Raises NotFound."""
    event_id: UUID = _found(select(Application.event_id).where(Application.id == application_id))
    event = events.locked(event_id)
    wanted = select(Application).where(Application.id == application_id).options(*PARTS)
    application: Application = _found(wanted.with_for_update(of=Application).execution_options(populate_existing=True))
    set_committed_value(application, "event", event)
    return application


def standing_of(event_id: UUID) -> UUID | None:
    """Return the application that stands for a dinner, if there is one."""
    standing = select(Application.id).where(Application.event_id == event_id, Application.state.not_in(DEAD))
    return db.session().scalars(standing).one_or_none()


def begun(application_id: UUID, by: Actor) -> UUID | None:
    """Return the id of an application if it is there and somebody's own."""
    mine = select(Application.id).where(Application.id == application_id, Application.host_id == by.person_id)
    return db.session().scalars(mine).one_or_none()


def of_person(person_id: UUID, states: Collection[State] = tuple(State)) -> list[Application]:
    """Return what somebody applied for, as the host, the newest first, with round and dinner."""
    theirs = select(Application).where(Application.host_id == person_id, Application.state.in_(states))
    loaded = joinedload(Application.round), joinedload(Application.event).options(selectinload(Event.people))
    return list(db.session().scalars(theirs.options(*loaded).order_by(Application.created_at.desc(), Application.id)))


def of_actor(by: Actor) -> list[Application]:
    """Return what somebody applied for, as host or as a co-host who said yes, the newest first."""
    hosting = select(EventPerson.event_id).where(
        EventPerson.role.in_(events_policy.HOSTING), EventPerson.acceptance == Acceptance.ACCEPTED,
        or_(EventPerson.person_id == by.person_id, EventPerson.address_id.in_(by.addresses)),
    )
    theirs = select(Application).where(or_(Application.host_id == by.person_id, Application.event_id.in_(hosting)))
    loaded = joinedload(Application.round), joinedload(Application.event)
    return list(db.session().scalars(theirs.options(*loaded).order_by(Application.created_at.desc(), Application.id)))


def notes(application_id: UUID) -> list[Note]:
    """Return what was written about an application, the oldest first, staff's internal notes as well."""
    about = select(Note).where(Note.application_id == application_id)
    return list(db.session().scalars(about.order_by(Note.at, Note.id)))


def note(note_id: UUID) -> Note | None:
    return db.session().get(Note, note_id)
