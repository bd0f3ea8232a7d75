"""Every fact, and every part of one, has words: the ledger is read by people, in their language. And each has a sort."""

import dataclasses
import inspect

import pytest

import engage.app
from engage.core.facts import Decision, Everyday, Export, RoleChange
from engage.front.wording import PARTS


def _facts():
    for feature in engage.app.FEATURES:
        if facts := getattr(feature, "facts", None):
            classes = (fact for _, fact in inspect.getmembers(facts, inspect.isclass))
            yield from ((feature, fact) for fact in classes if fact.__module__ == facts.__name__)


FACTS = list(_facts())


@pytest.mark.parametrize("feature", engage.app.FEATURES, ids=lambda feature: feature.__name__)
def test_a_feature_names_its_facts_and_no_others(feature):
    named = set(getattr(getattr(feature, "wording", None), "FACTS", {}))
    assert named == {fact.__name__ for home, fact in FACTS if home is feature}


@pytest.mark.parametrize("fact", [fact for _, fact in FACTS], ids=lambda fact: f"{fact.__module__}.{fact.__name__}")
def test_a_fact_is_of_one_sort_so_that_a_search_by_sort_leaves_none_out(fact):
    assert len({RoleChange, Decision, Export, Everyday} & set(fact.__bases__)) == 1


@pytest.mark.parametrize("part", sorted({field.name for _, fact in FACTS for field in dataclasses.fields(fact)}))
def test_a_part_of_a_fact_is_named(part):
    assert part in PARTS


def test_no_part_is_named_that_no_fact_has():
    assert set(PARTS) == {field.name for _, fact in FACTS for field in dataclasses.fields(fact)}
