"""Which names of a deck are a few edits away, without looking at each."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from copy import copy
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import OSA

from questions.domain.grading.spelling import alike, limit

_SHORTEST = 5


class Neighbours:
    """Names filed by length and by each of the pieces that they fall into.

    A name with room for one slip is cut into three pieces, one with room for two into four: a
    swap may spoil two neighbouring pieces, any other slip one, so that a piece stays whole, at
    most as many letters aside as there are slips. (Two swaps across cuts may escape.) Slips do
    not change the first letter but to one of like sound; they may add one before it or swap it.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted({name for name in names if limit(len(name))})
        self._filed: dict[str, array[int]] = {}
        for number, name in enumerate(self._names):
            for key in _keys(name):
                self._filed.setdefault(key, array("I")).append(number)

    def with_(self, names: Iterable[str]) -> Neighbours:
        """Besides these names some that are not among them."""
        new = Neighbours(names)
        found = copy(self)
        found._names, found._filed = [*self._names, *new._names], dict(self._filed)
        for key, numbers in new._filed.items():
            moved = array("I", [len(self._names) + number for number in numbers])
            found._filed[key] = self._filed.get(key, array("I")) + moved
        return found

    def near(self, spelt: str, within: int) -> Iterator[str]:
        """Names at most `within` edits away, and within their own limit."""
        numbers: set[int] = set()
        for key in _asked(spelt, within):
            if (filed := self._filed.get(key)) is not None:
                numbers.update(filed)
        for number in numbers:
            name = self._names[number]
            if OSA.distance(spelt, name, score_cutoff=within) <= within:
                yield name


@lru_cache(maxsize=512)
def _cuts(length: int) -> list[tuple[int, int]]:
    pieces = limit(length) + 2
    ends = [length * piece // pieces for piece in range(pieces + 1)]
    return list(pairwise(ends))


def _keys(name: str) -> Iterator[str]:
    for place, (start, end) in enumerate(_cuts(len(name))):
        yield f"{len(name)}{name[0]}{place}{name[start:end]}"


def _asked(spelt: str, within: int) -> Iterator[str]:
    letters = {*spelt[:2], *alike(spelt[0])}
    if within == 1:
        yield from _asked_once(spelt, letters)
        return
    for length, place, start, end in _plan(len(spelt), within):
        piece = spelt[start:end]
        for letter in letters:
            yield f"{length}{letter}{place}{piece}"


def _asked_once(spelt: str, letters: set[str]) -> Iterator[str]:
    """A single slip leaves the last piece where it is from the end, or, coming late, the last but
    two where it is from the start; one in the first letter never comes late."""
    size = len(spelt)
    for length in range(max(_SHORTEST, size - 1), size + 2):
        cuts = _cuts(length)
        start, end = cuts[-3]
        yield f"{length}{spelt[0]}{len(cuts) - 3}{spelt[start:end]}"
        start, end = cuts[-1]
        piece = spelt[start - end :]
        for letter in letters:
            yield f"{length}{letter}{len(cuts) - 1}{piece}"


@lru_cache(maxsize=512)
def _plan(size: int, within: int) -> tuple[tuple[int, int, int, int], ...]:
    """For each length of name and each of its pieces: where it may stand in what was typed."""
    return tuple(
        (length, place, at, at + end - start)
        for length in range(max(_SHORTEST, size - within), size + within + 1)
        for place, (start, end) in enumerate(_cuts(length))
        for at in _places(start, length - size, within)
    )


def _places(start: int, longer: int, within: int) -> range:
    spare = (within - abs(longer)) // 2  # a letter left out and another put in
    first, last = start - max(0, longer) - spare, start + max(0, -longer) + spare
    return range(max(0, first), last + 1)
