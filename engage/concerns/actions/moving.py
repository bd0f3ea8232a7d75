"""What every change of a concern shares: one step further on its way."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import update

from engage.concerns import facts
from engage.concerns.actions import following
from engage.concerns.actions.versions import grow
from engage.concerns.models import Concern, ConcernStep
from engage.concerns.queries import acting, doors
from engage.concerns.queries import concerns as queries
from engage.concerns.rules import meeting, steps
from engage.concerns.rules.reasons import Reason
from engage.concerns.rules.steps import Step
from engage.core import db, ledger
from engage.core.access import Actor
from engage.core.refusal import Refused
from engage.core.text import Localized


def translated(concern: Concern, words: Localized, *, of: Collection[Step], event_id: UUID | None = None, by: Actor) -> bool:
    """Put further languages beside what an answered concern's people were told, by news `of` some steps.

    Say whether the words are no more than that: nobody is told the same again.
    """
    lines = () if concern.step in steps.UNANSWERED else queries.lines(concern.id, event_id)
    told = (line for line in lines if line.step in of and line.words)
    line = next((line for line in told if line.words and meeting.is_translation(line.words, words)), None)
    if line is not None and line.words != words:
        line.words = words
        db.session().flush()
        grow(concern.id)
        ledger.record(facts.ConcernSummarised(concern.id), by=by)
    return line is not None


def move(
    concern: Concern, to: Step, *, by: Actor, now: datetime, event_id: UUID | None = None, words: Localized | None = None,
) -> None:
    """Take a locked concern one step further, with a line in its history; whoever it matters to is told.

    News of an earlier step than it has reached is a line too, and takes nothing back; what a closed meeting says of a
    concern from outside is none. `words` are the answer, the action or what was done. One that was merged stands in
    another: that one goes on. Raises Refused where the table says no, or somebody was faster.
    """
    concern = queries.standing(concern)
    if not doors.may_hear(concern, event_id):
        return
    if reason := steps.step_refusal(Step(concern.step), to):
        raise Refused(reason)
    stands = steps.reached(Step(concern.step), to, is_open=acting.has_open(concern.id))
    step = update(Concern).where(Concern.id == concern.id, Concern.step == concern.step).values(step=stands)
    if db.session().execute(step.returning(Concern.id).execution_options(synchronize_session=False)).first() is None:
        raise Refused(Reason.CHANGED_MEANWHILE)
    grow(concern.id)
    db.session().refresh(concern, ["step", "version"])
    taken = ConcernStep(concern_id=concern.id, step=to, at=now, event_id=event_id, words=words)
    db.session().add(taken)
    db.session().flush()
    following.tell_step(concern, taken, now=now)
    ledger.record(facts.ConcernMoved(concern.id, to, event_id), by=by)
