"""The deck's dates and figures in order of size: where wrong answers near a right one are found."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache

from questions.domain.counting import says_fewer
from questions.domain.facts import Fact, Relation, ValueKind, Vocabulary
from questions.domain.generation import likeness
from questions.domain.generation.index import Index, grouped
from questions.domain.generation.kept import kept
from questions.domain.generation.powers import common_ratio
from questions.domain.span_pairs import spans_follow
from questions.domain.values import (
    Day,
    Quantity,
    Span,
    marked_alike,
    middle_of,
    parse_quantity,
    parse_span,
    quantities_agree,
    say_date,
    say_quantity,
    unmarked,
)

EACH_WAY = 14
MOST_TIMES = 3
APART, EXACT_APART, OUTSIDE_APART = 0.15, 0.025, 0.06
"""Share by which figures must differ."""
EXACT = 3
"""Figures that count from which on one is not merely rounded."""
TELLING = 3
"""Figures of a relation from which to tell how far it goes."""
SERIES = 5
"""From so many subjects on a relation's dates are rivals, however many years apart."""
_BEYOND = 1e200
MONTHS_AWAY = 0.6
"""Of a year: so far a wrong date may lie from one that is told to the day or month."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Facts in order of size; `step`, what all of them are multiples of, 0 if not all are whole;
    `ratio`, of what their quotients are powers, 0 if of nothing in common."""

    sizes: tuple[float, ...]
    facts: tuple[Fact, ...]
    step: int
    ratio: int

    def around(self, size: float, count: int) -> Iterator[Fact]:
        """The nearest on both sides, alternating."""
        up = bisect_left(self.sizes, size)
        down = up - 1
        for _ in range(count):
            if up < len(self.facts):
                yield self.facts[up]
            if down >= 0:
                yield self.facts[down]
            up, down = up + 1, down - 1


