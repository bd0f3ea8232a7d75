"""What concerns do when something happens below them."""

from engage.accounts.facts import AddressChanged, PersonDeleted
from engage.concerns.actions import acting, agendas, following, forgetting, ranking
from engage.core import clock
from engage.core.access import CLOCK, Actor
from engage.events.facts import EventCancelled


def follow_person(fact: AddressChanged, by: Actor) -> None:
    """Let voices, rankings and what is to be done follow somebody to their new address."""
    for room in (following, ranking, acting):
        room.follow_person(old_id=fact.old_id, new_id=fact.new_id, by=CLOCK)


def forget_person(fact: PersonDeleted, by: Actor) -> None:
    """Forget whose concerns and rankings they were who leaves, and take them off what they were to do."""
    following.forget_person(person_id=fact.person_id, address_id=fact.address_id, by=by)
    ranking.forget_person(person_id=fact.person_id, address_id=fact.address_id, by=by)
    forgetting.forget_owner(person_id=fact.person_id, address_id=fact.address_id, by=CLOCK, now=clock.now())


def drop_agenda(fact: EventCancelled, by: Actor) -> None:
    """Take the agenda of a meeting that is called off out of sight, and its concerns back to where they were."""
    agendas.drop(event_id=fact.event_id, by=CLOCK, now=clock.now())
