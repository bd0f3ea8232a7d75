"""Named selects of letters and addresses."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.elements import ColumnElement

from engage.core import db, secrets
from engage.core.city import city
from engage.messages.models import GOES_ALONG, Address, OptOut, OutboxLetter
from engage.messages.rules import LOST, SPARED, Channel, Problem, State, Topic, normalised, sameness


@dataclass(frozen=True)
class Unreached:
    """A letter that did not arrive, so far or for good. Whose the address is, features above know."""

    letter_id: UUID
    address_id: UUID
    subject_id: UUID
    channel: Channel
    contact: str
    kind: str
    state: State
    problem: Problem
    tries: int


def address(address_id: UUID) -> Address | None:
    return db.session().get(Address, address_id)


def find_address(value: str, channel: Channel = Channel.EMAIL) -> Address | None:
    """Return the address that is written so, in any spelling, or None."""
    normal = normalised(value, channel, city().country)
    return address_by_hash(secrets.keyed_hash(sameness(normal)), channel) if normal else None


def address_by_hash(value_hash: str, channel: Channel) -> Address | None:
    return db.session().scalars(
        select(Address).where(Address.channel == channel, Address.value_hash == value_hash)
    ).one_or_none()


def revocation(address_id: UUID) -> int | None:
    """Return the number that ends an address' links, None where there is no such address."""
    return db.session().scalar(select(Address.revocation).where(Address.id == address_id))


def opted_out(address_id: UUID) -> frozenset[Topic]:
    """Return the topics an address no longer wants."""
    ended = db.session().scalars(select(OptOut.topic).where(OptOut.address_id == address_id))
    return frozenset(Topic(topic) for topic in ended)


def unused_addresses(made_before: datetime) -> list[UUID]:
    """Return the addresses that nothing refers to any more."""
    return list(db.session().scalars(select(Address.id).where(Address.created_at < made_before, is_unused())))


def is_unused() -> ColumnElement[bool]:
    """Return the criterion for addresses that no table of any feature refers to.

    The tables tell by their foreign keys, so that a new feature need not be known here; columns
    marked `GOES_ALONG` are erased with an address and don't keep it.
    """
    return and_(*(~exists().where(column == Address.id) for column in _referring()))


def _referring() -> list[Column[UUID]]:
    keys = (key for table in db.Base.metadata.sorted_tables for key in table.foreign_keys)
    return [key.parent for key in keys if key.column.table is Address.__table__ and not key.parent.info.get(GOES_ALONG)]


def letter(letter_id: UUID) -> OutboxLetter | None:
    return db.session().get(OutboxLetter, letter_id)


def claimable(now: datetime) -> ColumnElement[bool]:
    """Return the criterion for letters whose time has come, or whose worker died over them."""
    return or_(
        (OutboxLetter.state == State.DUE) & (OutboxLetter.next_try_at <= now),
        (OutboxLetter.state == State.CLAIMED) & (OutboxLetter.lease_until <= now),
    )


def oldest_due(now: datetime) -> datetime | None:
    """Return since when the longest-waiting letter could have left, None when all have."""
    return db.session().scalar(select(func.min(OutboxLetter.next_try_at)).where(claimable(now)))


def unreached(*subject_ids: UUID) -> list[Unreached]:
    """Return the letters about some events that did not arrive, so far or for good, oldest first."""
    found = select(OutboxLetter).where(OutboxLetter.subject_id.in_(subject_ids), _did_not_arrive())
    in_order = found.order_by(OutboxLetter.created_at, OutboxLetter.id).options(joinedload(OutboxLetter.address))
    return [_unreached(row) for row in db.session().scalars(in_order)]


def unreached_subjects() -> list[UUID]:
    """Return the events about which some letter did not arrive."""
    found = select(OutboxLetter.subject_id).where(OutboxLetter.subject_id.is_not(None), _did_not_arrive())
    return [subject_id for subject_id in db.session().scalars(found.distinct()) if subject_id]


def _did_not_arrive() -> ColumnElement[bool]:
    """Return the criterion for letters that somebody should know of before the event, and that nobody made up for."""
    is_lost = OutboxLetter.state.in_(LOST)
    is_failing = OutboxLetter.state.in_([State.DUE, State.CLAIMED]) & (OutboxLetter.problem != "")
    matters = or_(OutboxLetter.topic.is_(None), OutboxLetter.topic.not_in(SPARED))
    return and_(or_(is_lost, is_failing), matters, OutboxLetter.problem != Problem.TOLD)


def _unreached(row: OutboxLetter) -> Unreached:
    assert row.subject_id is not None  # noqa: S101 - as selected
    return Unreached(
        letter_id=row.id, address_id=row.address_id, subject_id=row.subject_id, channel=Channel(row.address.channel),
        contact=row.address.value, kind=row.kind, state=State(row.state),
        problem=Problem(row.problem or Problem.CONNECTION), tries=row.tries,
    )
