"""Residents' screens of events: the public pages, proposing and hosting, "tell me of new events"."""

from flask import Blueprint

from engage.core.pages import Panel
from engage.core.tokens import LinkKind

bp = Blueprint("events", __name__, template_folder="../templates")

from engage.events.views import hosting, managing, people, public, reviewing, series, subscriptions  # noqa: E402, F401 - they hang on `bp`

LINKS: tuple[LinkKind, ...] = (*people.LINKS, *subscriptions.LINKS)
PANELS: tuple[Panel, ...] = (*hosting.PANELS, *public.PANELS)
