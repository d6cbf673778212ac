"""Figures and dates of a key's look, worked out where the deck has none of its own on one side.

Without them the largest of a deck's figures would always stand last, the smallest first, and
whoever knows that needs to know nothing else. They are asked of the same guard as the deck's own
values, which come first.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from questions.domain.facts import Fact, ValueKind
from questions.domain.generation.candidates import Option, worked_option
from questions.domain.generation.figures import powers_beside
from questions.domain.generation.index import Index
from questions.domain.generation.powers import FEWEST
from questions.domain.generation.scales import (
    APART,
    OUTSIDE_APART,
    TELLING,
    in_shape,
    least_gap,
    scales,
)
from questions.domain.generation.variety import chance
from questions.domain.values import BadValue, Quantity, Span, parse_span

_TIMES = (1.18, 1.21, 1.24, 1.28, 1.32, 1.36, 1.39, 1.42, 1.45, 1.48, 1.62, 1.95, 2.4)
"""From the least distance of a worked-out figure on, within thrice the key. Close together at
first: the nearest that keeps its distance from the deck's own figures too is taken, and of wide
steps one or two would be all that there is to choose from."""
_BELOW, _BEYOND = 1.3, 1.1
"""How many times past the relation's own least and greatest a figure may go. There is room for
one, so that an extreme may stand in the middle too; further up lies what there is nowhere, a river
of 10,000 km, and whoever knows how far such things go needs to know nothing else."""
_BEYOND_ROUNDED = 1.2
"""The same beside a rounded key, from which others must be further away."""
_FEW = 20
"""Up to so many of its last place's units a figure's neighbours are counted, past that worked
out by the share."""
_DAYS = (17, 45, 100, 200, 330, 500, 800)
_OTHER_DAY = 3
_MONTHS = (2, 4, 7, 11, 16, 26)
_YEARS = (2, 4, 7, 11, 18)
_UNITS = (1, 2, 3)
_LENGTHS = {"year": 4, "month": 7, "day": 10}
"""Of dates as decks write them."""
_YEARS_LONG = {"year": 1, "decade": 10, "century": 100}


def worked_out(index: Index, fact: Fact) -> Iterator[Option]:
    """Nearest first; whether they are fair is for the guard to say."""
    values: Iterator[str] = iter(())
    match index.kind(fact):
        case ValueKind.NUMBER:
            values = _figures(index, fact)
        case ValueKind.DATE:
            values = _dates(index, fact)
    for value in dict.fromkeys(values):
        if value != fact.value:
            yield worked_option(index, fact, value)


def _about(fact: Fact, step: float, way: str = "") -> float:
    """A step a little longer or shorter for each fact, so that options show no pattern."""
    return step * (0.95 + chance("worked out", fact.uid, str(step), way) % 11 / 100)


# Figures


def _figures(index: Index, fact: Fact) -> Iterator[str]:
    key = fact.quantity()
    if key.shape in ("ratio", "range") or not key.amount:
        return
    if scales(index).known(fact).ratio:
        yield from (in_shape(key, f"{amount:f}") for amount in powers_beside(index, fact))
        return
    if fact.exact:
        return
    low, high = _room(index, fact)
    step = _common_step(index, fact)
    for amount in _amounts(index, fact, key):
        if low <= float(amount) <= high and not (step and amount % step):
            yield in_shape(key, f"{amount:f}")


def _room(index: Index, fact: Fact) -> tuple[float, float]:
    """Between which figures one can be: from the least to the most there is of its unit, and hardly
    beyond the relation's own where there are enough to tell. Whole numbers of no unit may count
    places of which there are only so many: at most the greatest."""
    unit = index.deck.vocabulary.units.get(index.deck.unit_of(fact))
    known, told = scales(index).known(fact), scales(index).reach(fact)
    low, high = min(0.0, known.sizes[0]), float("inf")
    if unit is not None:
        low, high = float(unit.least or low), float(unit.most or "inf")
    if told is None:
        return low, high
    part = scales(index).around_part(fact)
    if unit is None and known.step:
        high = min(high, known.sizes[-1])
        if part is None:
            return low, high
    least, most = told
    key, one = fact.quantity(), max(float(fact.quantity().rounding), _common_step(index, fact))
    beyond = _BEYOND_ROUNDED if least_gap(key) == APART else _BEYOND
    below = _BELOW
    if part is not None:
        low, high, below = max(low, part[0]), min(high, part[1]), beyond
    return (
        max(low, min(least / below if least > 0 else least * beyond, least - one)),
        min(high, max(most * beyond if most > 0 else most / _BELOW, most + one)),
    )


def _common_step(index: Index, fact: Fact) -> int:
    """What all figures of the relation are multiples of, as counts of pairs are even; 0 if of
    nothing in common, or if too few could tell. Ten or more of the key's last place are what round
    figures have in common by chance (120, 240, 360), and would leave next to nothing beside it:
    those are as round as the key."""
    known, rounding = scales(index).known(fact), fact.quantity().rounding
    if len(known.sizes) < TELLING or known.step < 2:
        return 0
    if known.step < rounding * 10:
        return known.step
    return math.gcd(known.step, int(rounding)) if len(set(known.sizes)) >= FEWEST else 0


def _amounts(index: Index, fact: Fact, key: Quantity) -> Iterator[Decimal]:
    """Rounded as the key is, 9.52 beside 11.86, or else one place more exactly: beside 100 also
    80."""
    sign = 1 if key.amount > 0 else -1
    places = [key.rounding, key.rounding / 10] if key.rounding > 1 else [key.rounding]
    figured = scales(index).counts_figures(fact)
    for place in places:
        units = int(abs(key.amount) / place)
        near = _by_units(units) if units <= _FEW else _by_share(fact, units)
        for one in (*near, *_just_past(index, fact, place), *_just_short(index, fact, place)):
            yield sign * (_figured(fact, one * place, key) if figured else one * place)


def _just_past(index: Index, fact: Fact, place: Decimal) -> Iterator[int]:
    """A little more than the greatest that the relation tells, or than the key."""
    told, size = scales(index).reach(fact), float(fact.quantity().amount)
    if told is None:
        return
    step = max(1, int(_common_step(index, fact) / place))
    gap = max(OUTSIDE_APART, least_gap(fact.quantity()))
    for at in range(3):
        past = 1 + gap + 0.01 * (1 + (chance("past", fact.uid) + at) % 3)
        for most in (abs(told[size >= 0]), abs(size)):
            units = round(most * past / float(place))
            yield units - units % step if step > 1 else _unround(units)


def _just_short(index: Index, fact: Fact, place: Decimal) -> Iterator[int]:
    """A little less than the least of a part: a third less is another, as green is beside red."""
    told, size = scales(index).reach(fact), float(fact.quantity().amount)
    if told is None or size <= 0 or scales(index).around_part(fact) is None:
        return
    gap = max(OUTSIDE_APART, least_gap(fact.quantity()))
    for at in range(3):
        short = 1 + gap + 0.01 * (1 + (chance("short", fact.uid) + at) % 3)
        yield _unround(round(told[0] / short / float(place)))


def _figured(fact: Fact, amount: Decimal, key: Quantity) -> Decimal:
    """With as many figures as a key that has decimals: 5.93 beside 11.3, which says how exactly."""
    lacking = len(key.amount.as_tuple().digits) - len(amount.as_tuple().digits)
    if key.rounding >= 1 or not lacking:
        return amount
    last = Decimal(1).scaleb(amount.adjusted() + 1 - len(key.amount.as_tuple().digits))
    if lacking < 0:
        return amount.quantize(last)
    return amount + last * (1 + chance("figures", fact.uid, str(amount)) % 9)


def _by_units(units: int) -> Iterator[int]:
    for away in range(1, 2 * units + 1):
        yield from (one for one in (units + away, units - away) if one > 0)


def _by_share(fact: Fact, units: int) -> Iterator[int]:
    for step in _TIMES:
        yield _unround(round(units * _about(fact, step, "up")))
        yield _unround(round(units / _about(fact, step, "down")))


def _unround(units: int) -> int:
    """Not rounder than the key."""
    return units if units % 10 else units + 3


# Dates


def _dates(index: Index, fact: Fact) -> Iterator[str]:
    """None after the deck's last: it may be of yesterday, and what is to come is no answer."""
    last = scales(index).last
    for value in _moved(fact, fact.span()):
        try:
            span = parse_span(value)
        except BadValue:
            continue
        if span.last is None or span.last <= last:
            yield value