class Scales:
    """The deck's dates by look and its figures by unit, for all relations and for each."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._series: dict[tuple[str, str, int], frozenset[str]] = {}
        self._exact: dict[tuple[str, ...], frozenset[str]] = {}
        self._counting: dict[tuple[str, ...], bool] = {}
        facts = [fact for fact in index.deck.facts if fact.askable]
        dates = [fact for fact in facts if index.kind(fact) is ValueKind.DATE]
        numbers = [fact for fact in facts if index.kind(fact) is ValueKind.NUMBER]
        self._dates = _scales(dates, lambda fact: (look(fact.span()),), date_size)
        self._dates |= _scales(dates, lambda fact: (look(fact.span()), fact.relation), date_size)
        self._numbers = _scales(numbers, self._unit, number_size)
        self._numbers |= _scales(numbers, lambda f: (*self._unit(f), f.relation), number_size)
        self._numbers |= _scales(numbers, self._said_alike, number_size)

    def _unit(self, fact: Fact) -> tuple[str, ...]:
        """Bare numbers are of a kind only within their relation; ratios and ranges stay apart."""
        unit, shape = self.index.deck.unit_of(fact), fact.quantity().shape
        return (unit or f" {fact.relation}", shape if shape in ("ratio", "range") else "")

    def _said_alike(self, fact: Fact) -> tuple[str, ...]:
        """A peak "in the red part" is no measure of those in the blue."""
        kinds = self.index.relation(fact).qualifiers
        texts = (f"{name}: {said}" for name, said in fact.qualifiers if kinds.get(name) == "text")
        return (*self._unit(fact), fact.relation, "said", *texts)

    @cached_property
    def last(self) -> Day:
        """The latest day of which the deck speaks, be it in a fact that it has put aside."""
        facts = (one for one in self.index.deck.facts if self.index.kind(one) is ValueKind.DATE)
        return max((end for fact in facts if (end := fact.span().last)), default=(1, 1, 1))

    def known(self, fact: Fact) -> Scale:
        """The figures of a fact's own relation."""
        return self._numbers.get((*self._unit(fact), fact.relation)) or _scale([fact], number_size)

    def exact(self, fact: Fact) -> frozenset[str]:
        """The figures of a fact's relation that are marked as exact."""
        name = (*self._unit(fact), fact.relation)
        if name not in self._exact:
            facts = self.known(fact).facts
            self._exact[name] = frozenset(one.value for one in facts if one.exact)
        return self._exact[name]

    def counts_figures(self, fact: Fact) -> bool:
        """Whether all of a relation's figures have as many: 2.70 beside 11.3."""
        name = (*self._unit(fact), fact.relation)
        if name not in self._counting:
            facts = self.known(fact).facts
            digits = {len(one.quantity().amount.as_tuple().digits) for one in facts}
            self._counting[name] = len(digits) == 1 < len(facts)
        return self._counting[name]

    def reach(self, fact: Fact) -> tuple[float, float] | None:
        """How far a fact's figure may go by what the deck tells: as its relation's figures do, and
        those of its unit that may stand beside it; or as those of like texts if no others lie
        between. None if too few could tell."""
        known = self.known(fact)
        if len(known.sizes) < TELLING:
            return None
        if part := self._part(fact):
            return part
        size, every = number_size(fact), self._numbers.get(self._unit(fact), known).sizes
        low, high = known.sizes[0], known.sizes[-1]
        start, end = bisect_left(every, size / MOST_TIMES), bisect_right(every, size * MOST_TIMES)
        return (min(low, every[start]), max(high, every[end - 1])) if start < end else (low, high)

    def _part(self, fact: Fact) -> tuple[float, float] | None:
        """From where to where figures of like texts go, if others of the relation lie beside them
        and none between."""
        known = self.known(fact)
        alike = self._numbers.get(self._said_alike(fact), known)
        first, last = alike.sizes[0], alike.sizes[-1]
        between = bisect_right(known.sizes, last) - bisect_left(known.sizes, first)
        return (first, last) if 1 < len(alike.sizes) == between < len(known.sizes) else None

    def around_part(self, fact: Fact) -> tuple[float, float] | None:
        """What lies beside a part, and nearer to it than to the others of its relation."""
        part, sizes = self._part(fact), self.known(fact).sizes
        if part is None:
            return None
        first, last = part
        under, over = bisect_left(sizes, first), bisect_right(sizes, last)
        low = (first + sizes[under - 1]) / 2 if under else float("-inf")
        high = (last + sizes[over]) / 2 if over < len(sizes) else float("inf")
        return low, high

    def has_parts(self, fact: Fact) -> bool:
        return self._part_of_subject(fact) is not None

    def is_of_other_part(self, fact: Fact, value: str) -> bool:
        """Whether a figure is one of the relation's, but of another part than this one, where the
        subject has parts: a peak in the blue."""
        part = self._part_of_subject(fact)
        if part is None:
            return False
        size, sizes = float(parse_quantity(value).amount), self.known(fact).sizes
        at = bisect_left(sizes, size)
        return not part[0] <= size <= part[1] and at < len(sizes) and sizes[at] == size

    def _part_of_subject(self, fact: Fact) -> tuple[float, float] | None:
        """Its part, if the deck tells of others of the same subject."""
        kinds = self.index.relation(fact).qualifiers
        if not any(kinds.get(name) == "text" for name, _ in fact.qualifiers):
            return None
        unit, said = self._unit(fact), self._said_alike(fact)
        for one in self.index.of(fact.about, fact.relation):
            if one.askable and self._said_alike(one) != said and self._unit(one) == unit:
                return self._part(fact)
        return None

    def series(self, fact: Fact, least: int = SERIES) -> frozenset[str]:
        """The dates of a fact's relation and look, if it tells enough subjects' to compare."""
        kind = (look(fact.span()), fact.relation)
        if (*kind, least) not in self._series:
            facts = self._dates[kind].facts if kind in self._dates else ()
            enough = len({one.about for one in facts}) >= least
            self._series[*kind, least] = frozenset(unmarked(one.value) for one in facts if enough)
        return self._series[*kind, least]

    def near(
        self, fact: Fact, size: float | None = None, each_way: int = EACH_WAY
    ) -> Iterator[Fact]:
        """Facts with values near this one's, or near another size, that may stand beside it; those
        of its own relation first."""
        known, key = self._of_its_kind(fact)
        if size is None:
            size = date_size(fact) if known is self._dates else number_size(fact)
        for name in ((*key, fact.relation), key):
            if name in known:
                yield from known[name].around(size, each_way)

    def _of_its_kind(self, fact: Fact) -> tuple[dict[tuple[str, ...], Scale], tuple[str, ...]]:
        if self.index.kind(fact) is ValueKind.DATE:
            return self._dates, (look(fact.span()),)
        return self._numbers, self._unit(fact)

    def having(self, fact: Fact, value: str) -> Fact | None:
        """Another fact that has a value, as it is offered beside this one's."""
        if self.index.kind(fact) is ValueKind.DATE:
            size = middle_of(value)
        else:
            size = float(parse_quantity(value).amount)
        beside = (other for other in self.near(fact, size) if other.value != fact.value)
        return next((one for one in beside if offered(self.index, fact, one) == value), None)


