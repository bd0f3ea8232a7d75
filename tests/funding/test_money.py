import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.funding.rules import money
from engage.funding.rules.money import Wrong


@pytest.mark.parametrize("typed, amount", [
    ("12", 1200), ("12,50", 1250), ("12.5", 1250), ("1 250,00", 125_000), ("1.250,00", 125_000), ("1,250.00", 125_000),
    ("1,250", 125_000), ("1'250.05", 125_005), ("1\u202f250", 125_000), ("0,5", 50), (".5", 50), ("7.", 700), ("0", 0),
    ("€ 7", 700), ("7 EUR", 700), ("eur 7,10", 710), ("١٢٫٥", 1250), ("١٬٢٥٠", 125_000), ("１２", 1200), ("१२.५०", 1250),
])
def test_an_amount_is_read_as_people_write_it(typed, amount):
    assert money.read(typed, "EUR") == amount


@pytest.mark.parametrize("typed, wrong", [
    ("", Wrong.NOT_A_NUMBER), ("twelve", Wrong.NOT_A_NUMBER), ("1.2.3", Wrong.NOT_A_NUMBER), ("12,34,5", Wrong.NOT_A_NUMBER),
    ("1e5", Wrong.NOT_A_NUMBER), ("1234,567.00", Wrong.NOT_A_NUMBER), ("½", Wrong.NOT_A_NUMBER),
    ("-5", Wrong.NEGATIVE), ("−5", Wrong.NEGATIVE), ("€ -5", Wrong.NEGATIVE), ("1,250,00", Wrong.NOT_A_NUMBER),
    ("0,123", Wrong.TOO_FINE), ("5,001.234", Wrong.TOO_FINE), ("1,2345", Wrong.TOO_FINE), ("99999999999999999", Wrong.TOO_MUCH),
    ("9" * 5000, Wrong.TOO_MUCH),
    ("$5", Wrong.OTHER_CURRENCY), ("5 GBP", Wrong.OTHER_CURRENCY),
])
def test_what_is_no_amount_says_why(typed, wrong):
    assert money.read(typed, "EUR") == wrong


@pytest.mark.parametrize("typed, currency, digits, amount", [
    ("1.250", "JPY", 0, 1250), ("1250", "JPY", 0, 1250), ("1.5", "JPY", 0, Wrong.TOO_FINE), ("1.250", "KWD", 3, 1250),
    ("$ 150", "USD", 2, 15_000),
])
def test_each_currency_has_its_own_decimals(typed, currency, digits, amount):
    assert money.read(typed, currency, digits) == amount


@given(amount=st.integers(0, money.MOST), sign=st.sampled_from([(",", "."), (".", ","), (" ", ","), ("'", ".")]))
def test_what_is_written_is_read_back(amount, sign):
    between, decimal = sign
    written = f"{amount // 100:,}".replace(",", between) + decimal + f"{amount % 100:02}"
    assert money.read(written, "EUR") == amount


@given(st.text())
def test_anything_typed_is_an_amount_or_says_why(typed):
    found = money.read(typed, "EUR")
    assert isinstance(found, Wrong) or 0 <= found <= money.MOST


def test_lines_come_to_the_total():
    assert money.adds_up([100, 50], 150)
    assert not money.adds_up([], 150)
