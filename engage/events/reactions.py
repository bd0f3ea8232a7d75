"""What events does when something happens below it."""

from engage.accounts.facts import PersonDeleted
from engage.core import clock
from engage.core.access import Actor
from engage.events import actions


def forget_person(fact: PersonDeleted, by: Actor) -> None:
    """Take somebody who has left off their meetings and proposals."""
    actions.forget_person(person_id=fact.person_id, address_id=fact.address_id, by=by, now=clock.now())
