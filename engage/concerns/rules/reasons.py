"""Why something can't be done with concerns now."""

from enum import StrEnum


class Reason(StrEnum):
    NOT_AT_THIS_STEP = "not_at_this_step"
    CHANGED_MEANWHILE = "changed_meanwhile"
    # what residents meet
    EMPTY = "empty"
    NO_SUCH_THING = "no_such_thing"
    ALREADY_COUNTED = "already_counted"
    # what staff meet
    NO_WORDS = "no_words"
    IS_HIDDEN = "is_hidden"
    IS_MERGED = "is_merged"
    INTO_ITSELF = "into_itself"
    IN_A_CIRCLE = "in_a_circle"
    INTO_HIDDEN = "into_hidden"
    INTO_MERGED = "into_merged"
