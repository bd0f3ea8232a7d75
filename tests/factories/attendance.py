from engage.attendance.models import CheckIn, WalkIn
from engage.core import secrets
from tests.conftest import NOW
from tests.factories.base import keep


def check_in(of, came=None, **values):
    """A party that came, whole unless told how many."""
    came = came or of.party_size
    return keep(CheckIn(**{"registration_id": of.id, "event_id": of.event_id, "came": came, "at": NOW, **values}))


def walk_in(at, people=1, **values):
    return keep(WalkIn(**{"event_id": at.id, "form_key": secrets.new_token(), "people": people, "at": NOW, **values}))
