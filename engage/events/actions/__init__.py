"""What can be done with an event. Each of these is one use case: keyword-only, no HTTP, no commit."""

from engage.events.actions.addresses import address_for
from engage.events.actions.ending import cancel, close
from engage.events.actions.seats import release_seats, take_seats

__all__ = ["address_for", "cancel", "close", "release_seats", "take_seats"]
