"""Who reads an application, and what they think of it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from engage.accounts import queries as accounts
from engage.accounts.models import Person
from engage.core import db, ledger
from engage.core.access import Actor
from engage.core.refusal import NotFound, Refused, require
from engage.funding import facts, policy
from engage.funding.actions import moving
from engage.funding.models import Application, Review
from engage.funding.queries import applications, board
from engage.funding.rules import deciding, states
from engage.funding.rules.deciding import ReviewState
from engage.funding.rules.reasons import Reason
from engage.funding.rules.states import State


def ask_reviewer(*, application_id: UUID, person_id: UUID, by: Actor, now: datetime) -> None:
    """Ask somebody to judge an application; once enough are asked, it is being read.

    Raises NotFound, NotAllowed, Refused.
    """
    application = _undecided(application_id)
    require(policy.may_assign(by, application))
    person = accounts.person(person_id)
    if person is None:
        raise NotFound
    if reason := _refusal(application, person):
        raise Refused(reason)
    review = Review(application_id=application.id, reviewer_id=person_id, asked_at=now, scores={}, comments={})
    application.reviews.append(review)
    db.session().flush()
    ledger.record(facts.ReviewerAsked(application.id, person_id), by=by)
    if application.state == State.SUBMITTED and len(_reading(application)) >= application.round.least_reviews:
        moving.move(application, State.IN_REVIEW, by=by, now=now)


def _undecided(application_id: UUID) -> Application:
    application = applications.locked(application_id)
    if application.state not in states.UNDECIDED:
        raise Refused(Reason.NOT_IN_THIS_STATE, state=State(application.state))
    return application


def _reading(application: Application) -> list[Review]:
    return [review for review in application.reviews if review.state != ReviewState.CONFLICT]


def _refusal(application: Application, person: Person) -> Reason | None:
    known = next((review for review in application.reviews if review.reviewer_id == person.id), None)
    if known is not None:
        return Reason.CONFLICT_DECLARED if known.state == ReviewState.CONFLICT else Reason.ALREADY_ASSIGNED
    if board.is_party(application, person.id):
        return Reason.OWN_APPLICATION
    may_review = person.id in {each.id for each in board.reviewers(application.neighbourhood_id)}
    return None if may_review else Reason.NOT_A_REVIEWER


def take_off(*, application_id: UUID, person_id: UUID, by: Actor, now: datetime) -> None:
    """Ask somebody no longer, who has not judged yet. Raises NotFound, NotAllowed, Refused."""
    application = _undecided(application_id)
    require(policy.may_assign(by, application))
    review = next((each for each in application.reviews if each.reviewer_id == person_id), None)
    if review is None:
        raise NotFound
    if review.state != ReviewState.ASKED:
        raise Refused(Reason.ALREADY_REVIEWED)
    application.reviews.remove(review)
    db.session().flush()
    ledger.record(facts.ReviewerTakenOff(application.id, person_id), by=by)


def give_review(
    *, application_id: UUID, scores: Mapping[str, int], comments: Mapping[str, str], by: Actor, now: datetime
) -> None:
    """Judge an application, or change one's mind before it is decided. Raises NotFound, NotAllowed, Refused."""
    application, review = _own(application_id, by)
    weights = deciding.weights(application.round.criteria)
    if deciding.review_mean(scores, weights) is None:
        raise Refused(Reason.SCORE_MISSING)
    review.scores = {key: scores[key] for key in weights}
    review.comments = {key: text for key, text in comments.items() if text and (key in weights or key == "")}
    review.state, review.done_at = ReviewState.DONE, now
    db.session().flush()
    ledger.record(facts.ReviewGiven(application.id, review.id), by=by)


def declare_conflict(*, application_id: UUID, reason: str, by: Actor, now: datetime) -> None:
    """Stand back from an application; what was judged is dropped. Raises NotFound, NotAllowed, Refused."""
    application, review = _own(application_id, by)
    review.state, review.conflict, review.done_at = ReviewState.CONFLICT, reason, now
    review.scores, review.comments = {}, {}
    db.session().flush()
    ledger.record(facts.ConflictDeclared(application.id, review.id), by=by)


def _own(application_id: UUID, by: Actor) -> tuple[Application, Review]:
    application = _undecided(application_id)
    require(policy.may_review(by, application))
    if board.is_party(application, by.person_id):
        raise Refused(Reason.OWN_APPLICATION)
    review = next(each for each in application.reviews if each.reviewer_id == by.person_id)
    return application, review
