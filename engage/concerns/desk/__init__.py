"""Screens of concerns for staff."""

from engage.concerns.desk import acting
from engage.concerns.desk.blueprint import bp
from engage.core.pages import Panel, Queue

__all__ = ["PANELS", "QUEUES", "acting", "bp"]

PANELS: tuple[Panel, ...] = (*acting.PANELS,)
QUEUES: tuple[Queue, ...] = (*acting.QUEUES,)
