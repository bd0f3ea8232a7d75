"""Screens of concerns for residents, and of meetings' papers for those who run them."""

from engage.concerns.views import acting, agendas, consulting, minutes, panels, papers, raising, showing, supporting
from engage.concerns.views.blueprint import bp
from engage.core.pages import Panel
from engage.core.tokens import LinkKind

__all__ = ["LINKS", "PANELS", "agendas", "bp", "minutes", "papers", "raising", "showing"]

PANELS: tuple[Panel, ...] = (*panels.PANELS, *consulting.PANELS, *acting.PANELS)
LINKS: tuple[LinkKind, ...] = (*supporting.LINKS, *consulting.LINKS, *acting.LINKS)
