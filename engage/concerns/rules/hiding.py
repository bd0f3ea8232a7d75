"""Decide what a concern may be hidden for."""

from enum import StrEnum

from engage.concerns.rules.reasons import Reason


class Ground(StrEnum):
    """What of the code of conduct a concern does not keep to."""

    PERSON = "person"  # names or exposes somebody
    INSULT = "insult"  # insults or threatens
    ADVERT = "advert"
    OFF_TOPIC = "off_topic"  # not about the neighbourhood or the city
    OTHER = "other"  # what none of these says, so staff say it in their own words


def hiding_refusal(ground: Ground, words: str) -> Reason | None:
    """Say why a concern can't be hidden for a ground with these words, or None if it can."""
    return Reason.WHY_MISSING if ground == Ground.OTHER and not words else None
