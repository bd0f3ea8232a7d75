"""Screens of funding for residents and hosts."""

from engage.core.pages import Panel
from engage.funding.views import agreeing, applying, one, panels, preparing, reporting, rounds, shown
from engage.funding.views.blueprint import bp

__all__ = ["PANELS", "agreeing", "applying", "bp", "one", "rounds", "shown"]

PANELS: tuple[Panel, ...] = (*panels.PANELS, *preparing.PANELS, *reporting.PANELS)
