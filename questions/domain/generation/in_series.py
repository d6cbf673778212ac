"""Names of a series that all go with one thing: of each Norland Star the deck tells what it
did at Westria."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from questions.domain.generation.cueing import generic_words
from questions.domain.generation.index import Index
from questions.domain.generation.kept import kept
from questions.domain.generation.text import cue_words


class InSeries:
    """By type and word of a name, what all things of the type that bear it go with."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._common: dict[str, Mapping[str, frozenset[str]]] = {}
        self._subjects: dict[str, frozenset[str]] = {}

    def goes_with_another(self, value: str, about: str, relation: str) -> bool:
        """Whether a word of its name belongs, by two of a kind or more, with another subject of the
        relation. People share a name by chance or birth."""
        own = self._index.entity(value)
        if self._index.is_person(value):
            return False
        common = self._words(own.type)
        sets = [common[word] for word in cue_words(own.name) if word in common]
        return any(about not in one and one & self._asked_of(relation) for one in sets)

    def _asked_of(self, relation: str) -> frozenset[str]:
        if relation not in self._subjects:
            self._subjects[relation] = frozenset(self._index.subjects_of.get(relation, ()))
        return self._subjects[relation]

    def _words(self, kind: str) -> Mapping[str, frozenset[str]]:
        if kind not in self._common:
            bearers: dict[str, list[str]] = defaultdict(list)
            for key in self._index.by_type.get(kind, ()):
                for word in cue_words(self._index.entity(key).name) - generic_words(
                    self._index, key
                ):
                    bearers[word].append(key)
            self._common[kind] = {
                word: frozenset.intersection(*map(self._index.company, keys))
                for word, keys in bearers.items()
                if len(keys) > 1
            }
        return self._common[kind]


def in_series(index: Index) -> InSeries:
    return kept(index, InSeries)
