"""What every change of a concern shares: one step further on its way."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update

from engage.concerns import facts
from engage.concerns.actions import following
from engage.concerns.actions.versions import grow
from engage.concerns.models import Concern, ConcernStep
from engage.concerns.queries import concerns as queries
from engage.concerns.rules import steps
from engage.concerns.rules.reasons import Reason
from engage.concerns.rules.steps import Step
from engage.core import db, ledger
from engage.core.access import Actor
from engage.core.refusal import Refused
from engage.core.text import Localized


def move(
    concern: Concern, to: Step, *, by: Actor, now: datetime, event_id: UUID | None = None, words: Localized | None = None,
) -> None:
    """Take a locked concern one step further, with a line in its history; whoever it matters to is told.

    `words` are the answer, the action or what was done. One that was merged stands in another: that one goes
    on. Raises Refused where the table says no, or somebody was faster.
    """
    concern = queries.standing(concern)
    if reason := steps.step_refusal(Step(concern.step), to):
        raise Refused(reason)
    step = update(Concern).where(Concern.id == concern.id, Concern.step == concern.step).values(step=to)
    if db.session().execute(step.returning(Concern.id).execution_options(synchronize_session=False)).first() is None:
        raise Refused(Reason.CHANGED_MEANWHILE)
    grow(concern.id)
    db.session().refresh(concern, ["step", "version"])
    taken = ConcernStep(concern_id=concern.id, step=to, at=now, event_id=event_id, words=words)
    db.session().add(taken)
    db.session().flush()
    following.tell_step(concern, taken, now=now)
    ledger.record(facts.ConcernMoved(concern.id, to, event_id), by=by)
