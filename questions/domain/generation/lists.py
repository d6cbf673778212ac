"""Lists: all values of a subject and relation, where the deck is known to hold them all."""

from __future__ import annotations

from collections.abc import Iterator

from questions.domain.facts import Fact, Group
from questions.domain.generation.asking import Attribution, list_words, stems
from questions.domain.generation.expecting import expect_value
from questions.domain.generation.index import Index
from questions.domain.generation.writing import Asked, Try
from questions.domain.questions import Form

SHORTEST, LONGEST = 2, 8


def list_groups(index: Index) -> Iterator[tuple[Group, tuple[Fact, ...]]]:
    """The groups of facts a list might be asked of; whether it may, the rules say."""
    for group, facts in index.deck.by_group.items():
        relation = index.deck.vocabulary.relations[group[1]]
        members = tuple(fact for fact in facts if fact.askable)
        asked = relation.list or relation.orders_values
        if asked and not relation.single and len(members) >= SHORTEST:
            yield group, members


def lists(asked: Asked) -> Iterator[Try]:
    index, facts = asked.index, asked.facts
    templates = index.relation(facts[0]).list
    for at, stem in enumerate(
        stems(index, facts[0], templates, Attribution(), list_words(index, facts))
    ):
        expected = [expect_value(index, fact, stem.text).to_json() for fact in facts]
        content = {"expected": expected}
        yield asked.written(f"list:{at}", Form.LIST, stem.text, content), stem.names
