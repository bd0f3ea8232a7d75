"""A new account: by oneself and a letter, or by whoever runs the machine."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from engage.accounts import adapters, facts, queries, rules
from engage.accounts.actions import roles as granting
from engage.accounts.actions.tickets import send_ticket, tell
from engage.accounts.models import Contact, Person
from engage.accounts.rules import TicketPurpose
from engage.core import db, ledger
from engage.core.access import Actor, Role
from engage.core.refusal import Refused, require
from engage.messages import actions as outbox
from engage.messages.models import Address

Row = TypeVar("Row", bound=db.Base)


def register(*, called: str, email: str, locale: str, carried: str | None = None, by: Actor, now: datetime) -> None:
    """Begin an account. Whoever has one with this address already is told so by letter, and nowhere else.

    No password is taken here: somebody else could choose one for an address that is not theirs, and
    find the door open once its owner has proven it.
    """
    address = outbox.address_for_mail(value=email, now=now)
    if owner := queries.holder(address.id):
        tell(address.id, "known", {"person_id": owner.id}, now, owner.id)
        return
    person = _add(Person(called=called, locale=locale, created_at=now))
    contact = _add(Contact(person_id=person.id, address_id=address.id, created_at=now))
    send_ticket(TicketPurpose.PROVE, contact, now, carried)


def create_account(
    *, email: str, called: str, password: str | None, roles: Iterable[Role] = (), locale: str, by: Actor, now: datetime
) -> UUID:
    """Make an account whose address counts as proven; safe to repeat. Raises NotAllowed, Refused.

    For whoever runs the machine (`by` is the clock): an account that is there already gets the
    password and the roles it lacks.
    """
    require(by.is_clock)
    address = outbox.address_for_mail(value=email, now=now)
    person = queries.holder(address.id) or _proven(called, locale, address, by, now)
    if password:
        if reason := rules.password_refusal(password, email):
            raise Refused(reason)
        person.password_hash = adapters.hash_password(password)
    held = {grant.role for grant in queries.grants_in_force(person.id)}
    for role in set(roles) - held:
        granting.grant(person_id=person.id, role=role, by=by, now=now)
    return person.id


def _proven(called: str, locale: str, address: Address, by: Actor, now: datetime) -> Person:
    person = _add(Person(called=called, locale=locale, created_at=now))
    _add(Contact(person_id=person.id, address_id=address.id, proven_at=now, created_at=now))
    ledger.record(facts.AccountOpened(person.id), by=by)
    return person


def _add(row: Row) -> Row:
    db.session().add(row)
    db.session().flush()
    return row
