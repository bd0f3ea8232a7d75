"""A round's applications side by side, who judges them, and how the money spreads."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from engage.accounts import queries as accounts
from engage.accounts.models import Person
from engage.core import db
from engage.core.access import Actor, Role
from engage.events import policy as events_policy
from engage.events.models import EventPerson
from engage.events.rules import Acceptance, PersonRole
from engage.funding import policy
from engage.funding.models import Application, Review
from engage.funding.rules import deciding, states
from engage.funding.rules.deciding import ReviewState, Scored
from engage.funding.rules.states import State

REVIEWING = (Role.REVIEWER, Role.STAFF, Role.ADMINISTRATOR)


def of_round(round_id: UUID, by: Actor) -> list[Application]:
    """Return what was sent in to a round and is this reader's to decide, in the order it came."""
    sent = select(Application).where(Application.round_id == round_id, Application.submitted_at.is_not(None))
    areas = by.areas(*policy.STAFF)
    if areas is not None:
        sent = sent.where(Application.neighbourhood_id.in_(areas))
    loaded = selectinload(Application.reviews), joinedload(Application.event)
    return list(db.session().scalars(sent.options(*loaded).order_by(Application.number)))


def scored(application: Application) -> Scored | None:
    """Return what the reviews of an application come to; round and reviews must be loaded."""
    return scored_by(application, deciding.weights(application.round.criteria))


def scored_by(application: Application, weights: Mapping[str, int]) -> Scored | None:
    """Return the same with the round's weights at hand."""
    done = (review for review in application.reviews if review.state == ReviewState.DONE)
    means = (deciding.review_mean(review.scores, weights) for review in done)
    return deciding.scored([mean for mean in means if mean is not None])


@dataclass(frozen=True)
class Spread:
    """How the awards of a round spread: money in minor units by neighbourhood, dinners by language."""

    areas: tuple[tuple[UUID, int], ...]
    languages: tuple[tuple[str, int], ...]


def spread(found: Iterable[Application]) -> Spread:
    """Return how the awards among applications spread, the largest first."""
    funded = [application for application in found if application.state in states.FUNDED and application.award]
    areas: Counter[UUID] = Counter()
    for application in funded:
        if application.neighbourhood_id:
            areas[application.neighbourhood_id] += application.award or 0
    languages = Counter(code for application in funded for code in application.languages)
    return Spread(tuple(areas.most_common()), tuple(languages.most_common()))


def by_dinner(ids: Collection[UUID]) -> list[UUID]:
    """Return applications in the order in which their dinners are locked."""
    wanted = select(Application.id).where(Application.id.in_(ids))
    return list(db.session().scalars(wanted.order_by(Application.event_id)))


# --- who judges -------------------------------------------------------------------------------------


def reviewers(area: UUID | None) -> list[Person]:
    """Return who may judge applications of a neighbourhood."""
    return list(dict.fromkeys(person for role in REVIEWING for person in accounts.role_holders(role, area)))


def is_party(application: Application, person_id: UUID | None) -> bool:
    """Say whether somebody asks for the money themselves: host, co-host asked or not, or of the same organisation."""
    if person_id is None:
        return False
    if person_id == application.host_id or any(_is_part(part, person_id) for part in application.event.people):
        return True
    return bool(application.organisation) and application.organisation.casefold() in _organisations(person_id)


def _is_part(part: EventPerson, person_id: UUID) -> bool:
    if part.role not in (PersonRole.HOST, PersonRole.CO_HOST) or part.acceptance == Acceptance.DECLINED:
        return False
    holder = accounts.holder(part.address_id) if part.address_id else None
    return part.person_id == person_id or (holder is not None and holder.id == person_id)


def _organisations(person_id: UUID) -> frozenset[str]:
    """Return for which organisations somebody has applied themselves, as host or co-host."""
    hosting = select(EventPerson.event_id).where(
        EventPerson.person_id == person_id, EventPerson.role.in_(events_policy.HOSTING)
    )
    theirs = select(Application.organisation).where(
        or_(Application.host_id == person_id, Application.event_id.in_(hosting)), Application.organisation != ""
    )
    return frozenset(name.casefold() for name in db.session().scalars(theirs))


def reviews_of(person_id: UUID) -> list[Application]:
    """Return what somebody was asked to judge, what is still open first, with round and dinner."""
    asked = select(Application).join(Review).where(Review.reviewer_id == person_id, Review.state != ReviewState.CONFLICT)
    loaded = joinedload(Application.round), joinedload(Application.event), selectinload(Application.reviews)
    is_open = Application.state.in_(states.UNDECIDED) & (Review.state == ReviewState.ASKED)
    return list(db.session().scalars(asked.options(*loaded).order_by(is_open.desc(), Review.asked_at, Application.id)))


def count_to_review(by: Actor) -> int:
    """Return how many applications wait for somebody's judgement."""
    waiting = select(func.count()).select_from(Review).join(Application).where(
        Review.reviewer_id == by.person_id, Review.state == ReviewState.ASKED, Application.state.in_(states.UNDECIDED)
    )
    return db.session().scalar(waiting) or 0


TO_DECIDE = (State.SUBMITTED, State.IN_REVIEW)


def to_decide(by: Actor) -> list[Application]:
    """Return what waits for staff, for reviewers to be asked or for a decision, the longest-waiting first."""
    waiting = select(Application).where(Application.state.in_(TO_DECIDE))
    areas = by.areas(*policy.STAFF)
    if areas is not None:
        waiting = waiting.where(Application.neighbourhood_id.in_(areas))
    loaded = joinedload(Application.round), joinedload(Application.event)
    return list(db.session().scalars(waiting.options(*loaded).order_by(Application.submitted_at, Application.id)))


def count_to_decide(by: Actor) -> int:
    """Return how many those are."""
    waiting = select(func.count()).select_from(Application).where(Application.state.in_(TO_DECIDE))
    areas = by.areas(*policy.STAFF)
    return db.session().scalar(waiting if areas is None else waiting.where(Application.neighbourhood_id.in_(areas))) or 0


