"""Which entities are of a kind: a composer and a conductor where a relation takes persons."""

from __future__ import annotations

from questions.domain.facts import Fact
from questions.domain.generation.index import Index
from questions.domain.generation.text import fold
from questions.domain.wording import many_of


def of_a_kind(index: Index, fact: Fact, one: str, two: str, *, reverse: bool) -> bool:
    """Whether two values, or backwards subjects, may stand side by side: of one type, or both of a
    wider one that the relation takes."""
    first, second = index.entity(one).type, index.entity(two).type
    if first == second:
        return True
    widening, relation = index.deck.vocabulary.widening, index.relation(fact)
    taken = relation.about if reverse else relation.of
    return not set(taken).isdisjoint({*widening(first)} & {*widening(second)})


def names_kind(index: Index, key: str, texts: tuple[str, ...]) -> bool:
    """Whether one of some folded texts says of what type the key is: "on which moon"."""
    vocabulary, kind = index.deck.vocabulary, index.entity(key).type
    found = vocabulary.types.get(kind)
    names = (found.label, many_of((kind,), vocabulary)) if found else ()
    return any(f" {fold(name)} " in text for name in names if name for text in texts)