def _moved(fact: Fact, span: Span) -> Iterator[str]:
    mark = span.text[-1] if span.text[-1:] in ("~", "?", "%") else ""
    text = span.text.removesuffix(mark)
    first, slash, last = text.partition("/")
    ends = [first, last] if slash else [text]
    kinds = {parse_span(end).granularity for end in ends if end not in ("", "..")}
    if len(kinds) != 1 or any(end[-1:] in "~?%" for end in ends if end):
        return
    kind = kinds.pop()
    whole, said = _in_wholes(kind, ends)
    days = {text[-2:]}
    for steps in _steps(fact, whole, said):
        for sign in (1, -1):
            alone = not slash and whole == kind
            away = _to_another_day(text, sign, steps, days) if alone else steps
            moved = [end for one in said if (end := _move(one, sign * away)) is not None]
            if len(moved) == len(said):
                yield "/".join(moved if whole == kind else _to_the_end(moved, kind)) + mark


def _to_another_day(text: str, sign: int, steps: int, days: set[str]) -> int:
    """Some days further where one of another month bears the same number: beside three twelfths
    the 27th stands out. `days` are the numbers that there are, and are added to."""
    if parse_span(text).granularity != "day":
        return steps
    for away in range(steps, steps + 25, _OTHER_DAY):
        moved = _move(text, sign * away)
        if moved and moved[-2:] not in days:
            days.add(moved[-2:])
            return away
    return steps


