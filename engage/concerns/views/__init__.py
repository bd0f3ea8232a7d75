"""Screens of concerns for residents, and of meetings' papers for those who run them."""

from engage.concerns.views import acting, agendas, minutes, papers
from engage.concerns.views.blueprint import bp
from engage.core.pages import Panel
from engage.core.tokens import LinkKind

__all__ = ["LINKS", "PANELS", "acting", "agendas", "bp", "minutes", "papers"]

LINKS: tuple[LinkKind, ...] = (*acting.LINKS,)
PANELS: tuple[Panel, ...] = (*acting.PANELS,)