def _scales(
    facts: Iterable[Fact], key: Callable[[Fact], tuple[str, ...]], size: Callable[[Fact], float]
) -> dict[tuple[str, ...], Scale]:
    scales = {}
    for name, members in grouped(facts, key).items():
        scales[name] = _scale(members, size)
    return scales


def _scale(facts: Iterable[Fact], size: Callable[[Fact], float]) -> Scale:
    sized = sorted(((size(fact), fact) for fact in facts), key=lambda one: (one[0], one[1].uid))
    sizes = tuple(one for one, _ in sized)
    whole = all(one.is_integer() for one in sizes)
    step = math.gcd(*map(int, sizes)) if whole else 0
    return Scale(sizes, tuple(fact for _, fact in sized), step, common_ratio(sizes) if step else 0)


def scales(index: Index) -> Scales:
    return kept(index, Scales)


def date_size(fact: Fact) -> float:
    return middle_of(fact.value)


def number_size(fact: Fact) -> float:
    return float(fact.quantity().amount)


def near_in_time(key: str, other: str) -> bool:
    """Whether a date told to the day or month is wrong by no more than some months (beyond its
    own length), or is the term before or after: of dates years apart whoever knows the year needs
    to know nothing else."""
    one, two = parse_span(key), parse_span(other)
    if not {"day", "month"} & set(look(one).split("/")) or spans_follow(one, two):
        return True
    long = _years(one)[1] - _years(one)[0] if "/" in one.text else 0.0
    return abs(one.middle - two.middle) <= MONTHS_AWAY + long / 2


def told_by_year(index: Index, fact: Fact, value: str) -> bool:
    """Whether the year alone rules a date out: not where it is another subject's, of a relation
    whose dates are learnt beside each other, as states' days of independence are."""
    return not near_in_time(fact.value, value) and unmarked(value) not in scales(index).series(fact)


def in_era(index: Index, fact: Fact, value: str, slack: float = 1.0) -> bool:
    """Whether a date lies in the subject's time. Where the right date is the first or last that is
    known of the subject, some years beyond it are as likely; `slack` times as many are let pass.
    So is the term before or after the right one."""
    if spans_follow(fact.span(), parse_span(value)):
        return True
    first, last = index.era(fact.about) or fact.span().years
    margin, (low, high) = int(slack * index.margins[fact.relation]), fact.span().years
    around = (first if first < low else low - margin, last if last > high else high + margin)
    return around[0] <= parse_span(value).years[0] and parse_span(value).years[1] <= around[1]


@lru_cache(maxsize=100_000)
def look(span: Span) -> str:
    """What a date looks like: options of another granularity stand out. Of an interval, what its
    two ends look like."""
    if span.granularity != "interval":
        return span.granularity
    if "/" not in span.text:
        return "interval"
    ends = (end.replace("..", "") for end in span.text.split("/")[:2])
    return "/".join(parse_span(end).granularity if end else "" for end in ends)


def extent(kind: ValueKind, value: str, factor: float = 1.0) -> tuple[float, float] | None:
    """From where to where a date (in years) or figure reaches; two that may agree overlap.
    `factor` makes a figure's unit the one that it is compared in."""
    if kind is ValueKind.DATE:
        return _years(parse_span(value))
    if kind is not ValueKind.NUMBER:
        return None
    low, high = _reach(parse_quantity(value))
    return low * factor, high * factor


def reach_of(vocabulary: Vocabulary, key: str, value: str, unit: str) -> tuple[float, float] | None:
    """From where to where a relation's value lies, in the unit that its own converts to; nothing
    of what has no scale."""
    relation = vocabulary.relations[key]
    own = unit if relation.unit in ("", "any") else relation.unit
    return extent(relation.value, value, _factor(vocabulary, own))


def _factor(vocabulary: Vocabulary, unit: str) -> float:
    found = vocabulary.units.get(unit)
    return float(Fraction(found.factor)) if found and found.base else 1.0


def _years(span: Span) -> tuple[float, float]:
    """An approximate date may lie as much again before and after."""
    low, high = (y + (m - 1) / 12 + (d - 1) / 372 for y, m, d in (span.low, span.high))
    spare = high - low + 0.1 if span.approximate else 0.0
    return low - spare, high + spare


def _reach(quantity: Quantity) -> tuple[float, float]:
    amount, other = float(quantity.amount), float(quantity.other or 1)
    match quantity.shape:
        case "over":
            return amount, _BEYOND
        case "under":
            return -_BEYOND, amount
        case "range":
            return amount, other
        case "ratio":
            return amount / (other or 1), amount / (other or 1)
        case "about":
            half = float(quantity.rounding) / 2
            return amount - half, amount + half
        case _:
            return amount, amount


