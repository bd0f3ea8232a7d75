"""Why something can't be done with concerns now."""

from enum import StrEnum


class Reason(StrEnum):
    NOT_AT_THIS_STEP = "not_at_this_step"
    CHANGED_MEANWHILE = "changed_meanwhile"
    # what residents meet
    EMPTY = "empty"
    NO_SUCH_THING = "no_such_thing"
    ALREADY_COUNTED = "already_counted"
    IS_DONE = "is_done"
    # what staff meet
    WHY_MISSING = "why_missing"
    IS_HIDDEN = "is_hidden"
    IS_MERGED = "is_merged"
    INTO_ITSELF = "into_itself"
    IN_A_CIRCLE = "in_a_circle"
    INTO_HIDDEN = "into_hidden"
    INTO_MERGED = "into_merged"
    BEHIND_CLOSED_DOORS = "behind_closed_doors"
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
    STILL_TO_DO = "still_to_do"
    ACTION_ENDED = "action_ended"
    WORDS_MISSING = "words_missing"
    # consultations
    NOT_IN_THIS_STATE = "not_in_this_state"
    TITLE_MISSING = "title_missing"
    PROGRAMME_IS_CLOSED = "programme_is_closed"
    TOO_FEW_THEMES = "too_few_themes"
    NO_THEME_CHOSEN = "no_theme_chosen"
    TOO_MANY_CHOSEN = "too_many_chosen"  # most
    CHOSEN_TWICE = "chosen_twice"
    NO_SUCH_THEME = "no_such_theme"
    NO_PRIORITY = "no_priority"
    NOT_RANKED_YET = "not_ranked_yet"
    NO_SHEETS = "no_sheets"
    TOO_MANY_SHEETS = "too_many_sheets"  # most
    SHEET_WRONG = "sheet_wrong"  # number
    NO_SUCH_MEETING = "no_such_meeting"
