"""Take what the retention periods and people who left want gone off the record."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import CursorResult, Delete, delete, select, update

from engage.core import db
from engage.core.access import Actor
from engage.core.refusal import require
from engage.events.models import Event
from engage.funding.actions import moving
from engage.funding.models import Agreement, Application, CoachNote, FundingRound, Note, Payment, Review, Training
from engage.funding.queries import applications
from engage.funding.rules.states import FUNDED, UNDECIDED, State

YEAR = timedelta(days=365)


def _of_rounds_closed_before(instant: datetime) -> Any:
    return Application.round_id.in_(select(FundingRound.id).where(FundingRound.closes_at < instant))


def _unfunded(now: datetime) -> Delete:
    """What got no money: two years after the round closed."""
    return delete(Application).where(Application.state.not_in(FUNDED), _of_rounds_closed_before(now - 2 * YEAR))


def _payments(now: datetime) -> Delete:
    """The accounts: seven years after the round closed, and the applications right after them."""
    return delete(Payment).where(
        Payment.application_id.in_(select(Application.id).where(_of_rounds_closed_before(now - 7 * YEAR)))
    )


def _funded(now: datetime) -> Delete:
    return delete(Application).where(_of_rounds_closed_before(now - 7 * YEAR))


def _coaching(now: datetime) -> Delete:
    """What a coach wrote down: a year after the dinner."""
    over = select(Application.id).join(Event, Event.id == Application.event_id).where(Event.ends_at < now - YEAR)
    return delete(CoachNote).where(CoachNote.application_id.in_(over))


PROMISES: tuple[Callable[[datetime], Delete], ...] = (_unfunded, _payments, _funded, _coaching)


def keep_promise(*, number: int, by: Actor, now: datetime) -> int:
    """Carry out one of the `PROMISES` and return how many rows it took. Raises NotAllowed."""
    require(by.is_clock)
    done = db.session().execute(PROMISES[number](now).execution_options(synchronize_session=False))
    return done.rowcount if isinstance(done, CursorResult) else 0


def forget_person(*, person_id: UUID, by: Actor, now: datetime) -> None:
    """Take somebody who has left off all applications: drafts go, what waits is withdrawn, their name is erased.

    Raises NotAllowed.
    """
    require(by.is_clock)
    for application in applications.of_person(person_id):
        _forget_host(application.id, by, now)
    signed = (Review.reviewer_id, Note.author_id, CoachNote.author_id, Agreement.person_id, Payment.entered_by)
    for column in (*signed, Application.coach_id):
        theirs = update(column.class_).where(column == person_id).values({column.key: None})
        db.session().execute(theirs.execution_options(synchronize_session=False))
    db.session().execute(delete(Training).where(Training.person_id == person_id))


def _forget_host(application_id: UUID, by: Actor, now: datetime) -> None:
    application = applications.locked(application_id)
    if application.state == State.DRAFT:
        db.session().delete(application)
        return
    if application.state in UNDECIDED:
        moving.move(application, State.WITHDRAWN, by=by, now=now, is_told=False)
    application.host_id, application.called = None, ""
    db.session().flush()
