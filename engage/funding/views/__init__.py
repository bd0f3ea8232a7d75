"""Screens of funding for residents and hosts."""

from engage.core.pages import Panel
from engage.funding.views import one
from engage.funding.views.blueprint import bp

__all__ = ["PANELS", "bp", "one"]

PANELS: tuple[Panel, ...] = ()
