"""What concerns does when something happens below it."""

from engage.accounts.facts import AddressChanged, PersonDeleted
from engage.concerns.actions import consulting
from engage.core.access import Actor


def follow_person(fact: AddressChanged, by: Actor) -> None:
    """Let what somebody ranked follow them to their new address."""
    consulting.follow_person(old_id=fact.old_id, new_id=fact.new_id, by=by)


def forget_person(fact: PersonDeleted, by: Actor) -> None:
    """Keep what somebody said who leaves, but not that it was them."""
    consulting.forget_person(person_id=fact.person_id, address_id=fact.address_id, by=by)
