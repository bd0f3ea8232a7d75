"""Use cases of letters: posting and dropping, within the transaction of their cause; addresses."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CursorResult, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.sql.elements import ColumnElement

from engage.core import db, secrets
from engage.core.city import city
from engage.core.refusal import Refused
from engage.messages import adapters, letters, queries, rules
from engage.messages.models import Address, OptOut, OutboxLetter
from engage.messages.rules import Channel, State, Topic


def post(
    *, about: str, kind: str, to: UUID, facts: Mapping[str, Any], now: datetime, expires_at: datetime,
    not_before: datetime | None = None, thread: str = "", subject_id: UUID | None = None, topic: Topic | None = None,
) -> None:
    """Write a letter into the outbox, once for each `about` however often this is called.

    `facts` hold ids and plain values: UUIDs and instants become text. Raises KeyError for a kind
    that no feature offers.
    """
    due_at = max(not_before or now, now)
    topic = topic or letters.KINDS[kind].topic
    _insert_new(OutboxLetter, {
        "id": uuid4(), "about": about, "kind": kind, "facts": {name: _plain(value) for name, value in facts.items()},
        "address_id": to, "thread": thread, "subject_id": subject_id, "topic": topic, "state": State.DUE, "not_before": due_at,
        "expires_at": expires_at, "next_try_at": due_at, "message_id": adapters.new_message_id(now), "created_at": now,
        "tries": 0, "problem": "",
    })


def drop(*, thread: str, kinds: Collection[str] | None = None, now: datetime) -> None:
    """Cancel the letters of a thread that have not left, all or those of some kinds."""
    _cancel(OutboxLetter.thread == thread, kinds, now)


def drop_subject(*, subject_id: UUID, kinds: Collection[str] | None = None, now: datetime) -> None:
    """Cancel the letters about an event that have not left, all or those of some kinds."""
    _cancel(OutboxLetter.subject_id == subject_id, kinds, now)


def address_for_mail(*, value: str, channel: Channel = Channel.EMAIL, now: datetime) -> Address:
    """Return the address written so, made if it is new. Raises Refused when it is no address."""
    normal = rules.normalised(value, channel, city().country)
    if normal is None:
        raise Refused(rules.refusal_of(channel))
    value_hash = secrets.keyed_hash(rules.sameness(normal))
    _insert_new(Address, {
        "id": uuid4(), "channel": channel, "value": normal, "value_hash": value_hash, "revocation": 0, "created_at": now,
    })
    # Kept from the nightly erasing until this transaction has written what refers to it.
    is_it = (Address.channel == channel) & (Address.value_hash == value_hash)
    return db.session().scalars(select(Address).where(is_it).with_for_update(read=True, key_share=True)).one()


def end_topic(*, address_id: UUID, topic: Topic, now: datetime) -> None:
    """Send an address no more letters of a topic; ending it twice changes nothing."""
    _insert_new(OptOut, {"address_id": address_id, "topic": topic, "at": now})


def resume_topic(*, address_id: UUID, topic: Topic) -> None:
    """Send an address letters of a topic again."""
    if ended := db.session().get(OptOut, (address_id, topic)):
        db.session().delete(ended)
        db.session().flush()


def settle_unreached(*, subject_id: UUID, address_id: UUID) -> int:
    """Note that an address was told otherwise what did not arrive about an event; return how many letters that settles."""
    found = [row.letter_id for row in queries.unreached(subject_id) if row.address_id == address_id]
    settled = db.session().execute(
        update(OutboxLetter)
        .where(OutboxLetter.id.in_(found), OutboxLetter.state.in_([State.REFUSED, State.EXPIRED]))
        .values(problem=rules.Problem.TOLD)
    )
    return _count(settled)


def _cancel(which: ColumnElement[bool], kinds: Collection[str] | None, now: datetime) -> None:
    """Cancel what no worker is sending just now; what one is, it looks at again before the next try."""
    is_idle = or_(
        OutboxLetter.state == State.DUE, (OutboxLetter.state == State.CLAIMED) & (OutboxLetter.lease_until <= now)
    )
    cancelled = update(OutboxLetter).where(which, is_idle).values(state=State.CANCELLED, ended_at=now, lease=None, lease_until=None)
    if kinds is not None:
        cancelled = cancelled.where(OutboxLetter.kind.in_(list(kinds)))
    db.session().execute(cancelled)


def _insert_new(model: type[DeclarativeBase], values: Mapping[str, Any]) -> None:
    """Insert a row unless one like it is there, in either dialect."""
    dialect = postgresql if db.session().get_bind().dialect.name == "postgresql" else sqlite
    db.session().flush()
    db.session().execute(dialect.insert(model).values(**values).on_conflict_do_nothing())


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if isinstance(value, datetime) else value


def _count(result: Any) -> int:
    return result.rowcount if isinstance(result, CursorResult) else 0
