"""Residents' screens of registrations: signing up, and one's own place."""

from flask import Blueprint

from engage.core.pages import Panel
from engage.core.tokens import LinkKind
from engage.events import queries as events
from engage.registrations import queries
from engage.registrations.policy import INVITATION, PLACE

bp = Blueprint("registrations", __name__, template_folder="../templates")

from engage.registrations.views import changing, invited, inviting, place, signing_up  # noqa: E402 - they hang their screens on `bp`

events.guests_told(queries.told)
LINKS = (
    LinkKind(PLACE, queries.revocation, "registrations.show", "registration_id"),
    LinkKind(INVITATION, queries.invitation_revocation, "registrations.invited", "invitation_id"),
)
PANELS: tuple[Panel, ...] = (place.MINE, inviting.PANEL)

__all__ = ["LINKS", "PANELS", "bp", "changing", "invited", "inviting", "place", "signing_up"]
