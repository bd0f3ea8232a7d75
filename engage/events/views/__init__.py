"""Residents' screens of events: the public pages, proposing and hosting, "tell me of new events"."""

from flask import Blueprint

from engage.core.pages import Panel
from engage.core.tokens import LinkKind

bp = Blueprint("events", __name__, template_folder="../templates")

from engage.events.views import hosting, public, subscriptions  # noqa: E402 - they hang their screens on `bp`

LINKS: tuple[LinkKind, ...] = (*hosting.LINKS, *subscriptions.LINKS)
PANELS: tuple[Panel, ...] = (*hosting.PANELS, *public.PANELS)
