"""Who is at a table so far, as counts and never as people; and whether a request would widen it."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

FEWEST = 3  # parties: below, a count would be a person


@dataclass(frozen=True)
class Party:
    """What guests chose to say of themselves."""

    neighbourhood_id: UUID | None
    speaks: tuple[str, ...]
    is_first_time: bool | None


@dataclass(frozen=True)
class Mix:
    """Parties at the table by what they said; those who said nothing are in none of it."""

    parties: int
    neighbourhoods: tuple[tuple[UUID, int], ...]
    languages: tuple[tuple[str, int], ...]
    first_timers: int


def mix(seated: Collection[Party]) -> Mix | None:
    """Return the mix at a table, the largest first; None where so few have a place that counts would be people."""
    if len(seated) < FEWEST:
        return None
    areas = Counter(party.neighbourhood_id for party in seated if party.neighbourhood_id)
    spoken = Counter(code for party in seated for code in set(party.speaks))
    return Mix(
        parties=len(seated), neighbourhoods=tuple(areas.most_common()), languages=tuple(spoken.most_common()),
        first_timers=sum(party.is_first_time is True for party in seated),
    )


def widening(seated: Collection[Party], asking: Iterable[Party]) -> int:
    """Return how many requests would bring a neighbourhood or language that isn't at the table yet."""
    areas = {party.neighbourhood_id for party in seated}
    spoken = {code for party in seated for code in party.speaks}
    return sum(
        (party.neighbourhood_id is not None and party.neighbourhood_id not in areas) or bool(set(party.speaks) - spoken)
        for party in asking
    )
