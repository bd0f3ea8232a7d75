from contextlib import nullcontext

from engage.core import db, secrets
from engage.events.models import Event
from engage.registrations.models import Referral, Registration
from engage.registrations.rules import TAKES_SEATS, State
from tests.conftest import NOW
from tests.factories.base import keep
from tests.factories.messages import address


def registration(at, state=State.CONFIRMED, party_size=1, to=None, **values):
    """A party at an event; the event's seats are moved with it."""
    seats = party_size if state in TAKES_SEATS else 0
    row = keep(Registration(**{
        "event_id": at.id, "address_id": (to or address()).id, "form_key": secrets.new_token(), "code": secrets.new_code(),
        "state": state, "called": "Noor", "party_size": party_size, "seats_held": seats, "locale": "en", "speaks": ["en"],
        "created_at": NOW, "proven_at": None if state in (State.HELD, State.UNPROVEN) else NOW, **values,
    }))
    if seats:
        with nullcontext() if db.is_open() else db.transaction():
            db.session().get(Event, at.id).seats_taken += seats
            db.session().flush()
    return row


def referral(at, to=None, **values):
    to = to or address()
    return keep(Referral(**{
        "event_id": at.id, "address_id": to.id, "partner": "Luton Food Bank", "locale": "en", "at": NOW, **values,
    }))
