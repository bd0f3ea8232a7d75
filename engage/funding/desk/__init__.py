"""Screens of funding for staff, reviewers and coaches."""

from engage.core.pages import Panel, Queue
from engage.funding.desk.blueprint import bp

__all__ = ["PANELS", "QUEUES", "bp"]

PANELS: tuple[Panel, ...] = ()
QUEUES: tuple[Queue, ...] = ()
