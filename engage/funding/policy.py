"""Who may do what with funding. Pure: judges plain values and rows, never asks the database."""

from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

from engage.core.access import Actor, Role
from engage.events import policy as events
from engage.funding.rules.deciding import ReviewState
from engage.funding.rules.rounds import RoundState
from engage.funding.rules.states import UNDECIDED, State

STAFF = (Role.STAFF, Role.ADMINISTRATOR)


class Call(Protocol):
    """What a policy needs to know of a round."""

    @property
    def state(self) -> RoundState: ...
    @property
    def area_ids(self) -> frozenset[UUID]: ...


class Judged(Protocol):
    """What a policy needs to know of a review."""

    @property
    def reviewer_id(self) -> UUID | None: ...
    @property
    def state(self) -> ReviewState: ...


class Request(Protocol):
    """What a policy needs to know of an application; `event.people` and `reviews` are loaded."""

    @property
    def state(self) -> State: ...
    @property
    def was_sent(self) -> bool: ...
    @property
    def host_id(self) -> UUID | None: ...
    @property
    def coach_id(self) -> UUID | None: ...
    @property
    def neighbourhood_id(self) -> UUID | None: ...
    @property
    def event(self) -> events.Meeting: ...
    @property
    def reviews(self) -> Iterable[Judged]: ...


# --- rounds -------------------------------------------------------------------------------------


def may_run(actor: Actor, areas: frozenset[UUID]) -> bool:
    """Staff open and edit rounds for where they work: a round for the whole city is the whole city's."""
    return all(actor.is_staff(area) for area in areas) if areas else actor.is_staff()


def may_open_round(actor: Actor, call: Call) -> bool:
    """Staff of any of its neighbourhoods look at a round and its board, each seeing their own applications."""
    return may_run(actor, call.area_ids) or actor.has_role(*STAFF, anywhere=True)


def may_apply(actor: Actor) -> bool:
    """Whoever has an account applies."""
    return actor.is_signed_in


# --- applications -------------------------------------------------------------------------------


def is_applicant(actor: Actor, application: Request) -> bool:
    """Say whether the actor asks for this money: the host, or a co-host who said yes."""
    is_host = actor.person_id is not None and actor.person_id == application.host_id
    return is_host or events.is_host(actor, application.event)


def is_staff_of(actor: Actor, application: Request) -> bool:
    """Say whether the actor is staff where the dinner is planned."""
    return actor.is_staff(application.neighbourhood_id)


def is_coach(actor: Actor, application: Request) -> bool:
    return actor.person_id is not None and actor.person_id == application.coach_id


def review_of(actor: Actor, application: Request) -> Judged | None:
    """Return the actor's part in judging an application, if they were asked."""
    if actor.person_id is None:
        return None
    return next((review for review in application.reviews if review.reviewer_id == actor.person_id), None)


def may_open(actor: Actor, application: Request) -> bool:
    """Who may see an application's own page: those who ask, staff (but not what was never sent in), the coach."""
    if is_applicant(actor, application):
        return True
    if not application.was_sent:
        return False
    return is_staff_of(actor, application) or is_coach(actor, application)


def may_write(actor: Actor, application: Request) -> bool:
    return is_applicant(actor, application)


def may_withdraw(actor: Actor, application: Request) -> bool:
    return is_applicant(actor, application)


def may_accept_agreement(actor: Actor, application: Request) -> bool:
    """The agreement binds the host; a co-host can't sign for them."""
    return actor.person_id is not None and actor.person_id == application.host_id


def may_decide(actor: Actor, application: Request) -> bool:
    """Staff of the neighbourhood decide once it was sent in: nobody about their own money, nor where they stood back."""
    if is_applicant(actor, application) or not (application.was_sent and is_staff_of(actor, application)):
        return False
    review = review_of(actor, application)
    return review is None or review.state != ReviewState.CONFLICT


def may_assign(actor: Actor, application: Request) -> bool:
    """Staff choose reviewers and coach."""
    return may_decide(actor, application)


def may_review(actor: Actor, application: Request) -> bool:
    """Reviewers who were asked, and are no party to it."""
    review = review_of(actor, application)
    return review is not None and review.state != ReviewState.CONFLICT and not is_applicant(actor, application)


def may_see_scores(actor: Actor, application: Request) -> bool:
    """Whoever is asked to judge as well sees what others think once their own review is in, or all is decided."""
    review = review_of(actor, application)
    return review is None or review.state == ReviewState.DONE or application.state not in UNDECIDED


def may_coach(actor: Actor, application: Request) -> bool:
    """Write coach notes: the coach alone; staff read them."""
    return is_coach(actor, application)


def may_read_coach_notes(actor: Actor, application: Request) -> bool:
    return is_coach(actor, application) or (is_staff_of(actor, application) and not is_applicant(actor, application))


def may_report(actor: Actor, application: Request) -> bool:
    return is_applicant(actor, application)


def may_see_files(actor: Actor, application: Request) -> bool:
    """Pictures and receipts: the hosts and the staff concerned, nobody else."""
    return is_applicant(actor, application) or (application.was_sent and is_staff_of(actor, application))


def may_pay(actor: Actor, application: Request) -> bool:
    """Staff enter payments and settle; nobody their own."""
    return may_decide(actor, application)
