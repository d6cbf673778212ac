"""Which of a deck's things were at much the same time, and from which times others are known."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from questions.domain.generation.index import Index, Years
from questions.domain.generation.kept import kept
from questions.domain.generation.variety import A_FEW

AGE = 100
"""Years after which what is known of another time alone is no temptation."""


class InTime:
    """Lists of entities in order of time, each put in order once."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._ordered: dict[tuple[str, ...], tuple[list[float], list[str]]] = {}
        self._around: dict[str, tuple[Years, ...]] = {}

    def nearest(self, entity: str, place: tuple[str, ...], members: Sequence[str]) -> list[str]:
        """Some of the members, those nearest in time to an entity; `place` is what the list is
        known by."""
        time = self._index.time(entity)
        if time is None:
            return []
        if place not in self._ordered:
            timed = sorted((_middle(one), key) for key in members if (one := self._index.time(key)))
            self._ordered[place] = [at for at, _ in timed], [key for _, key in timed]
        middles, keys = self._ordered[place]
        middle = _middle(time)
        at = bisect_left(middles, middle)
        first, last = max(0, at - A_FEW), at + A_FEW
        near = zip(middles[first:last], keys[first:last], strict=True)
        return [key for _, key in sorted((abs(one - middle), key) for one, key in near)][:A_FEW]

    def is_of_age(self, entity: str, start: str, key: str) -> bool:
        """Whether it tempts where a question starts from something of a time. What lasts through
        all times, a place say, does if it is known of anything that was within a lifetime or so;
        what had been made before somebody was born does not, unless the right answer had been."""
        then, own, right = self._lasted(start), self._lasted(entity), self._lasted(key)
        if then is None:
            return True
        if own is not None:
            made = right is not None and own[1] < then[0] <= right[1]
            return not made or not self._index.is_person(start)
        known = self._known_from(entity)
        return not known or any(max(one[0] - then[1], then[0] - one[1]) <= AGE for one in known)

    def _known_from(self, entity: str) -> tuple[Years, ...]:
        """When those were with which it shares a fact."""
        if entity not in self._around:
            everything = self._index.deck.entities
            beside = (one for one in self._index.companions(entity) if one in everything)
            self._around[entity] = tuple(filter(None, map(self._lasted, beside)))
        return self._around[entity]

    def _lasted(self, entity: str) -> Years | None:
        """A lake was there before the day of its survey, of which its other dates tell."""
        return self._index.life(entity) or self._index.bounds(entity)


def _middle(time: Years) -> float:
    return sum(time) / 2


def in_time(index: Index) -> InTime:
    return kept(index, InTime)
