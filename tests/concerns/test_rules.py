"""Which steps follow, which concerns become one, whose voices are the same, how a code is read."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import pytest

from engage.concerns.rules import codes, meeting, steps
from engage.concerns.rules.merging import change_refusal, merge_refusal, same_voice
from engage.concerns.rules.reasons import Reason
from engage.concerns.rules.steps import Step
from engage.core import secrets
from engage.core.text import Localized
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


# --- its way ------------------------------------------------------------------------------------------

RAISED, ON_AGENDA, ANSWERED, IN_ACTION, DONE = Step


@pytest.mark.parametrize("step, to, is_open, stands", [
    (RAISED, ON_AGENDA, False, ON_AGENDA), (ON_AGENDA, RAISED, False, RAISED), (RAISED, ANSWERED, False, ANSWERED),
    (ANSWERED, ON_AGENDA, False, ANSWERED), (ANSWERED, RAISED, False, ANSWERED), (IN_ACTION, ON_AGENDA, True, IN_ACTION),
    (IN_ACTION, ANSWERED, True, IN_ACTION), (IN_ACTION, ANSWERED, False, ANSWERED), (ANSWERED, DONE, False, DONE),
    (IN_ACTION, DONE, True, IN_ACTION), (IN_ACTION, DONE, False, DONE), (DONE, IN_ACTION, True, IN_ACTION),
    (ON_AGENDA, ANSWERED, True, ANSWERED),  # what is to be done is told with the minutes
])
def test_where_a_concern_stands_after_news(step, to, is_open, stands):
    assert steps.step_refusal(step, to) is None
    assert steps.reached(step, to, is_open=is_open) == stands


@pytest.mark.parametrize("step, to", [(RAISED, RAISED), (DONE, RAISED), (DONE, ON_AGENDA), (DONE, ANSWERED), (DONE, DONE)])
def test_what_is_no_news(step, to):
    assert steps.step_refusal(step, to) == Reason.NOT_AT_THIS_STEP


@pytest.mark.parametrize("step, other, is_open, stands", [
    (RAISED, ON_AGENDA, False, ON_AGENDA), (DONE, ANSWERED, False, DONE), (DONE, IN_ACTION, True, IN_ACTION),
    (RAISED, RAISED, False, RAISED), (ANSWERED, ON_AGENDA, False, ANSWERED),
])
def test_where_two_stand_together(step, other, is_open, stands):
    assert steps.joined(step, other, is_open=is_open) == steps.joined(other, step, is_open=is_open) == stands


SPRING = Localized({"en": "In spring."}, "en")


@pytest.mark.parametrize("before, after, is_translation", [
    (SPRING, SPRING, True), (SPRING, SPRING.with_text("fr", "Au printemps."), True),
    (SPRING, SPRING.with_text("en", "In summer."), False), (Localized({}, "en"), SPRING, False),
    (Localized({"en": "In spring."}, "ar"), Localized({"en": "In spring.", "ar": "في الربيع."}, "ar"), True),
    (SPRING, Localized({"fr": "Au printemps."}, "en"), False),
])
def test_a_translation_is_no_other_answer(before, after, is_translation):
    assert meeting.is_translation(before, after) == is_translation


def test_two_decisions_in_one():
    both = meeting.in_one([SPRING, Localized({}, "fr"), Localized({"en": "Soon.", "fr": "Bientôt."}, "en")])
    assert both == Localized({"en": "In spring.\n\nSoon.", "fr": "In spring.\n\nBientôt."}, "en")
    assert meeting.in_one([SPRING]) == SPRING
    assert meeting.in_one([]).texts == {}
