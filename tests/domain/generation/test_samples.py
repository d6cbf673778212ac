"""Which few of very many things a fact's wrong answers are looked for among."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.domain.generation.index import Index
from questions.domain.generation.samples import samples
from questions.domain.generation.variety import A_FEW
from tests.synthetic import synthetic

NAMES = tuple(f"name {number}" for number in range(400))


@cache
def index() -> Index:
    return Index(synthetic("plain", 1_500))


@given(st.sampled_from(NAMES), st.integers(0, 99))
def test_of_a_long_list_one_more_changes_only_samples_that_hold_it(gone: str, at: int) -> None:
    """By place, all samples would be others."""
    fact = index().deck.facts[at]
    left = tuple(name for name in NAMES if name != gone)
    before, after = samples(index()).of(NAMES, fact), samples(index()).of(left, fact)
    assert len(before) == len(after) == A_FEW
    assert set(before) - {gone} <= set(after)
    assert gone in before or before == after


def test_facts_look_at_different_parts_of_a_long_list() -> None:
    facts = index().deck.facts[:300]
    found = {name for fact in facts for name in samples(index()).of(NAMES, fact)}
    assert len(found) > 0.9 * len(NAMES)


@pytest.mark.parametrize("count", [1, 8])
def test_a_short_list_is_taken_whole(count: int) -> None:
    assert samples(index()).of(NAMES[:count], index().deck.facts[0]) == NAMES[:count]


def test_names_as_long_are_found_in_a_long_relation() -> None:
    large = Index(synthetic("plain", 8_000))
    for fact in large.deck.by_relation["fought"][:50]:
        name = large.entity(fact.about).name
        some = [large.entity(key).name for key in samples(large).as_long(fact, name, subjects=True)]
        assert some
        assert all(len(name) / 1.5 <= len(one) <= len(name) * 1.5 for one in some)
