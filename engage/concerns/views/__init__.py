"""Screens of concerns for residents."""

from engage.concerns.views.blueprint import bp
from engage.core.pages import Panel

__all__ = ["PANELS", "bp"]

PANELS: tuple[Panel, ...] = ()
