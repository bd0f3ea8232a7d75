"""Screens of concerns for staff."""

from engage.concerns.desk import acting, consulting, raising, tending
from engage.concerns.desk.blueprint import bp
from engage.core.pages import Panel, Queue

__all__ = ["PANELS", "QUEUES", "acting", "bp", "consulting"]

PANELS: tuple[Panel, ...] = (*raising.PANELS, *acting.PANELS)
QUEUES: tuple[Queue, ...] = (*tending.QUEUES, *acting.QUEUES)
