"""The blueprint that the desk's screens hang on, and what several of them share."""

from flask import Blueprint

from engage.core import pages
from engage.core.access import Role
from engage.events.models import Event
from engage.front import menu

STAFF = (Role.STAFF, Role.ADMINISTRATOR)

bp = Blueprint("front_desk", __name__, template_folder="../templates")
bp.add_app_template_global(menu.wings)
bp.add_app_template_global(menu.room_of)


def place(event: Event) -> str:
    """Return where a meeting stands in a list by time, for the address of the page after it."""
    return pages.place_of(event.starts_at or event.created_at, event.id)
