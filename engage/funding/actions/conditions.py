"""Keep a funded dinner from being public until its round's conditions are met."""

from datetime import datetime
from uuid import UUID

from engage.accounts import queries as accounts
from engage.accounts import rules as accounts_rules
from engage.core.access import Actor
from engage.core.refusal import require
from engage.events import actions as event_actions
from engage.events.rules import Acceptance, PersonRole
from engage.funding.models import Application
from engage.funding.queries import agreements, applications
from engage.funding.rules import preparing, states
from engage.funding.rules.preparing import Condition, Conditions


def state_of(application: Application) -> Conditions:
    """Return a round's conditions for one application, and which are met today."""
    asked = {Condition.CO_HOST}
    asked |= {Condition.TRAINING} if application.round.needs_training else set()
    asked |= {Condition.AGREEMENT} if application.round.needs_agreement else set()
    met = {
        Condition.CO_HOST: not is_co_host_asked(application),
        Condition.TRAINING: _is_trained(application.host_id),
        Condition.AGREEMENT: agreements.of(application.id) is not None,
    }
    return Conditions(frozenset(asked), frozenset(condition for condition in asked if met[condition]))


def is_co_host_asked(application: Application) -> bool:
    """Say whether somebody was asked to host together and has not answered."""
    return any(
        part.role == PersonRole.CO_HOST and part.acceptance == Acceptance.INVITED for part in application.event.people
    )


def _is_trained(person_id: UUID | None) -> bool:
    person = accounts.person(person_id) if person_id else None
    return person is not None and accounts_rules.is_trained(person.trained_on, person.trained_until, accounts.today())


def refresh(application: Application, *, by: Actor, now: datetime) -> None:
    """Hold a locked application's dinner back while conditions are open, and let it go when they are met."""
    is_open = application.state in states.PREPARING and not state_of(application).are_met
    act = event_actions.place_hold if is_open else event_actions.lift_hold
    act(event_id=application.event_id, reason=preparing.HOLD_CONDITIONS, by=by, now=now)


def refresh_of_event(*, event_id: UUID, by: Actor, now: datetime) -> None:
    """Look at the conditions of a dinner's application again. Raises NotAllowed."""
    require(by.is_clock)
    standing = applications.standing_of(event_id)
    if standing:
        refresh(applications.locked(standing), by=by, now=now)


def refresh_of_person(*, person_id: UUID, by: Actor, now: datetime) -> None:
    """Look at the conditions of all somebody's applications again, in one order. Raises NotAllowed."""
    require(by.is_clock)
    theirs = applications.of_person(person_id, states.PREPARING)
    for application in sorted(theirs, key=lambda found: found.event_id):
        refresh(applications.locked(application.id), by=by, now=now)
