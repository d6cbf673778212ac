"""Which names of a deck are a few edits away, without looking at each."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping

from rapidfuzz.distance import OSA


class Neighbours:
    """Names filed by their first, middle and last letters.

    Two edits cannot touch three places: a name within reach shares one of the pieces with what
    was typed, the middle one at most two letters to the side.
    """

    def __init__(self, tables: Iterable[Mapping[str, object]]) -> None:
        spelt = {name for table in tables for name in table if len(name) > 3 and " " not in name}
        self._names = sorted(spelt)
        self._filed: dict[str, array[int]] = {}
        for number, name in enumerate(self._names):
            for piece in set(_pieces(name)):
                self._filed.setdefault(piece, array("I")).append(number)

    def near(self, spelt: str, within: int) -> Iterator[str]:
        seen: set[int] = set()
        for piece in _asked(spelt):
            for number in self._filed.get(piece, ()):
                name = self._names[number]
                if number in seen or abs(len(name) - len(spelt)) > within:
                    continue
                seen.add(number)
                if OSA.distance(spelt, name, score_cutoff=within) <= within:
                    yield name


def _pieces(name: str) -> Iterator[str]:
    yield "^" + name[:3]
    yield "$" + name[-3:]
    middle = len(name) // 2
    yield name[middle - 1 : middle + 2]


def _asked(spelt: str) -> Iterator[str]:
    yield "^" + spelt[:3]
    yield "$" + spelt[-3:]
    middle = len(spelt) // 2
    for start in range(max(0, middle - 4), middle + 3):
        yield spelt[start : start + 3]
