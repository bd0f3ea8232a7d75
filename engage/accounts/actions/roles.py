"""Roles and trainings: given, noted, ended."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update

from engage.accounts import facts, policy, queries, rules
from engage.accounts.models import Contact, Grant, Person
from engage.accounts.rules import Reason
from engage.core import clock, db, ledger
from engage.core.access import Actor, Role
from engage.core.city import city
from engage.core.refusal import NotFound, Refused, require
from engage.messages import actions as outbox
from engage.messages.rules import Channel

LETTER_LIVES = timedelta(days=7)


def _day(now: datetime) -> date:
    return clock.local(now, city().zone).date()


def _person(person_id: UUID) -> Person:
    alive = select(Person).where(Person.id == person_id, Person.deleted_at.is_(None))
    person = db.session().scalars(alive.with_for_update()).one_or_none()
    if person is None:
        raise NotFound
    return person


def grant(
    *, person_id: UUID, role: Role, area_id: UUID | None = None, starts_on: date | None = None,
    ends_on: date | None = None, note: str = "", by: Actor, now: datetime,
) -> UUID:
    """Give somebody a role, for an area with those below it or for the whole city; they get a letter.

    Raises NotAllowed, NotFound, Refused. `starts_on` is today unless given; `ends_on` still counts.
    """
    require(policy.may_grant(by))
    person = _person(person_id)
    start = starts_on or _day(now)
    if reason := rules.grant_refusal(role, has_areas=area_id is not None, starts_on=start, ends_on=ends_on):
        raise Refused(reason)
    if any((held.role, held.area_id) == (role, area_id) for held in queries.grants_to_come(person_id, _day(now))):
        raise Refused(Reason.ALREADY_GIVEN)
    given = Grant(
        person_id=person_id, role=role, area_id=area_id, starts_on=start, ends_on=ends_on, note=note, given_by=by.person_id,
    )
    db.session().add(given)
    db.session().flush()
    _tell(given, person, now)
    ledger.record(facts.RoleGranted(person_id, given.id, role, area_id), by=by)
    return given.id


def _tell(given: Grant, person: Person, now: datetime) -> None:
    if address_id := queries.main_address_id(person.id):
        outbox.post(
            about=f"account-role:{given.id}", kind="accounts.role", to=address_id, facts={"grant_id": given.id},
            thread=f"account:{person.id}", now=now, expires_at=now + LETTER_LIVES,
        )


def end_grant(*, grant_id: UUID, note: str = "", by: Actor, now: datetime) -> None:
    """Take a role back at once, with a note for whoever looks later.

    Raises NotAllowed, NotFound, Refused: one administrator must stay.
    """
    require(policy.may_grant(by))
    held = db.session().get(Grant, grant_id)
    if held is None:
        raise NotFound
    if held.role == Role.ADMINISTRATOR:
        keep_an_administrator(without=held.person_id, on=_day(now))
    live = update(Grant).where(Grant.id == grant_id, Grant.ended_at.is_(None))
    if not db.session().execute(live.values(ended_at=now, end_note=note).returning(Grant.id)).all():
        raise Refused(Reason.ALREADY_ENDED)
    outbox.drop(thread=f"account:{held.person_id}", kinds={"accounts.role"}, now=now)
    ledger.record(facts.RoleEnded(held.person_id, held.id, Role(held.role)), by=by)


def keep_an_administrator(*, without: UUID, on: date) -> None:
    """Refuse to go on where nobody else is an administrator.

    Locks all administrators' grants, in one order: of two who end each other's, the second waits
    and then sees that it would leave none.
    """
    live = select(Grant).join(Person, Grant.person_id == Person.id)
    live = live.where(Grant.role == Role.ADMINISTRATOR, queries.in_force(on), Person.deleted_at.is_(None))
    locked = live.order_by(Grant.id).with_for_update(of=Grant).execution_options(populate_existing=True)
    holders = {held.person_id for held in db.session().scalars(locked)}
    if without in holders and holders == {without}:
        raise Refused(Reason.LAST_ADMINISTRATOR)


def train(*, person_id: UUID, on: date | None, until: date | None, by: Actor, now: datetime) -> None:
    """Note that somebody has been trained to host, or take the note back (`on` is None). Raises Refused."""
    require(policy.may_train(by))
    person = _person(person_id)
    if on and (reason := rules.training_refusal(on, until, _day(now))):
        raise Refused(reason)
    person.trained_on, person.trained_until = on, until if on else None
    ledger.record(facts.PersonTrained(person_id, str(on or ""), str(person.trained_until or "")), by=by)


def prove_phone(*, contact_id: UUID, by: Actor, now: datetime) -> None:
    """Note that staff have called a number and its holder wants to be reached there. Raises NotFound, NotAllowed, Refused."""
    contact = db.session().scalars(select(Contact).where(Contact.id == contact_id).with_for_update()).one_or_none()
    if contact is None or contact.address.channel != Channel.PHONE:
        raise NotFound
    known_in = queries.known_in({contact.person_id})
    require(policy.may_prove_phones(by, known_in.get(contact.person_id, frozenset())))
    if queries.holder(contact.address_id) not in (None, contact.person):
        raise Refused(Reason.ADDRESS_TAKEN)
    contact.proven_at = contact.proven_at or now
    contact.person.channel = Channel.PHONE
    ledger.record(facts.PhoneProven(contact.person_id), by=by)
