"""Screens of funding for staff, reviewers and coaches."""

from engage.core.pages import Panel, Queue
from engage.funding.desk import board, coaching, deciding, paying, reviewing, rounds, settling
from engage.funding.desk.blueprint import bp

__all__ = ["PANELS", "QUEUES", "bp", "rounds"]

PANELS: tuple[Panel, ...] = (*deciding.PANELS, *coaching.PANELS, *settling.PANELS, *paying.PANELS)
QUEUES: tuple[Queue, ...] = (*reviewing.QUEUES, *board.QUEUES, *settling.QUEUES, *coaching.QUEUES)
