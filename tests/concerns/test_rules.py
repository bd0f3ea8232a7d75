"""Which steps follow, which concerns become one, whose voices are the same, how a code is read."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import pytest

from engage.concerns.rules import codes
from engage.concerns.rules.merging import change_refusal, merge_refusal, same_voice
from engage.concerns.rules.reasons import Reason
from engage.core import secrets
from tests.conftest import NOW

ONE, TWO, THREE = uuid4(), uuid4(), uuid4()


@dataclass(frozen=True)
class Side:
    id: UUID
    merged_into_id: UUID | None = None
    hidden_at: datetime | None = None


@dataclass(frozen=True)
class Who:
    person_id: UUID | None = None
    address_id: UUID | None = None


@pytest.mark.parametrize("concern, into, refusal", [
    (Side(ONE), Side(TWO), None),
    (Side(ONE), Side(ONE), Reason.INTO_ITSELF),
    (Side(ONE), Side(TWO, merged_into_id=ONE), Reason.IN_A_CIRCLE),
    (Side(ONE), Side(TWO, merged_into_id=THREE), Reason.INTO_MERGED),
    (Side(ONE), Side(TWO, hidden_at=NOW), Reason.INTO_HIDDEN),
    (Side(ONE, merged_into_id=TWO), Side(TWO), Reason.IS_MERGED),
    (Side(ONE, merged_into_id=THREE), Side(TWO), Reason.IS_MERGED),
    (Side(ONE, hidden_at=NOW), Side(TWO), Reason.IS_HIDDEN),
])
def test_merge_refusal(concern, into, refusal):
    assert merge_refusal(concern, into) == refusal


@pytest.mark.parametrize("concern, refusal", [
    (Side(ONE), None), (Side(ONE, hidden_at=NOW), Reason.IS_HIDDEN), (Side(ONE, merged_into_id=TWO), Reason.IS_MERGED),
])
def test_change_refusal(concern, refusal):
    assert change_refusal(concern) == refusal


@pytest.mark.parametrize("voice, other, is_same", [
    (Who(person_id=ONE), Who(person_id=ONE, address_id=TWO), True),
    (Who(ONE, TWO), Who(address_id=TWO), True),
    (Who(ONE, TWO), Who(THREE, None), False),
    (Who(), Who(), False),
])
def test_same_voice(voice, other, is_same):
    assert (same_voice(voice, [other]) is other) == is_same


def test_a_code_has_no_look_alikes_and_is_read_however_it_is_typed():
    code = codes.spelled("f" * 64, secrets.CODE_ALPHABET)
    assert len(code) == 12
    assert not set(code) & set("0O1IL")
    assert codes.read(f" {codes.spaced(code).lower()} ") == code
