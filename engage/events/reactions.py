"""What events does when something happens below it."""

from engage.accounts.facts import AddressChanged, PersonDeleted
from engage.core import clock
from engage.core.access import Actor
from engage.events import actions


def follow_person(fact: AddressChanged, by: Actor) -> None:
    """Let invitations and wishes for news follow somebody to their new address."""
    actions.follow_person(old_id=fact.old_id, new_id=fact.new_id, by=by)


def forget_person(fact: PersonDeleted, by: Actor) -> None:
    """Take somebody who has left off their meetings and proposals."""
    actions.forget_person(person_id=fact.person_id, address_id=fact.address_id, by=by, now=clock.now())
