from uuid import uuid4

import pytest

from engage.core.access import Actor
from engage.feedback import policy, rules
from engage.programmes.rules import QuestionKind

SCALE, CHOICE, TEXT = QuestionKind.SCALE, QuestionKind.CHOICE, QuestionKind.TEXT


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (4, 0), (5, 5), (9, 5), (10, 10), (14, 10)])
def test_results_go_in_steps_of_five(count, shown):
    assert rules.shown_answers(count) == shown


@pytest.mark.parametrize(("kind", "said", "is_answer"), [
    (SCALE, 1, True), (SCALE, 5, True), (SCALE, 0, False), (SCALE, 6, False), (SCALE, "3", False), (SCALE, None, False),
    (CHOICE, "yes", True), (CHOICE, "maybe", False), (CHOICE, 1, False),
    (TEXT, {"text": "Good", "lang": "en"}, True), (TEXT, {"text": "", "lang": "en"}, False), (TEXT, {"text": "Good"}, False),
    (TEXT, "Good", False),
])
def test_what_answers_a_question(kind, said, is_answer):
    assert rules.is_answer(kind, ("yes", "no"), said) is is_answer


def test_tallies():
    assert rules.tally(SCALE, [5, 3, 5]) == {"counts": {"5": 2, "3": 1}}
    assert rules.tally(CHOICE, []) == {"counts": {}}
    assert rules.tally(TEXT, [{"text": "Good", "lang": "en"}]) == {"texts": [{"text": "Good", "lang": "en"}]}


@pytest.mark.parametrize(("counts", "mean"), [({}, None), ({"5": 2, "3": 1}, 13 / 3), ({"1": 4}, 1)])
def test_mean(counts, mean):
    assert rules.mean(counts) == mean


def test_after_years_words_go_and_counts_stay():
    summary = {"heard": {"counts": {"5": 5}}, "words": {"texts": [{"text": "Good", "lang": "en"}]}}
    assert rules.without_texts(summary) == {"heard": {"counts": {"5": 5}}, "words": {"texts": []}}


def test_only_the_links_holder_answers():
    ticket = uuid4()
    assert policy.may_answer(Actor(links=frozenset({("feedback", ticket)})), ticket)
    assert not policy.may_answer(Actor(links=frozenset({("feedback", uuid4())})), ticket)
    assert not policy.may_answer(Actor(links=frozenset({("place", ticket)})), ticket)
    assert not policy.may_answer(Actor(person_id=uuid4()), ticket)
