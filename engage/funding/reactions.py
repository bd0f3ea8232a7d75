"""What funding does when something happens below it."""

from engage.accounts.facts import PersonDeleted
from engage.core import clock
from engage.core.access import CLOCK, Actor
from engage.events.facts import EventCancelled, EventDeclined, EventWithdrawn
from engage.funding.actions import following, forgetting


def drop_dinner(fact: EventCancelled | EventDeclined | EventWithdrawn, by: Actor) -> None:
    """End the application of a dinner that doesn't take place, whoever called it off."""
    following.drop_dinner(event_id=fact.event_id, by=CLOCK, now=clock.now())


def forget_person(fact: PersonDeleted, by: Actor) -> None:
    """Take somebody who leaves off what they asked for, judged and signed."""
    forgetting.forget_person(person_id=fact.person_id, by=CLOCK, now=clock.now())
