"""Why something can't be done with funding now."""

from enum import StrEnum


class Reason(StrEnum):
    """Each has its words in `wording.reasons`; the names behind # fill them."""

    NOT_IN_THIS_STATE = "not_in_this_state"  # state
    CHANGED_MEANWHILE = "changed_meanwhile"
    # rounds
    ROUND_NOT_COMPLETE = "round_not_complete"  # missing: what, as rules.rounds.Missing
    CLOSES_BEFORE_OPENING = "closes_before_opening"
    BUDGET_BELOW_AWARDED = "budget_below_awarded"  # awarded, currency
    CAP_ABOVE_BUDGET = "cap_above_budget"
    FIXED_ONCE_PUBLISHED = "fixed_once_published"
    # applying
    NOT_OPEN_YET = "not_open_yet"  # opens_at, zone
    ROUND_CLOSED = "round_closed"  # closed_at, zone
    OVER_CAP = "over_cap"  # cap, currency
    NOT_IN_ROUND_AREAS = "not_in_round_areas"
    NOT_IN_ROUND_PROGRAMMES = "not_in_round_programmes"
    REPORT_OUTSTANDING = "report_outstanding"  # title: of the earlier dinner
    SAME_DINNER = "same_dinner"
    DINNER_IS_PUBLIC = "dinner_is_public"
    DINNER_IN_THE_PAST = "dinner_in_the_past"
    NOT_COMPLETE = "not_complete"  # missing: tuple of rules.applying.Missing
    LINES_DONT_ADD_UP = "lines_dont_add_up"  # lines, total, currency
    TOO_MANY_LINES = "too_many_lines"  # most
    # deciding
    OWN_APPLICATION = "own_application"
    CONFLICT_DECLARED = "conflict_declared"
    NOT_A_REVIEWER = "not_a_reviewer"
    ALREADY_ASSIGNED = "already_assigned"
    ALREADY_REVIEWED = "already_reviewed"
    SCORE_MISSING = "score_missing"
    TOO_FEW_REVIEWS = "too_few_reviews"  # least, given
    CO_HOST_HAS_NOT_ANSWERED = "co_host_has_not_answered"
    ABOVE_ASKED = "above_asked"  # asked, currency
    LESS_WITHOUT_NOTE = "less_without_note"
    OVER_BUDGET = "over_budget"  # left, currency
    NOTHING_CHOSEN = "nothing_chosen"
    NO_REASON_GIVEN = "no_reason_given"
    # getting ready
    NOTHING_TO_ACCEPT = "nothing_to_accept"
    ANOTHER_VERSION = "another_version"
    NOT_A_COACH = "not_a_coach"
    # after
    REPORT_NOT_COMPLETE = "report_not_complete"  # missing: tuple of rules.reporting.Missing
    TOO_MANY_FILES = "too_many_files"  # most
    FILE_TOO_LARGE = "file_too_large"  # most_mb
    FILE_NOT_KNOWN = "file_not_known"
    FILE_BROKEN = "file_broken"
    PICTURE_TOO_LARGE = "picture_too_large"
    CONSENT_NEEDED = "consent_needed"
    NOT_JUDGED = "not_judged"
    ABOVE_RECEIPT = "above_receipt"
    MORE_THAN_AWARDED = "more_than_awarded"  # left, currency
    MORE_THAN_PAID = "more_than_paid"  # paid, currency
    ALREADY_CORRECTED = "already_corrected"
    LOOKS_LIKE_ACCOUNT = "looks_like_account"
    NO_ADVANCE_IN_THIS_ROUND = "no_advance_in_this_round"
    AGREEMENT_MISSING = "agreement_missing"
    PAID_IN_THE_FUTURE = "paid_in_the_future"
