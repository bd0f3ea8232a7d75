"""Decide about seats. Knows no database, request, clock or language."""

from enum import StrEnum


class State(StrEnum):
    UNPROVEN = "unproven"  # asked for where no seat could be held; counts once the address is proven
    HELD = "held"  # a seat kept until the address is proven
    REQUESTED = "requested"  # the host decides; no seat yet
    CONFIRMED = "confirmed"
    WAITING = "waiting"
    OFFERED = "offered"  # a freed seat kept until the offer lapses
    CANCELLED = "cancelled"
    DECLINED = "declined"
    REMOVED = "removed"
    LAPSED = "lapsed"


TAKES_SEATS = frozenset({State.HELD, State.CONFIRMED, State.OFFERED})
PROVEN = frozenset({State.REQUESTED, State.CONFIRMED, State.WAITING, State.OFFERED})
LIVE = PROVEN | {State.UNPROVEN, State.HELD}


class Need(StrEnum):
    """What somebody needs, asked as a need. Diet is asked as dishes."""

    STEP_FREE = "step_free"
    HEARING_LOOP = "hearing_loop"
    SIGN_LANGUAGE = "sign_language"
    INTERPRETATION = "interpretation"
    CHILDCARE = "childcare"
    TRANSPORT = "transport"
    NO_PORK = "no_pork"
    NO_ALCOHOL = "no_alcohol"
    NO_BEEF = "no_beef"
    VEGETARIAN = "vegetarian"
    VEGAN = "vegan"
    HALAL = "halal"
    KOSHER = "kosher"
    NO_NUTS = "no_nuts"
    NO_GLUTEN = "no_gluten"
    NO_MILK = "no_milk"
    OTHER = "other"  # in words
