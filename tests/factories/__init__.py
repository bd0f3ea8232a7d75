"""One factory per model: a row that is valid by itself, with whatever a test wants changed.

`with db.transaction(): event = make.event(capacity=3)`; outside of a transaction `make.kept(...)`.
"""

from tests.factories.accounts import actor, contact, grant, person
from tests.factories.base import keep
from tests.factories.concerns import concern, voice
from tests.factories.events import event, event_person, guest_note, private_address, series
from tests.factories.funding import (
    application,
    coach_note,
    funding_note,
    funding_round,
    payment,
    receipt,
    report,
    review,
)
from tests.factories.meeting import action_item, agenda, agenda_item, minutes_item, raised
from tests.factories.messages import address, opt_out
from tests.factories.places import neighbourhood, venue
from tests.factories.programmes import programme
from tests.factories.registrations import referral, registration

__all__ = [
    "action_item", "actor", "address", "agenda", "agenda_item", "application", "coach_note", "concern", "contact", "event",
    "event_person", "funding_note", "funding_round", "grant", "guest_note", "keep", "minutes_item", "neighbourhood",
    "opt_out", "payment", "person", "private_address", "programme", "raised", "receipt", "referral", "registration", "report",
    "review", "series", "venue", "voice",
]
