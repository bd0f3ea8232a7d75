from datetime import timedelta

import pytest

from engage.messages import rules
from engage.messages.rules import Channel
from tests.conftest import NOW


@pytest.mark.parametrize("tries, pause", [
    (1, timedelta(seconds=30)),
    (2, timedelta(minutes=1)),
    (4, timedelta(minutes=4)),
    (8, timedelta(hours=1)),
    (1000, timedelta(hours=1)),
])
def test_pauses_grow_up_to_an_hour(tries, pause):
    assert rules.next_try(tries, NOW) == NOW + pause


@pytest.mark.parametrize("typed, kept", [
    ("amina@example.org", "amina@example.org"),
    (" Amina@EXAMPLE.org ", "Amina@example.org"),
    ("amina@exämple.org", "amina@xn--exmple-cua.org"),
    ("أمينة@example.org", "أمينة@example.org"),
    ("amina", None),
    ("amina@example.org\r\nBcc: all@example.org", None),
    ("", None),
    ("\ud800@example.org", None),
])
def test_an_email_address_has_one_form(typed, kept):
    assert rules.normalised(typed, Channel.EMAIL, "GB") == kept


@pytest.mark.parametrize("typed, country, kept", [
    ("01582 546000", "GB", "+441582546000"),
    ("01582 546000", "gb", "+441582546000"),
    ("+33 3 88 60 90 90", "GB", "+33388609090"),
    ("01582 546000", "", None),
    ("٠١٥٨٢٥٤٦٠٠٠", "GB", "+441582546000"),
    ("12", "GB", None),
    ("call me", "GB", None),
])
def test_a_phone_number_has_one_form(typed, country, kept):
    assert rules.normalised(typed, Channel.PHONE, country) == kept


@pytest.mark.parametrize(("kept", "shown"), [("+442079460018", "+44 20 7946 0018"), ("noor@example.org", "noor@example.org")])
def test_a_phone_number_is_shown_in_groups(kept, shown):
    assert rules.spaced(kept) == shown
