"""Why something can't be done with concerns now."""

from enum import StrEnum


class Reason(StrEnum):
    NOT_AT_THIS_STEP = "not_at_this_step"
    CHANGED_MEANWHILE = "changed_meanwhile"
