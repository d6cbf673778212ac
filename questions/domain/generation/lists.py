"""Lists: all values of a subject and relation, where the deck is known to hold them all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from questions.domain.facts import Fact, Group
from questions.domain.generation.asking import (
    Attribution,
    fill_best,
    list_words,
    statement,
    stems,
    words_for,
)
from questions.domain.generation.expecting import expect_value
from questions.domain.generation.index import Index
from questions.domain.generation.writing import Asked, Try
from questions.domain.questions import Form
from questions.domain.wording import Said

SHORTEST, LONGEST = 2, 8
_REST, _AND = "{}; the same is true of {}.", " and "
_SINGULAR = re.compile(r"\b(?:is|was|an?|called|named)(?: the)?$", re.IGNORECASE)
"""Before several values this would have to be another word."""


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


def all_in_one(index: Index, facts: Sequence[Fact]) -> str:
    """The members in one sentence: all of them at its end, or the first, the rest after it. "A and
    B was there" is what a wording that speaks of one would make of them in the middle."""
    first, *others = facts
    words = words_for(index, first)
    names = [words_for(index, fact)["value"].running for fact in facts]
    many = {**words, "value": Said(_joined(names), plural=True)}
    wanted = frozenset(name for name, _ in first.qualifiers)
    for done in fill_best(index.relation(first).state, many, wanted)[:1]:
        before, found, after = done.text.rpartition(_joined(names))
        if before.endswith("“") and after.startswith("”"):
            before, found, after = before[:-1], _joined(_quoted(names)), after[1:]
        if found and after in ("", ".") and not _SINGULAR.search(before.strip()):
            return f"{_of_many(index, first, before)}{found}{after}"
    told = statement(index, first, Attribution())
    rest = _quoted(names[1:]) if f"“{names[0]}”" in told else names[1:]
    return _REST.format(told.removesuffix("."), _joined(rest)) if others else told


def _of_many(index: Index, fact: Fact, before: str) -> str:
    """ "crosses the river " as it goes on to several."""
    entity = index.deck.entities.get(fact.value)
    kind = index.deck.vocabulary.types.get(entity.type) if entity else None
    if kind is None or not kind.label or not before.endswith(f" {kind.label} "):
        return before
    return f"{before.removesuffix(f'{kind.label} ')}{kind.many or f'{kind.label}s'} "


def _quoted(names: Sequence[str]) -> list[str]:
    return [f"“{name}”" for name in names]


def _joined(names: Sequence[str]) -> str:
    """By semicolons where a name has a comma of its own."""
    *rest, last = names
    if rest and any("," in name for name in names):
        return "; ".join((*rest, f"and {last}"))
    return _AND.join((", ".join(rest), last)) if rest else last
