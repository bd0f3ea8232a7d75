"""Reasons of programmes in the reader's language."""

from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.i18n import ngettext
from engage.core.ledger import Names
from engage.core.refusal import Wording
from engage.programmes.rules import PlaceKind, Proposers, QuestionKind, Reason, ReminderKind, Sign, SignUpMode

SETTINGS = {
    "position": _l("Place in the list"),
    "reveal_hours": _l("Hours before the start when guests see the address"),
    "least_guests": _l("Least number of guests"),
    "most_guests": _l("Most guests"),
    "party_limit": _l("Most people in one party"),
    "hold_minutes": _l("Minutes a seat is held until the address is proven"),
    "offer_minutes": _l("Minutes a freed seat is offered"),
    "decide_days": _l("Days before, when the host decides"),
}


def _out_of_bounds(setting: str, least: int, most: int) -> str:
    name = SETTINGS[setting]
    return _("%(setting)s: please give a whole number from %(least)s to %(most)s.", setting=name, least=least, most=most)


def _too_many_reminders(most: int) -> str:
    return ngettext("There can be %(count)s reminder.", "There can be at most %(count)s reminders.", most, count=most)


def _too_many_questions(most: int) -> str:
    return ngettext("There can be %(count)s question.", "There can be at most %(count)s questions.", most, count=most)


def _too_many_themes(most: int) -> str:
    return ngettext("There can be %(count)s theme.", "There can be at most %(count)s themes.", most, count=most)


def _meetings_coming(number: int) -> str:
    return ngettext(
        "%(num)s public meeting of this kind is coming up. Please wait until it is over, or begin another programme.",
        "%(num)s public meetings of this kind are coming up. Please wait until they are over, or begin another programme.",
        number,
    )


def _meetings_were_closed(number: int) -> str:
    return ngettext(
        "%(num)s meeting of this kind was held or announced behind closed doors and would become public. "
        "Please begin another programme for open ones.",
        "%(num)s meetings of this kind were held or announced behind closed doors and would become public. "
        "Please begin another programme for open ones.",
        number,
    )


def _needs_answers(number: int, most: int) -> str:
    return _("Question %(number)s needs from 2 to %(most)s answers to choose from.", number=number, most=most)


WORDING: Wording = {
    Reason.OUT_OF_BOUNDS: _out_of_bounds,
    Reason.FEWER_THAN_LEAST: lambda: _("There can't be fewer places than the least number of guests."),
    Reason.PARTY_TOO_LARGE: lambda: _("One party can't be larger than the most guests."),
    Reason.TEXT_MISSING: lambda: _("Name, one sentence and description are needed in at least one language."),
    Reason.REMINDER_WRONG: lambda number: _("Reminder %(number)s: please say how long before, or at what hour.", number=number),
    Reason.REMINDER_TWICE: lambda number: _("Reminder %(number)s is there twice.", number=number),
    Reason.TOO_MANY_REMINDERS: _too_many_reminders,
    Reason.QUESTION_EMPTY: lambda number: _("Question %(number)s has no text.", number=number),
    Reason.QUESTION_NEEDS_ANSWERS: _needs_answers,
    Reason.TOO_MANY_QUESTIONS: _too_many_questions,
    Reason.TOO_MANY_THEMES: _too_many_themes,
    Reason.MEETINGS_COMING: _meetings_coming,
    Reason.MEETINGS_WERE_CLOSED: _meetings_were_closed,
    Reason.CHANGED_MEANWHILE: lambda: _("Somebody else has changed this programme meanwhile. Please compare, and save again."),
}

# --- what programmes are set to, in the reader's language ----------------------------------------

WHO_MAY_PROPOSE, PLACE, SIGN_UP = _l("Who may propose one"), _l("Where people meet"), _l("How guests get a place")
PROPOSERS = {
    Proposers.ANYONE: _l("Everybody with an account"),
    Proposers.TRAINED: _l("Trained hosts"),
    Proposers.STAFF: _l("Staff only"),
}
PLACES = {
    PlaceKind.PUBLIC: _l("In a public place, its address is public"),
    PlaceKind.PRIVATE: _l("In a home, only guests see the address"),
}
SIGN_UPS = {
    SignUpMode.OPEN: _l("Whoever comes first has a place"),
    SignUpMode.HOST_APPROVES: _l("The host decides who comes"),
}
SIGNS = {Sign.TABLE: _l("A round table"), Sign.ROWS: _l("Rows of chairs"), Sign.CHAIN: _l("A chain of dates")}
TEXTS = {
    "name": _l("Name"),
    "summary": _l("One sentence"),
    "description": _l("What it is and how it works"),
    "host_guide": _l("Guide for hosts"),
}
REMINDERS = {
    ReminderKind.DAYS_BEFORE: _l("Days before"),
    ReminderKind.HOURS_BEFORE: _l("Hours before"),
    ReminderKind.MORNING_AFTER: _l("The morning after"),
}
QUESTIONS = {
    QuestionKind.SCALE: _l("From 1 to 5"),
    QuestionKind.CHOICE: _l("One of several answers"),
    QuestionKind.TEXT: _l("In their own words"),
}

# What the ledger calls each fact.
FACTS: Names = {
    "ProgrammeMade": _l("Programme made"),
    "ProgrammeChanged": _l("Programme changed"),
    "ProgrammeOpened": _l("Programme opened"),
    "ProgrammeEnded": _l("Programme ended"),
    "AreaThemesChanged": _l("Themes of a neighbourhood changed"),
}
