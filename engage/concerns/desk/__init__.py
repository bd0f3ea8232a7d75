"""Screens of concerns for staff."""

from engage.concerns.desk import raising, tending
from engage.concerns.desk.blueprint import bp
from engage.core.pages import Panel, Queue

__all__ = ["PANELS", "QUEUES", "bp"]

PANELS: tuple[Panel, ...] = (*raising.PANELS,)
QUEUES: tuple[Queue, ...] = (*tending.QUEUES,)
