"""What feedback does when something happens below it."""

from engage.core.access import CLOCK, Actor
from engage.events import queries as events_queries
from engage.events.facts import EventClosed
from engage.feedback import actions


def issue_tickets(fact: EventClosed, by: Actor) -> None:
    """Ask those who came how it was, whoever closed the event."""
    closed_at = events_queries.locked(fact.event_id).closed_at
    if closed_at is not None:
        actions.issue_tickets(event_id=fact.event_id, by=CLOCK, now=closed_at)
