"""What concerns do when something happens below them."""

from engage.accounts.facts import AddressChanged, PersonDeleted
from engage.concerns.actions import consulting, following
from engage.core.access import Actor


def follow_person(fact: AddressChanged, by: Actor) -> None:
    """Let voices and rankings follow somebody to their new address."""
    following.follow_person(old_id=fact.old_id, new_id=fact.new_id, by=by)
    consulting.follow_person(old_id=fact.old_id, new_id=fact.new_id, by=by)


def forget_person(fact: PersonDeleted, by: Actor) -> None:
    """Forget whose the concerns and rankings of somebody were who has left."""
    following.forget_person(person_id=fact.person_id, address_id=fact.address_id, by=by)
    consulting.forget_person(person_id=fact.person_id, address_id=fact.address_id, by=by)
