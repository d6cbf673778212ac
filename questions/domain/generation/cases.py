"""In which cases a relation tells of its subjects: "when laden" is not "when empty"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from questions.domain.facts import Fact
from questions.domain.generation.asking import mentioned
from questions.domain.generation.index import Index
from questions.domain.generation.kept import kept
from questions.domain.generation.text import fold


def is_told_there(index: Index, fact: Fact, names: frozenset[str], candidate: str) -> bool:
    """Backwards: whether the deck tells of a wrong subject what the stem asks, in whatever value.
    Of one that it tells of in another case alone it does not know that it is wrong."""
    cases = cases_of(index, fact.relation)
    asked = {name: said for name, said in mentioned(fact, names).items() if name in cases}
    own = (dict(other.qualifiers) for other in index.of(candidate, fact.relation))
    return any(all(each.get(name, said) == said for name, said in asked.items()) for each in own)


def cases_of(index: Index, relation: str) -> frozenset[str]:
    """The qualifiers of a single-valued relation in which one matter of a subject differs from
    another: entities, and words that stand beside several values, as "when laden" does.
    Words that each stand beside one value describe it: what a medal of Norland was given for."""
    return kept(index, _Cases).of(relation)


class _Cases:
    def __init__(self, index: Index) -> None:
        self._index = index
        self._known: dict[str, frozenset[str]] = {}

    def of(self, relation: str) -> frozenset[str]:
        if relation not in self._known:
            self._known[relation] = frozenset(_telling_apart(self._index, relation))
        return self._known[relation]


def _telling_apart(index: Index, key: str) -> Iterator[str]:
    relation = index.deck.vocabulary.relations[key]
    if not relation.single or not relation.qualifiers:
        return
    beside: dict[tuple[str, str], set[str]] = defaultdict(set)
    for fact in index.deck.by_relation.get(key, ()):
        for name, said in fact.qualifiers:
            beside[name, fold(said)].add(fold(fact.value))
    repeated = {name for (name, _), values in beside.items() if len(values) > 1}
    for name, kind in relation.qualifiers.items():
        if kind != "text" or name in repeated:
            yield name