def in_shape(quantity: Quantity, value: str) -> str:
    """Another figure said as the key is: with its "about" or "more than"."""
    mark = {"about": "~", "over": ">", "under": "<"}.get(quantity.shape, "")
    return value if value[:1] == mark else mark + value.lstrip("~<>")


def offered(index: Index, fact: Fact, other: Fact) -> str:
    """Another fact's date or figure, as it stands beside this one's: with its "about" or not."""
    if index.kind(fact) is ValueKind.NUMBER:
        return in_shape(fact.quantity(), other.value)
    return marked_alike(fact.value, other.value)


def rounded_alike(one: Quantity, two: Quantity) -> bool:
    """Same significant figures, or last figures at most one place apart: 33,000 and 30,000, not
    33,000 and 20,302."""
    if one.significant_figures == two.significant_figures:
        return True
    places = (one.rounding, two.rounding)
    return max(places) / min(places) <= 10


def within_range(key: Quantity, other: Quantity, away: float | None = None) -> bool:
    """A third to three times a fact's figure, and far enough away; of ranges at both of their ends,
    and at one of them."""
    times = [_times(one, two) for one, two in _ends(key, other)]
    return 1 + (least_gap(key) if away is None else away) <= max(times) <= MOST_TIMES


def _ends(one: Quantity, two: Quantity) -> list[tuple[float, float]]:
    """The figures to compare, a range's ends each with the other's."""
    pairs = [(one.amount, two.amount)]
    if one.shape == two.shape == "range":
        pairs.append((one.other or Decimal(0), two.other or Decimal(0)))
    return [(float(first), float(second)) for first, second in pairs]


def _times(one: float, two: float) -> float:
    if one == two:
        return 1.0
    return max(one / two, two / one) if one * two > 0 else math.inf


def apart(one: Quantity, two: Quantity, away: float = APART) -> bool:
    return any(_times(*ends) >= 1 + away for ends in _ends(one, two))


def stand_apart(relation: Relation, one: Quantity, two: Quantity, away: float) -> bool:
    """Whether two wrong figures may stand side by side: of ranges neither within the other, unless
    they tell their limits."""
    if one.shape == two.shape == "range" and not relation.limits and quantities_agree(one, two):
        return False
    return apart(one, two, away)


def least_gap(key: Quantity) -> float:
    """Of exact figures also near ones are others: 46 chromosomes, not 48. Worked-out ones keep
    their distance all the same."""
    exact = key.significant_figures >= EXACT or key.rounding <= 1
    return EXACT_APART if key.shape in ("plain", "range") and exact else APART


def spare_gap(index: Index, fact: Fact, size: float) -> float:
    """Share by which a worked-out figure must differ from others: beyond the greatest that the
    relation tells, or short of the least of a part, there is little room."""
    told = scales(index).reach(fact)
    if told is None:
        return APART
    short = size < told[0] and scales(index).around_part(fact) is not None
    if not short and abs(size) <= abs(told[size >= 0]):
        return APART
    return max(OUTSIDE_APART, least_gap(fact.quantity()))


def scale_likeness(index: Index, fact: Fact, other: Fact) -> float:
    return size_likeness(index, fact, other.value, likeness.same_relation(fact, other))


def size_likeness(index: Index, fact: Fact, value: str, alike: float) -> float:
    """Of a date or figure; `alike` is how like what it is said of is."""
    if index.kind(fact) is ValueKind.DATE:
        away = abs(date_size(fact) - parse_span(value).middle) / index.margins[fact.relation]
    else:
        sizes = sorted((abs(number_size(fact)), abs(float(parse_quantity(value).amount))))
        away = math.log(sizes[1] / sizes[0]) if sizes[0] else 9.0
    return (alike + 1 / (1 + away)) / 2


def value_text(index: Index, fact: Fact, value: str) -> str:
    """An option's text. Entities stand without their article."""
    match index.kind(fact):
        case ValueKind.ENTITY:
            return index.entity(value).name
        case ValueKind.DATE:
            return _date_text(value)
        case ValueKind.NUMBER:
            return _number_text(index, fact, parse_quantity(value))
        case _:
            return value


def _number_text(index: Index, fact: Fact, quantity: Quantity) -> str:
    deck, relation = index.deck, index.relation(fact)
    fewer = says_fewer(quantity, relation, deck.unit_of(fact), deck.vocabulary)
    return say_quantity(quantity, fewer=fewer)


@lru_cache(maxsize=100_000)
def _date_text(value: str) -> str:
    return say_date(parse_span(value))
