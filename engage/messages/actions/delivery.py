"""Use cases of delivery: a worker claims letters by a lease, and writes only what its lease still covers.

The lease is a fence: whoever lost it, by being slow or by dying, changes nothing any more.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update

from engage.core import db
from engage.messages import queries, rules
from engage.messages.models import OutboxLetter
from engage.messages.rules import ENDED, Problem, State


@dataclass(frozen=True)
class Outcome:
    """How a try ended: an end state, or DUE to try again."""

    state: State
    problem: Problem | None = None


def claim(*, lease: UUID, now: datetime, limit: int) -> list[UUID]:
    """Take up to `limit` letters that may leave, longest waiting first, for the length of a lease.

    One statement: on PostgreSQL others skip the rows it locks, SQLite lets one writer in at a time.
    """
    due = (
        select(OutboxLetter.id)
        .where(queries.claimable(now))
        .order_by(OutboxLetter.next_try_at, OutboxLetter.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("due")
    )
    claimed = db.session().execute(
        update(OutboxLetter)
        .where(OutboxLetter.id.in_(select(due.c.id)))
        .values(state=State.CLAIMED, lease=lease, lease_until=now + rules.LEASE)
        .returning(OutboxLetter.next_try_at, OutboxLetter.id)
        .execution_options(synchronize_session=False)
    )
    return [letter_id for _, letter_id in sorted((at, letter_id) for at, letter_id in claimed)]


def begin_try(*, letter_id: UUID, lease: UUID, now: datetime) -> bool:
    """Count a try and renew its lease; say whether the lease is still ours."""
    begun = db.session().execute(
        update(OutboxLetter)
        .where(OutboxLetter.id == letter_id, OutboxLetter.state == State.CLAIMED, OutboxLetter.lease == lease)
        .values(tries=OutboxLetter.tries + 1, lease_until=now + rules.LEASE)
        .returning(OutboxLetter.id)
    )
    return begun.scalar() is not None


def conclude(*, letter_id: UUID, lease: UUID, outcome: Outcome, now: datetime) -> bool:
    """Write how a try ended and give the lease back; say whether the lease was still ours."""
    row = db.session().scalars(
        select(OutboxLetter)
        .where(OutboxLetter.id == letter_id, OutboxLetter.state == State.CLAIMED, OutboxLetter.lease == lease)
        .with_for_update()
    ).one_or_none()
    if row is None:
        return False
    row.state, row.problem = outcome.state, outcome.problem or ""
    row.lease = row.lease_until = None
    row.ended_at = now if outcome.state in ENDED else None
    if outcome.state == State.DUE:
        row.next_try_at = min(rules.next_try(max(row.tries, 1), now), row.expires_at)
    return True


def settle_unreached(*, subject_id: UUID, address_id: UUID) -> int:
    """Note that an address was told otherwise what did not arrive about an event; return how many letters that settles."""
    lost = [row.letter_id for row in queries.unreached(subject_id) if row.address_id == address_id]
    settled = db.session().execute(
        update(OutboxLetter)
        .where(OutboxLetter.id.in_(lost), OutboxLetter.state.in_(rules.LOST))
        .values(problem=Problem.TOLD)
        .returning(OutboxLetter.id)
    )
    return len(settled.all())


def erase_ended(*, now: datetime) -> int:
    """Erase letters that ended long ago; return how many."""
    erased = delete(OutboxLetter).where(OutboxLetter.ended_at < now - rules.KEEP_ENDED).returning(OutboxLetter.id)
    return len(db.session().execute(erased.execution_options(synchronize_session=False)).all())
