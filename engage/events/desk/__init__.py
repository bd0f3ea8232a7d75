"""Staff's screens of events: what waits for review, all events, scheduling, series, calling off."""

from engage.core.pages import Panel, Queue
from engage.events.desk import altering, meetings, planning, series
from engage.events.desk.blueprint import bp

__all__ = ["PANELS", "QUEUES", "altering", "bp", "planning", "series"]

PANELS: tuple[Panel, ...] = ()
QUEUES: tuple[Queue, ...] = meetings.QUEUES
