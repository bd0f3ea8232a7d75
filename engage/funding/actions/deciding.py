"""What the city decides about applications: one by one, or many at once. Each is a transaction of its own."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from engage.core.access import Actor
from engage.core.refusal import Refused, require
from engage.events import actions as event_actions
from engage.funding import policy
from engage.funding.actions import budget, conditions, moving
from engage.funding.models import Application
from engage.funding.queries import applications, board
from engage.funding.rules import deciding, preparing
from engage.funding.rules.deciding import DeclineReason, ReviewState
from engage.funding.rules.reasons import Reason
from engage.funding.rules.states import State


@dataclass(frozen=True)
class Award:
    """Money for a dinner, in minor units; less than asked with a note that says why."""

    amount: int
    note: str = ""


@dataclass(frozen=True)
class Decline:
    """No money, for reasons that the catalogues translate; the note stands beside them as it was written."""

    reasons: tuple[DeclineReason, ...]
    note: str = ""


def request_changes(*, application_id: UUID, note: str, by: Actor, now: datetime) -> None:
    """Give an application back with what should change. Raises NotFound, NotAllowed, Refused."""
    application = applications.locked(application_id)
    require(policy.may_decide(by, application))
    moving.move(application, State.CHANGES_REQUESTED, by=by, now=now, note=note)


def decide(*, application_id: UUID, decision: Award | Decline, by: Actor, now: datetime) -> None:
    """Fund an application, or say no to it. Raises NotFound, NotAllowed, Refused."""
    application = applications.locked(application_id)
    require(policy.may_decide(by, application))
    if isinstance(decision, Award):
        _award(application, decision, by, now)
    else:
        _decline(application, decision, by, now)
    event_actions.lift_hold(event_id=application.event_id, reason=preparing.HOLD_DECISION, by=by, now=now)


def _award(application: Application, award: Award, by: Actor, now: datetime) -> None:
    done = sum(review.state == ReviewState.DONE for review in application.reviews)
    least, asked = application.round.least_reviews, application.asked or 0
    reason = deciding.award_refusal(
        amount=award.amount, asked=asked, has_note=bool(award.note), reviews=done, least_reviews=least,
        is_co_host_asked=conditions.is_co_host_asked(application),
    )
    if reason:
        details: Mapping[Reason, dict[str, object]] = {
            Reason.ABOVE_ASKED: {"asked": asked, "currency": application.round.currency},
            Reason.TOO_FEW_REVIEWS: {"least": least, "given": done},
        }
        raise Refused(reason, **details.get(reason, {}))
    moving.move(application, State.AWARDED, by=by, now=now, note=award.note, award=award.amount, decided_at=now)
    conditions.refresh(application, by=by, now=now)
    budget.take(application.round_id, award.amount)  # last: who waits for the round's row holds nothing longer than that


def _decline(application: Application, decline: Decline, by: Actor, now: datetime) -> None:
    if not decline.reasons:
        raise Refused(Reason.NO_REASON_GIVEN)
    reasons = [str(reason) for reason in decline.reasons]
    moving.move(
        application, State.DECLINED, by=by, now=now, note=decline.note, decline_reasons=reasons, decided_at=now
    )


def decide_many(*, decisions: Mapping[UUID, Award | Decline], by: Actor, now: datetime) -> None:
    """Decide several applications or none of them, dinners locked in one order. Raises NotFound, NotAllowed, Refused."""
    if not decisions:
        raise Refused(Reason.NOTHING_CHOSEN)
    in_order = board.by_dinner(decisions)
    for application_id in in_order:
        applications.locked(application_id)  # all of them before the round's row: nobody waits for whom we wait for
    for application_id in in_order:
        decide(application_id=application_id, decision=decisions[application_id], by=by, now=now)


def total(decisions: Collection[Award | Decline]) -> int:
    """Return what several decisions cost, in minor units."""
    return sum(decision.amount for decision in decisions if isinstance(decision, Award))
