"""Where dates go on a drawn timeline: a scale, ticks, and lanes in which nothing overlaps.

Lengths are in the drawing's own units, x from 0 at the left.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import floor, sqrt
from typing import Generic, TypeVar

from questions.domain.values import Day, Span

Thing = TypeVar("Thing")

# A decade of a quiet century should not be as wide as a month in which everything happened:
# a unit of time is as wide as the square root of what begins or ends in it, and a run of
# units in which nothing happens is cut to little.
QUIET, PASSING, EMPTY, LONGEST_EMPTY = 1.0, 0.8, 0.5, 1.5
PER_END = 2.0
MOST_UNITS = 400
UNITS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 10_000, 100_000, 1_000_000)
CUT_FROM = 4

LETTER = 6.3  # mean width of a letter of 12 units' type; labels are cut to what fits
SHORTEST_LABEL = 12
TICK_ROOM = 56.0
SMALLEST_BAR = 10.0
DOT = 5.0
GAP = 14.0


@dataclass(frozen=True, slots=True)
class Event(Generic[Thing]):
    """One thing with a date; several spans where sources differ or are of unlike precision.
    `of` is what the caller knows it by."""

    label: str
    spans: tuple[Span, ...]
    disputed: bool
    of: Thing


@dataclass(frozen=True, slots=True)
class Mark(Generic[Thing]):
    """An event as drawn. `left` to `right` is all that some source says, `core_left` to
    `core_right` what every source says (None if nothing). `points` are the middles of each
    value, for events drawn as dots."""

    event: Event[Thing]
    lane: int
    left: float
    right: float
    core: tuple[float, float] | None
    points: tuple[float, ...]
    is_bar: bool
    open_left: bool
    open_right: bool
    label: str
    label_x: float
    label_ends: bool  # the label ends at label_x, standing left of its mark


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    year: int


@dataclass(frozen=True, slots=True)
class Layout(Generic[Thing]):
    """`cuts` are places where a stretch of years without events is drawn short."""

    width: float
    lanes: int
    marks: tuple[Mark[Thing], ...]
    ticks: tuple[Tick, ...]
    cuts: tuple[float, ...]


def years(day: Day, *, end: bool = False) -> float:
    """A day as a number of years; with `end` its evening, so that a day has a length."""
    year, month, dom = day
    return year + (month - 1) / 12 + (dom - 1 + end) / 372


class Scale:
    """From years to x: straight within a unit of years, units as wide as they are busy."""

    def __init__(self, stretches: Sequence[tuple[float, float]], width: float) -> None:
        low = min(start for start, _ in stretches)
        high = max(end for _, end in stretches)
        self.unit = next((u for u in UNITS if (high - low) / u <= MOST_UNITS), UNITS[-1])
        first, last = floor(low / self.unit), floor((high - 1e-9) / self.unit)
        self.starts = [unit * self.unit for unit in range(first, last + 2)]
        weights = self._weights(stretches)
        total = sum(weights)
        self.edges = [0.0, *(width * edge / total for edge in accumulate(weights))]

    def _weights(self, stretches: Sequence[tuple[float, float]]) -> list[float]:
        ends = [0] * (len(self.starts) - 1)
        passed = [False] * len(ends)
        for start, end in stretches:
            first, last = self._unit_of(start), self._unit_of(max(start, end - 1e-9))
            ends[first] += 1
            ends[last] += last != first
            for unit in range(first, last + 1):
                passed[unit] = True
        weights = [
            QUIET + PER_END * sqrt(count) if count else PASSING if passing else EMPTY
            for count, passing in zip(ends, passed, strict=True)
        ]
        self.cuts: list[tuple[int, int]] = []
        for begin, end in _runs([not passing for passing in passed]):
            if end - begin >= CUT_FROM:
                weights[begin:end] = [LONGEST_EMPTY / (end - begin)] * (end - begin)
                self.cuts.append((begin, end))
        return weights

    def _unit_of(self, year: float) -> int:
        return min(max(bisect_right(self.starts, year) - 1, 0), len(self.starts) - 2)

    def x(self, year: float) -> float:
        unit = self._unit_of(year)
        share = (year - self.starts[unit]) / self.unit
        left, right = self.edges[unit], self.edges[unit + 1]
        return left + (right - left) * min(max(share, 0.0), 1.0)

    def ticks(self) -> list[Tick]:
        """The first year of each unit with room for its number."""
        hidden = {unit for begin, end in self.cuts for unit in range(begin + 1, end)}
        found: list[Tick] = []
        for unit, (edge, year) in enumerate(zip(self.edges, self.starts, strict=True)):
            roomy = not found or edge - found[-1].x >= TICK_ROOM
            if unit not in hidden and roomy and edge <= self.edges[-1] - TICK_ROOM / 2:
                found.append(Tick(edge, year))
        return found


def _runs(flags: Sequence[bool]) -> list[tuple[int, int]]:
    edges = [at for at, (a, b) in enumerate(pairwise([False, *flags, False])) if a != b]
    return list(zip(edges[::2], edges[1::2], strict=True))


def lay_out(events: Sequence[Event[Thing]], width: float) -> Layout[Thing]:
    """Every event in a lane where neither mark nor label touches another's, the first to begin
    in the topmost lane that has room."""
    if not events:
        return Layout(width, 0, (), (), ())
    reaches = [_reach(event) for event in events]
    low, high = min(start for start, _ in reaches), max(end for _, end in reaches)
    # An open end says nothing about the years it runs through.
    closed = [stretch for event in events for stretch in map(_closed, event.spans)]
    scale = Scale(closed, width)
    order = sorted(range(len(events)), key=lambda at: (reaches[at], events[at].label))
    lanes: list[list[tuple[float, float]]] = []
    marks = [_placed(events[at], scale, (low, high), width, lanes) for at in order]
    cuts = tuple((scale.edges[begin] + scale.edges[end]) / 2 for begin, end in scale.cuts)
    return Layout(width, len(lanes), tuple(marks), tuple(scale.ticks()), cuts)


def _reach(event: Event[Thing]) -> tuple[float, float]:
    """From the first to the last closed end."""
    stretches = [_closed(span) for span in event.spans]
    return min(start for start, _ in stretches), max(end for _, end in stretches)


def _closed(span: Span) -> tuple[float, float]:
    first, last = span.first or span.last, span.last or span.first
    assert first is not None
    assert last is not None  # a span has at least one end
    return years(first), years(last, end=True)


def _stretches(event: Event[Thing], low: float, high: float) -> list[tuple[float, float]]:
    """Open ends reach as far as the drawing does."""
    return [
        (
            years(span.first) if span.first else low,
            years(span.last, end=True) if span.last else high,
        )
        for span in event.spans
    ]


def _placed(
    event: Event[Thing],
    scale: Scale,
    ends: tuple[float, float],
    width: float,
    lanes: list[list[tuple[float, float]]],
) -> Mark[Thing]:
    drawn = [(scale.x(start), scale.x(end)) for start, end in _stretches(event, *ends)]
    is_bar = any(span.granularity == "interval" for span in event.spans)
    points = tuple(dict.fromkeys(_inside((a + b) / 2, DOT, width) for a, b in drawn))
    left, right, core = _bar(drawn, width) if is_bar else _dots(points)
    label, label_x, label_ends = _label(event.label, left, right, width)
    length = len(label) * LETTER + GAP
    extent = (min(left, label_x - length), right) if label_ends else (left, label_x + length)
    return Mark(
        event,
        _lane(extent, lanes),
        left,
        right,
        core,
        points,
        is_bar,
        open_left=any(span.first is None for span in event.spans),
        open_right=any(span.last is None for span in event.spans),
        label=label,
        label_x=label_x,
        label_ends=label_ends,
    )


def _inside(x: float, margin: float, width: float) -> float:
    return min(max(x, margin), width - margin)


def _bar(
    drawn: list[tuple[float, float]], width: float
) -> tuple[float, float, tuple[float, float] | None]:
    left, right = min(a for a, _ in drawn), max(b for _, b in drawn)
    core = (max(a for a, _ in drawn), min(b for _, b in drawn))
    if right - left < SMALLEST_BAR:
        middle = _inside((left + right) / 2, SMALLEST_BAR / 2, width)
        left, right = middle - SMALLEST_BAR / 2, middle + SMALLEST_BAR / 2
        core = (left, right) if len(set(drawn)) == 1 else core
    return left, right, core if core[0] < core[1] else None


def _dots(points: tuple[float, ...]) -> tuple[float, float, None]:
    return min(points) - DOT, max(points) + DOT, None


def _label(text: str, left: float, right: float, width: float) -> tuple[str, float, bool]:
    """After its mark if it fits there, else before it, else cut on the roomier side."""
    after, before = width - right - GAP, left - GAP
    length = len(text) * LETTER
    ends = length > after and (length <= before or before > after)
    room = max(int((before if ends else after) / LETTER), SHORTEST_LABEL)
    shown = text if len(text) <= room else f"{text[: room - 1].rstrip()}…"
    return shown, (left - GAP / 2 if ends else right + GAP / 2), ends


def _lane(extent: tuple[float, float], lanes: list[list[tuple[float, float]]]) -> int:
    for number, taken in enumerate(lanes):
        if all(extent[1] <= left or right <= extent[0] for left, right in taken):
            taken.append(extent)
            return number
    lanes.append([extent])
    return len(lanes) - 1
