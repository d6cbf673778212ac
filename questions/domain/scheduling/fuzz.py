"""Spreading due days, so that what was learnt together does not come back together.

The range is FSRS's (py-fsrs `_get_fuzz_range`, the same as Anki's): none under 2.5 days,
then a day either way and a share of the interval that shrinks as it grows. Within it the
least loaded day is taken, and a keyed hash decides between equals; so the same answer,
sent twice, gets the same day.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Protocol

from questions.domain.chance import draw

# From, to (days), and the share of the interval between them by which the range widens.
_WIDENING = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, float("inf"), 0.05))


class Fuzz(Protocol):
    """Chooses the interval to use, in days, given the exact one and the day it starts on."""

    def __call__(self, interval: int, day: date, /) -> int: ...


def no_fuzz(interval: int, day: date, /) -> int:  # noqa: ARG001 — a Fuzz is told the day
    return interval


def fuzz_range(interval: int, longest: int) -> range:
    """The intervals, in days, from which a fuzz may choose; never under 2 or over the longest."""
    if interval < 2.5:
        return range(interval, interval + 1)
    delta = 1.0 + sum(
        share * max(min(interval, end) - start, 0.0) for start, end, share in _WIDENING
    )
    last = min(round(interval + delta), longest)
    first = min(max(2, round(interval - delta)), last)
    return range(first, last + 1)


@dataclass(frozen=True, slots=True)
class Spread:
    """The fuzz of one answer: `version` is the memory's before it, `load` how many cards
    the learner already has due on each day (days not in it have none)."""

    secret: bytes
    memory_id: int
    version: int
    load: Mapping[date, int] = field(default_factory=dict)
    longest: int = 36500

    def __call__(self, interval: int, day: date, /) -> int:
        choices = fuzz_range(interval, self.longest)
        loads = [self.load.get(day + timedelta(days=choice), 0) for choice in choices]
        least = [choice for choice, load in zip(choices, loads, strict=True) if load == min(loads)]
        return draw(self.secret, "fuzz", self.memory_id, self.version).choose(least)
