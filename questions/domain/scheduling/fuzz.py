"""Spreading due days, so that what was learnt together does not come back together.

The range is FSRS's (py-fsrs `_get_fuzz_range`, the same as Anki's): none under 2.5 days,
then a day either way and a share of the interval that shrinks as it grows. Within it a keyed
hash draws the day, so that the same answer, sent twice, gets the same day.

The draw leans toward the least loaded days rather than always taking the least loaded one.
Far days are emptier than near ones, so that the latter put reviews off by 14 % of the
interval in a simulation of 400 days; weighing evened the days out as well, at 0.3 %.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from typing import Protocol

from questions.domain.chance import draw

# A hundred years, as in Anki and py-fsrs; keeps due days inside what a date can hold.
MAX_INTERVAL = 36500

# From, to (days), and the share of the interval between them by which the range widens.
_WIDENING = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, float("inf"), 0.05))


class Fuzz(Protocol):
    """Chooses the interval to use, in days, given the exact one and the day it starts on."""

    def __call__(self, interval: int, day: date, /) -> int: ...


def no_fuzz(interval: int, day: date, /) -> int:  # noqa: ARG001 — a Fuzz is told the day
    return interval


def fuzz_range(interval: int) -> range:
    """The intervals, in days, from which a fuzz may choose; none over MAX_INTERVAL."""
    if interval < 2.5:
        return range(interval, interval + 1)
    delta = 1.0 + sum(
        share * max(min(interval, end) - start, 0.0) for start, end, share in _WIDENING
    )
    last = min(round(interval + delta), MAX_INTERVAL)
    return range(min(round(interval - delta), last), last + 1)


@dataclass(frozen=True, slots=True)
class Spread:
    """The fuzz of one answer: `version` is the memory's before it, `load` how many cards
    the learner already has due on each day (days not in it have none)."""

    secret: bytes
    memory_id: int
    version: int
    load: Mapping[date, int] = field(default_factory=dict)

    def __call__(self, interval: int, day: date, /) -> int:
        choices = fuzz_range(interval)
        marks = list(accumulate(self._weight(choice, day) for choice in choices))
        drawn = draw(self.secret, "fuzz", self.memory_id, self.version).uniform() * marks[-1]
        # A rounding upwards may give the whole, which is past the last choice.
        return choices[min(bisect_right(marks, drawn), len(choices) - 1)]

    def _weight(self, interval: int, day: date) -> float:
        """As in Anki: less for loaded days, and for far ones because they are emptier."""
        load = self.load.get(day + timedelta(days=interval), 0)
        return 1 / ((1 + load) ** 2 * interval)
