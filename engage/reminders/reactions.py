"""What reminders does when something happens below it: plan, plan anew, drop."""

from engage.core import clock
from engage.core.access import CLOCK, Actor
from engage.events.facts import AddressHourChanged, EventCancelled, EventMoved
from engage.registrations.facts import GuestRemoved, PlaceConfirmed, RegistrationCancelled, RegistrationLapsed
from engage.reminders import actions


def plan(fact: PlaceConfirmed, by: Actor) -> None:
    """Remind whoever has a place now."""
    actions.plan(registration_id=fact.registration_id, by=CLOCK, now=clock.now())


def replan(fact: EventMoved, by: Actor) -> None:
    """Remind everybody of the new time and place, and nobody of the old."""
    actions.replan(event_id=fact.event_id, by=CLOCK, now=clock.now())


def replan_address(fact: AddressHourChanged, by: Actor) -> None:
    """Tell of a home's address at the hour that holds now."""
    actions.replan_address(event_id=fact.event_id, old_hours=fact.old_hours, by=CLOCK, now=clock.now())


def drop(fact: RegistrationCancelled | GuestRemoved | RegistrationLapsed, by: Actor) -> None:
    """Remind nobody of a place they don't have."""
    actions.drop(registration_id=fact.registration_id, by=CLOCK, now=clock.now())


def drop_event(fact: EventCancelled, by: Actor) -> None:
    """Remind nobody of what doesn't take place."""
    actions.drop_event(event_id=fact.event_id, by=CLOCK, now=clock.now())
