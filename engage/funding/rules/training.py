"""How long a training counts."""

from calendar import isleap
from datetime import date

VALID_FOR_YEARS = 2


def valid_until(on: date) -> date:
    """Return the last day a training of a day counts; one of the 29th of February counts until the 28th."""
    year = on.year + VALID_FOR_YEARS
    day = 28 if (on.month, on.day) == (2, 29) and not isleap(year) else on.day
    return on.replace(year=year, day=day)
