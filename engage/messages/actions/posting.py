"""Use cases of letters: posting and dropping, within the transaction of their cause."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, or_, select, update
from sqlalchemy.sql.elements import ColumnElement

from engage.core import db
from engage.messages import adapters, letters
from engage.messages.models import OutboxLetter
from engage.messages.rules import State, Topic


def post(
    *, about: str, kind: str, to: UUID, facts: Mapping[str, Any], now: datetime, expires_at: datetime,
    not_before: datetime | None = None, thread: str = "", subject_id: UUID | None = None, topic: Topic | None = None,
) -> bool:
    """Write a letter into the outbox, once for each `about` however often this is called; say whether it is new.

    `facts` hold ids and plain values: UUIDs and instants become text. Raises KeyError for a kind
    that no feature offers.
    """
    due_at = max(not_before or now, now)
    topic = topic or letters.KINDS[kind].topic
    return db.insert_new(model=OutboxLetter, values={
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


def erase(*, about: Iterable[str]) -> None:
    """Delete letters by what they are about, sent or not: their cause was promised to be forgotten sooner than letters are."""
    letters_of = delete(OutboxLetter).where(OutboxLetter.about.in_(list(about)))
    db.session().execute(letters_of.execution_options(synchronize_session=False))


def drop_about(*, abouts: Collection[str], now: datetime) -> None:
    """Cancel single letters that have not left, by what they are about."""
    _cancel(OutboxLetter.about.in_(list(abouts)), None, now)


def hand_on(*, thread: str, to: str, facts: Mapping[str, Any]) -> None:
    """Let the letters of a thread that have not left go on in another, with some of their facts changed."""
    waiting = select(OutboxLetter).where(OutboxLetter.thread == thread, OutboxLetter.state.in_([State.DUE, State.CLAIMED]))
    for letter in db.session().scalars(waiting.with_for_update()):
        letter.thread, letter.facts = to, {**letter.facts, **{name: _plain(value) for name, value in facts.items()}}


def _cancel(which: ColumnElement[bool], kinds: Collection[str] | None, now: datetime) -> None:
    """Cancel what no worker is sending just now; what one is, it looks at again before the next try."""
    is_idle = or_(
        OutboxLetter.state == State.DUE, (OutboxLetter.state == State.CLAIMED) & (OutboxLetter.lease_until <= now)
    )
    ended = {"state": State.CANCELLED, "ended_at": now, "lease": None, "lease_until": None}
    cancelled = update(OutboxLetter).where(which, is_idle).values(**ended)
    if kinds is not None:
        cancelled = cancelled.where(OutboxLetter.kind.in_(list(kinds)))
    db.session().execute(cancelled)


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if isinstance(value, datetime) else value
