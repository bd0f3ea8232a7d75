"""Why something can't be done with concerns now."""

from enum import StrEnum


class Reason(StrEnum):
    NOT_AT_THIS_STEP = "not_at_this_step"
    CHANGED_MEANWHILE = "changed_meanwhile"
    # agendas, minutes and action items
    AGENDA_IS_EMPTY = "agenda_is_empty"
    AGENDA_IS_FULL = "agenda_is_full"
    MEETING_IS_OVER = "meeting_is_over"
    MEETING_NOT_BEGUN = "meeting_not_begun"
    MEETING_IS_OFF = "meeting_is_off"
    NOTHING_CHOSEN = "nothing_chosen"
    NOT_FOR_THIS_MEETING = "not_for_this_meeting"
    HAS_MINUTES = "has_minutes"
    NO_MINUTES = "no_minutes"
    CORRECTION_MISSING = "correction_missing"
    NOTHING_CORRECTED = "nothing_corrected"
    TOO_MANY_VERSIONS = "too_many_versions"
    DUE_IN_THE_PAST = "due_in_the_past"
    DUE_TOO_LATE = "due_too_late"
    ACTION_ENDED = "action_ended"
    WORDS_MISSING = "words_missing"
