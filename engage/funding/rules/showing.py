"""What is shown publicly of the money given, and what would give away too much.

A neighbourhood of fewer than `FEWEST` awards shows no amount, in a round or over all, and none may be worked out:
amounts by neighbourhood and by round are sums over the same awards, so a round's total is shown only if no hidden sum
is a combination of shown ones.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

FEWEST = 3

Area = TypeVar("Area", bound=Hashable)
Round = TypeVar("Round", bound=Hashable)
Row = Mapping[tuple[object, object], int]


@dataclass(frozen=True)
class Given(Generic[Area, Round]):
    """One award, in minor units."""

    area: Area
    round: Round
    amount: int


@dataclass(frozen=True)
class Shown(Generic[Area, Round]):
    """Dinners and amounts as they may be shown; what may not has no entry among the amounts."""

    dinners_by_area: Mapping[Area, int]
    amount_by_area: Mapping[Area, int]
    dinners_by_round: Mapping[Round, int]
    amount_by_round: Mapping[Round, int]


def shown(awards: Collection[Given[Area, Round]]) -> Shown[Area, Round]:
    """Return what may be shown of awards in one currency."""
    by_area = Counter(award.area for award in awards)
    by_round = Counter(award.round for award in awards)
    open_areas = [area for area in by_area if by_area[area] >= FEWEST]
    cells = Counter((award.area, award.round) for award in awards)
    hidden: list[Row] = [_row(awards, area=area) for area in by_area if area not in open_areas]
    hidden += [{cell: 1} for cell, count in cells.items() if count < FEWEST]
    known: list[Row] = [_row(awards, area=area) for area in open_areas]
    told: list[Round] = []
    for round_ in sorted(by_round, key=lambda item: (-by_round[item], str(item))):
        candidate = _row(awards, round_=round_)
        if not any(is_derivable(row, [*known, candidate]) for row in hidden):
            known.append(candidate)
            told.append(round_)
    return Shown(
        dict(by_area), {area: _sum(award for award in awards if award.area == area) for area in open_areas},
        dict(by_round), {round_: _sum(award for award in awards if award.round == round_) for round_ in told},
    )


def _sum(awards: Iterable[Given[Area, Round]]) -> int:
    return sum(award.amount for award in awards)


def _row(awards: Iterable[Given[Area, Round]], *, area: object = None, round_: object = None) -> Row:
    """Return a sum as an equation: which cells (neighbourhood, round) it adds up."""
    cells = {(award.area, award.round) for award in awards}
    return {cell: 1 for cell in cells if area in (None, cell[0]) and round_ in (None, cell[1])}


def is_derivable(wanted: Row, known: Sequence[Row]) -> bool:
    """Say whether a sum is a combination of known sums (Gaussian elimination over fractions)."""
    pivots: dict[tuple[object, object], dict[tuple[object, object], Fraction]] = {}
    for row in known:
        rest = _reduced(row, pivots)
        if rest:
            pivots[next(iter(rest))] = rest
    return not _reduced(wanted, pivots)


def _reduced(
    row: Row, pivots: Mapping[tuple[object, object], Mapping[tuple[object, object], Fraction]]
) -> dict[tuple[object, object], Fraction]:
    """Return what is left of a row when the pivots are taken out of it, in the order they were found."""
    rest = {cell: Fraction(value) for cell, value in row.items()}
    for cell, pivot in pivots.items():
        if factor := rest.get(cell, Fraction(0)) / pivot[cell]:
            for each, value in pivot.items():
                rest[each] = rest.get(each, Fraction(0)) - factor * value
    return {cell: value for cell, value in rest.items() if value}
