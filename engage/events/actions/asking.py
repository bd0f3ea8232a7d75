"""What the clock asks and tells: hosts of meetings with few guests, people who want to hear of new ones."""

from datetime import datetime, timedelta
from uuid import UUID

from engage.core.access import Actor
from engage.core.refusal import require
from engage.events import queries, rules
from engage.events.actions import telling
from engage.messages import actions as messages

NEWS_FOR = timedelta(days=3)  # a letter about what is new is pointless later


def ask_to_decide(*, event_id: UUID, by: Actor, now: datetime) -> bool:
    """Ask the hosts once to go ahead or cancel, as early as their programme says; say whether it did.

    Raises NotFound, NotAllowed.
    """
    require(by.is_clock)
    event = queries.locked(event_id)
    is_open = rules.is_below_least(
        state=event.state, least=event.least_guests, seats_taken=event.seats_taken, is_going_ahead=event.is_going_ahead
    )
    if not is_open or event.starts_at is None or now >= event.starts_at:
        return False
    if not queries.is_time_to_decide(event, now):
        return False
    return telling.tell_hosts(
        event, "events.below_least", about=f"below-least:{event.id}:{event.sequence}", now=now, expires_at=event.starts_at
    )


def tell_subscriber(*, address_id: UUID, by: Actor, now: datetime) -> bool:
    """Post one letter about what is new for all that an address wishes to hear of, at most once a week.

    Says whether anything was. Raises NotAllowed.
    """
    require(by.is_clock)
    wishes = queries.locked_wishes(address_id)
    last = max((row.told_until for row in wishes if row.told_until), default=None)
    if last is not None and last > now - queries.WEEK:
        return False
    since = {str(row.id): told for row in wishes if (told := row.told_until or row.proven_at)}
    new = [row for row in wishes if queries.new_events(row, since[str(row.id)], now, now)]
    if not new:
        return False
    messages.post(
        about=f"news:{address_id}:{now.isoformat()}", kind="events.new_events", to=address_id, now=now,
        expires_at=now + NEWS_FOR,
        facts={"since": {str(row.id): since[str(row.id)].isoformat() for row in new}, "until": now},
    )
    for row in wishes:
        row.told_until = now
    return True
