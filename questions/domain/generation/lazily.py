"""Looking no further than one has to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")


class Lazily(Iterable[Item]):
    """What an iterator gives, taken from it no sooner than it is looked at, and no more than once:
    most pools of wrong answers are full before the last candidate is judged."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._rest = iter(items)
        self._known: list[Item] = []

    def __iter__(self) -> Iterator[Item]:
        yield from self._known
        for item in self._rest:
            self._known.append(item)
            yield item
