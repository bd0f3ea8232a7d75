"""What the clock ticks in registrations: one transaction an item."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from engage.core import db
from engage.core.access import CLOCK
from engage.core.clock import Job
from engage.core.refusal import NotFound, Refused
from engage.registrations import actions, queries, rules


def lapse(now: datetime) -> int:
    """End the holds and offers that have run out; each passes its seats on at once."""
    return _each(queries.lapsed(now), partial(actions.lapse, by=CLOCK, now=now))


def forget(now: datetime) -> int:
    """Keep what the columns promise: sign-ups nobody confirmed, needs, and whose a place was."""
    return (
        _each(queries.never_proven(now - rules.UNPROVEN_KEPT), partial(actions.erase_unproven, by=CLOCK))
        + _each(queries.with_needs_of_before(now - rules.NEEDS_KEPT), partial(actions.erase_needs, by=CLOCK))
        + _each(queries.named_of_before(now - rules.NAMES_KEPT), partial(actions.anonymise, by=CLOCK))
        + _each(
            queries.invitations_of_before(now - rules.NAMES_KEPT), partial(actions.erase_invitation, by=CLOCK), "invitation_id"
        )
        + _erase_referrals(now)
    )


def _erase_referrals(now: datetime) -> int:
    with db.transaction():
        return actions.erase_referrals(over_before=now - rules.NEEDS_KEPT, by=CLOCK)


def _each(found: Iterable[UUID], act: Callable[..., object], name: str = "registration_id") -> int:
    done = 0
    for item in found:
        with suppress(NotFound, Refused), db.transaction():  # somebody else was there first
            act(**{name: item})
            done += 1
    return done


JOBS: tuple[Job, ...] = (
    Job("registrations.lapse", timedelta(minutes=1), lapse),
    Job("registrations.forget", timedelta(days=1), forget),
)
