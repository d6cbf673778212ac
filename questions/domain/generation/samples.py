"""A few of very many entities or terms, others for each fact."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import chain, islice
from math import ceil, floor

from questions.domain.facts import Fact
from questions.domain.generation.index import Index
from questions.domain.generation.kept import kept
from questions.domain.generation.variety import A_FEW, chance

_LONGER = 1.49
"""How much longer or shorter a name may be that does not stand out; see `likeness`."""
_LONG = 250


class Samples:
    """Of short lists all; of longer ones a run that begins elsewhere for each fact. Of lists of
    hundreds the members whose numbers follow the fact's own: one member more or less then changes
    what those few facts find that it comes to lie next to, where a run by place would be another
    one for all of them."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._lengths: dict[tuple[str, bool], tuple[list[int], tuple[str, ...]]] = {}
        self._numbered: dict[int, _Numbered] = {}

    def of(self, members: Sequence[str], fact: Fact, count: int = A_FEW) -> Sequence[str]:
        """`members` are a list of the index."""
        if len(members) > _LONG:
            return self._number(members).after(fact.uid, count)
        return _run(members, fact.uid, count)

    def as_long(self, fact: Fact, text: str, *, subjects: bool) -> Sequence[str]:
        """Of what stands in the fact's relation, as its subjects or values, and is nearly as long
        as a text: entities by their names, or terms. At most half as long again."""
        low, high = ceil(len(text) / _LONGER), floor(len(text) * _LONGER)
        sizes, sized = self._by_length(fact.relation, subjects=subjects)
        first, last = bisect_left(sizes, low), bisect_right(sizes, high)
        if last - first <= _LONG:
            return _run(sized[first:last], fact.uid, A_FEW)
        every = self._number(self._standing(fact.relation, subjects=subjects))
        return every.after(fact.uid, A_FEW, lambda one: low <= len(self._name(one)) <= high)

    def _number(self, members: Sequence[str]) -> _Numbered:
        # By identity, since to compare long lists takes long; what is kept holds on to its list.
        if id(members) not in self._numbered:
            self._numbered[id(members)] = _Numbered(members)
        return self._numbered[id(members)]

    def _by_length(self, relation: str, *, subjects: bool) -> tuple[list[int], tuple[str, ...]]:
        if (relation, subjects) not in self._lengths:
            keys = self._standing(relation, subjects=subjects)
            sized = sorted((len(self._name(key)), at, key) for at, key in enumerate(keys))
            sizes = [size for size, _, _ in sized]
            self._lengths[relation, subjects] = sizes, tuple(key for _, _, key in sized)
        return self._lengths[relation, subjects]

    def _standing(self, relation: str, *, subjects: bool) -> tuple[str, ...]:
        standing = self._index.subjects_of if subjects else self._index.values_of
        return standing.get(relation, ())

    def _name(self, value: str) -> str:
        entity = self._index.deck.entities.get(value)
        return entity.name if entity else value


def _run(members: Sequence[str], seed: str, count: int) -> Sequence[str]:
    if len(members) <= count:
        return members
    start = chance(seed) % len(members)
    run = members[start : start + count]
    return [*run, *members[: count - len(run)]]


class _Numbered:
    def __init__(self, members: Sequence[str]) -> None:
        self.members = members
        self._ordered = sorted((chance(member), member) for member in members)

    def after(self, seed: str, count: int, fits: Callable[[str], bool] = bool) -> list[str]:
        start = bisect_left(self._ordered, (chance(seed), ""))
        places = chain(range(start, len(self._ordered)), range(start))
        run = (self._ordered[place][1] for place in places)
        return list(islice(filter(fits, run), count))


def samples(index: Index) -> Samples:
    return kept(index, Samples)