def _in_wholes(kind: str, ends: list[str]) -> tuple[str, list[str]]:
    """An interval of whole years said in years, one of whole months, and the first of a month, in
    months: moved by days, the key alone would begin on a first and end on a last of the month."""
    if kind == "day" and len(ends) == 1 and ends[0].endswith("-01"):
        return "month", [ends[0].removesuffix("-01")]
    if kind in ("day", "month") and len(ends) == 2 and all(end[:4].isdigit() for end in ends):
        first, last = parse_span(ends[0]).low, parse_span(ends[1]).high
        for whole, length in _LENGTHS.items():
            said = [end[:length] for end in ends]
            if (parse_span(said[0]).low, parse_span(said[1]).high) == (first, last):
                return whole, said
    return kind, ends


def _to_the_end(ends: list[str], kind: str) -> list[str]:
    """From the first day, or month, of the one to the last of the other, if there are two."""
    days = (parse_span(ends[0]).low, parse_span(ends[-1]).high)[: len(ends)]
    return [f"{year:04}-{month:02}-{day:02}"[: _LENGTHS[kind]] for year, month, day in days]


def _steps(fact: Fact, kind: str, ends: list[str]) -> Iterator[int]:
    """How far to move: past its own length where it is a stretch of time."""
    steps = {"day": _DAYS, "month": _MONTHS, "year": _YEARS}.get(kind, _UNITS)
    spare = _long(kind, ends)
    for step in steps:
        yield spare + (step if steps is _UNITS else max(1, round(_about(fact, step))))


def _long(kind: str, ends: list[str]) -> int:
    if len(ends) == 1 or not all(end not in ("", "..") for end in ends):
        return 0
    first, last = (parse_span(end).low for end in ends)
    months = (last[0] - first[0]) * 12 + last[1] - first[1]
    match kind:
        case "day":
            return months * 30 + last[2] - first[2]
        case "month":
            return months
        case "season":
            return months // 3
        case _:
            return (last[0] - first[0]) // _YEARS_LONG[kind]


def _move(end: str, steps: int) -> str | None:
    """A date so many of its own units later; None where the calendar has none."""
    if end in ("", ".."):
        return end
    span = parse_span(end)
    year, month, day = span.low
    match span.granularity:
        case "day":
            return _day(year, month, day, steps)
        case "month":
            year, month = divmod(year * 12 + month - 1 + steps, 12)
            return f"{year:04}-{month + 1:02}" if year > 0 else None
        case "season":
            year, season = divmod(int(end[:4]) * 4 + int(end[-2:]) - 21 + steps, 4)
            return f"{year:04}-{season + 21}" if year > 0 else None
        case kind:
            return _years_on(kind, year, steps)


def _day(year: int, month: int, day: int, steps: int) -> str | None:
    try:
        return (date(year, month, day) + timedelta(days=steps)).isoformat()
    except (ValueError, OverflowError):
        return None


def _years_on(kind: str, year: int, steps: int) -> str | None:
    year += steps * _YEARS_LONG[kind]
    if not 0 < year < 10_000:
        return None
    return (
        f"{year:04}"[: {"year": 4, "decade": 3, "century": 2}[kind]]
        + {
            "year": "",
            "decade": "X",
            "century": "XX",
        }[kind]
    )
