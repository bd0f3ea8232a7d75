"""What the screens of events for staff hang on."""

from flask import Blueprint

from engage.core.access import Actor, Role, actor
from engage.places import queries as places
from engage.places.models import Venue

bp = Blueprint("events_desk", __name__, template_folder="../templates")

REVIEWERS = (Role.STAFF, Role.ADMINISTRATOR, Role.REVIEWER)
STAFF = (Role.STAFF, Role.ADMINISTRATOR)
Page = tuple[str, int]


def my_venues(by: Actor | None = None) -> list[Venue]:
    """Return the places that this member of staff works for."""
    mine = (by or actor()).areas(*STAFF)
    return [venue for venue in places.venues() if mine is None or venue.neighbourhood_id in mine]
