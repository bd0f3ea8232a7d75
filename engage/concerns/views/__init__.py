"""Screens of concerns for residents."""

from engage.concerns.views import consulting
from engage.concerns.views.blueprint import bp
from engage.core.pages import Panel
from engage.core.tokens import LinkKind

__all__ = ["LINKS", "PANELS", "bp"]

LINKS: tuple[LinkKind, ...] = (*consulting.LINKS,)
PANELS: tuple[Panel, ...] = (*consulting.PANELS,)
