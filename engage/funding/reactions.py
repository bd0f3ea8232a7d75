"""What funding does when something happens below it."""

from engage.accounts.facts import PersonDeleted, PersonTrained
from engage.attendance.facts import CheckedIn, CheckInUndone
from engage.core import clock
from engage.core.access import CLOCK, Actor
from engage.events.facts import CoHostAnswered, EventCancelled, EventClosed, EventDeclined, EventWithdrawn, PersonTakenOff
from engage.funding.actions import applying, conditions, following, forgetting, settling, training


def drop_dinner(fact: EventCancelled | EventDeclined | EventWithdrawn, by: Actor) -> None:
    """End the application of a dinner that doesn't take place, whoever called it off."""
    following.drop_dinner(event_id=fact.event_id, by=CLOCK, now=clock.now())


def note_held(fact: EventClosed, by: Actor) -> None:
    """Ask for the report of a dinner that took place."""
    settling.note_held(event_id=fact.event_id, by=CLOCK, now=clock.now())


def note_training(fact: CheckedIn, by: Actor) -> None:
    """Make who came to a training a trained host."""
    training.note_check_in(registration_id=fact.registration_id, by=CLOCK, now=clock.now())


def undo_training(fact: CheckInUndone, by: Actor) -> None:
    """Give back what was noted before a check-in that was a mistake."""
    training.undo_check_in(registration_id=fact.registration_id, by=CLOCK, now=clock.now())


def follow_training(fact: PersonTrained, by: Actor) -> None:
    """Look again at what somebody's dinners wait for."""
    if fact.on:
        applying.let_through(person_id=fact.person_id, by=CLOCK, now=clock.now())
    conditions.refresh_of_person(person_id=fact.person_id, by=CLOCK, now=clock.now())


def follow_co_host(fact: CoHostAnswered | PersonTakenOff, by: Actor) -> None:
    """Look again at whether somebody who was asked to co-host still owes an answer."""
    conditions.refresh_of_event(event_id=fact.event_id, by=CLOCK, now=clock.now())


def forget_person(fact: PersonDeleted, by: Actor) -> None:
    """Take somebody who leaves off what they asked for, judged and signed."""
    forgetting.forget_person(person_id=fact.person_id, by=CLOCK, now=clock.now())
