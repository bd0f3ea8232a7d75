"""What every change of a concern shares: one step further on its way."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update

from engage.concerns import facts
from engage.concerns.models import Concern, ConcernStep
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

    `words` are the answer, the action or what was done. Raises Refused where the table says no, or
    somebody was faster.
    """
    if reason := steps.step_refusal(Step(concern.step), to):
        raise Refused(reason)
    step = update(Concern).where(Concern.id == concern.id, Concern.step == concern.step)
    step = step.values(step=to, version=Concern.version + 1).returning(Concern.id)
    if db.session().execute(step.execution_options(synchronize_session=False)).first() is None:
        raise Refused(Reason.CHANGED_MEANWHILE)
    db.session().refresh(concern, ["step", "version"])
    db.session().add(ConcernStep(concern_id=concern.id, step=to, at=now, event_id=event_id, words=words))
    ledger.record(facts.ConcernMoved(concern.id, to, event_id), by=by)
