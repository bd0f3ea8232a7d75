"""What a programme may say. Knows no database, request, clock or language."""

from enum import StrEnum


class Proposers(StrEnum):
    """Who may propose an event of a programme."""

    ANYONE = "anyone"  # anyone signed in
    TRAINED = "trained"  # trained hosts
    STAFF = "staff"


class PlaceKind(StrEnum):
    PUBLIC = "public"  # a venue anybody may know
    PRIVATE = "private"  # a home: the address is shown to guests, when it is time


class SignUpMode(StrEnum):
    OPEN = "open"  # whoever comes first
    HOST_APPROVES = "host_approves"


class Sign(StrEnum):
    """The picture a programme is known by."""

    TABLE = "table"
    ROWS = "rows"
    CHAIN = "chain"


class QuestionKind(StrEnum):
    SCALE = "scale"  # 1 to 5
    CHOICE = "choice"
    TEXT = "text"


class ReminderKind(StrEnum):
    """How a reminder rule finds its instant, in the event's zone."""

    DAYS_BEFORE = "days_before"  # `days` before, at the event's own hour, or at `at` ("18:00")
    HOURS_BEFORE = "hours_before"
    MORNING_AFTER = "morning_after"  # feedback, at `at`
