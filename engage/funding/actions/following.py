"""What follows for an application when its dinner comes to nothing."""

from datetime import datetime
from uuid import UUID

from engage.core.access import Actor
from engage.core.refusal import require
from engage.events.rules import State as EventState
from engage.funding.actions import budget, moving
from engage.funding.queries import applications
from engage.funding.rules import states
from engage.funding.rules.states import State

OFF = frozenset({EventState.CANCELLED, EventState.DECLINED, EventState.WITHDRAWN})


def drop_dinner(*, event_id: UUID, by: Actor, now: datetime) -> None:
    """End the application of a dinner that doesn't take place: nothing was paid yet, or the advance is to come back.

    The hosts know already: they have called it off themselves, or got a letter about it. Raises NotAllowed.
    """
    require(by.is_clock)
    standing = applications.standing_of(event_id)
    if standing is None:
        return
    application = applications.locked(standing)
    state = State(application.state)
    if application.event.state not in OFF:
        return
    if State.WITHDRAWN in states.TRANSITIONS[state]:
        if application.award and state in states.PREPARING:
            budget.free(application.round_id, application.award)
        moving.move(application, State.WITHDRAWN, by=by, now=now, is_told=False)
    elif state == State.PAID_IN_ADVANCE:
        moving.move(application, State.LAPSED, by=by, now=now)
