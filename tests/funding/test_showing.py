"""What is shown of the money gives nobody away: whatever was awarded, hidden sums can't be worked out."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.funding.rules import references
from engage.funding.rules.showing import FEWEST, Given, is_derivable, shown

AWARDS = st.lists(
    st.builds(Given, st.sampled_from("ABCDE"), st.sampled_from(["r1", "r2", "r3"]), st.integers(100, 15_000)), max_size=14
)


def _known(awards, found):
    """Every sum that is shown, as the cells it adds up."""
    cells = {(award.area, award.round) for award in awards}
    by_area = [{cell: 1 for cell in cells if cell[0] == area} for area in found.amount_by_area]
    return by_area + [{cell: 1 for cell in cells if cell[1] == round_} for round_ in found.amount_by_round]


@given(AWARDS)
def test_no_small_sum_can_be_worked_out_of_what_is_shown(awards):
    found = shown(awards)
    known = _known(awards, found)
    small = Counter((award.area, award.round) for award in awards)
    areas = Counter(award.area for award in awards)
    secrets = [{cell: 1} for cell, count in small.items() if count < FEWEST]
    secrets += [{cell: 1 for cell in small if cell[0] == area} for area, count in areas.items() if count < FEWEST]
    assert not [secret for secret in secrets if is_derivable(secret, known)]


@given(AWARDS)
def test_what_is_shown_is_true(awards):
    found = shown(awards)
    for area, amount in found.amount_by_area.items():
        assert amount == sum(award.amount for award in awards if award.area == area)
        assert found.dinners_by_area[area] >= FEWEST
    for round_, amount in found.amount_by_round.items():
        assert amount == sum(award.amount for award in awards if award.round == round_)


def test_a_total_that_leaves_one_neighbourhood_alone_is_not_shown():
    awards = [Given("A", "r1", 100)] * 3 + [Given("B", "r1", 777)]
    found = shown(awards)
    assert found.amount_by_area == {"A": 300}
    assert found.amount_by_round == {}
    assert found.dinners_by_area == {"A": 3, "B": 1}


def test_two_small_neighbourhoods_hide_each_other():
    awards = [Given("A", "r1", 100)] * 3 + [Given("B", "r1", 777), Given("C", "r1", 5)]
    assert shown(awards).amount_by_round == {"r1": 1082}


@pytest.mark.parametrize(("reference", "is_account"), [
    ("DE89 3704 0044 0532 0130 00", True), ("4111_1111_1111_1111", True), ("gb29nwbk60161331926819", True),
    ("Order 2026-11-24", False), ("PO 4500123456", False), ("", False), ("24.11.2026", False),
    ("Order 1200 of 24.11.2026", False),
])
def test_what_looks_like_an_account(reference, is_account):
    assert references.looks_like_account(reference) == is_account
