"""Residents' screens of registrations: signing up, and one's own place."""

from engage.accounts import queries as accounts
from engage.core.pages import Panel
from engage.core.tokens import LinkKind
from engage.events import queries as events
from engage.registrations import queries
from engage.registrations.policy import INVITATION, PLACE
from engage.registrations.views import changing, invited, inviting, place, signing_up
from engage.registrations.views.blueprint import bp

accounts.known_by(queries.known_in)
events.guests_told(queries.told)
LINKS = (
    LinkKind(PLACE, queries.revocation, "registrations.show", "registration_id"),
    LinkKind(INVITATION, queries.invitation_revocation, "registrations.invited", "invitation_id"),
)
PANELS: tuple[Panel, ...] = (place.MINE, inviting.PANEL)

__all__ = ["LINKS", "PANELS", "bp", "changing", "invited", "inviting", "place", "signing_up"]
