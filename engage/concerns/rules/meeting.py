"""Decide about agendas, minutes and action items."""

from enum import StrEnum


class ActionState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"  # it will never be done, and why is said
