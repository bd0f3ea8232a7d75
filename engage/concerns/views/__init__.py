"""Screens of concerns for residents."""

from engage.concerns.views import consulting, panels, raising, showing, supporting
from engage.concerns.views.blueprint import bp
from engage.core.pages import Panel
from engage.core.tokens import LinkKind

__all__ = ["LINKS", "PANELS", "bp", "raising", "showing"]

PANELS: tuple[Panel, ...] = (*panels.PANELS, *consulting.PANELS)
LINKS: tuple[LinkKind, ...] = (*supporting.LINKS, *consulting.LINKS)
