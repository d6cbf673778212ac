"""What a fact's value can be — spans of time and quantities — and how they read in English."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import Any, Literal

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

Day = tuple[int, int, int]
Granularity = Literal["day", "month", "season", "year", "decade", "century", "interval"]

_PLAIN = re.compile(r"(-?\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([?~%]?)", re.ASCII)
_ROUNDED = re.compile(r"(\d{3}|\d{2}X)X([?~%]?)", re.ASCII)
_SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
# Northern meteorological seasons (EDTF leaves them open); winter runs into the next year.
_SEASON_MONTHS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}
_UNCERTAIN = "?~%"
_UNBOUNDED: Day = (10**12, 12, 31)


class BadValue(ValueError):
    """A value not written as its kind asks; the message says what would be right."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of days, both ends included, as (year, month, day); None is an open end.

    Tuples, not `datetime.date`: decks may reach before the year 1.
    """

    first: Day | None
    last: Day | None
    granularity: Granularity
    approximate: bool
    text: str

    @property
    def low(self) -> Day:
        return self.first or (-_UNBOUNDED[0], 1, 1)

    @property
    def high(self) -> Day:
        return self.last or _UNBOUNDED

    def contains(self, other: Span) -> bool:
        return self.low <= other.low and other.high <= self.high

    def overlaps(self, other: Span) -> bool:
        return self.low <= other.high and other.low <= self.high

    def same_days(self, other: Span) -> bool:
        return (self.first, self.last) == (other.first, other.last)

    def widened(self) -> Span:
        """With a day, month, season, year … more at each end if it is marked as approximate."""
        if not self.approximate:
            return self
        if self.granularity == "interval" and "/" not in self.text:
            return self  # such as 1985~-04, of which only a part is marked
        if self.granularity != "interval":
            return _one_more(self)
        first, last = ends_of(self)
        return replace(
            self,
            first=first.widened().first if first else None,
            last=last.widened().last if last else None,
        )

    def before(self, other: Span) -> bool:
        return self.high < other.low

    @property
    def middle(self) -> float:
        """In years, for closeness only; an open end counts as the closed one."""
        ends = [end for end in (self.first, self.last) if end] or [(0, 1, 1)]
        return sum(y + (m - 1) / 12 + (d - 1) / 365 for y, m, d in ends) / len(ends)

    @property
    def years(self) -> tuple[int, int]:
        ends = [end[0] for end in (self.first, self.last) if end] or [0]
        return ends[0], ends[-1]

    @property
    def reach(self) -> tuple[int, int]:
        """The same, but that an open end lies as far off as can be."""
        return self.low[0], self.high[0]


@lru_cache(maxsize=200_000)
def parse_span(text: str) -> Span:
    """Read EDTF. Raises BadValue, whose message says what would be right.

    The common forms are read here, the rest by the edtf library, which takes milliseconds.
    """
    first, slash, last = text.partition("/")
    if slash:
        return _interval(text, first, last)
    return _plain(text) or _rounded(text) or _by_library(text)


@lru_cache(maxsize=200_000)
def middle_of(text: str) -> float:
    """A date's `middle`, which lists of dates are put in order by."""
    return parse_span(text).middle


def _interval(text: str, first: str, last: str) -> Span:
    start = _plain(first) if first not in ("", "..") else None
    end = _plain(last) if last not in ("", "..") else None
    if (start is None and first not in ("", "..")) or (end is None and last not in ("", "..")):
        return _by_library(text)
    if start is None and end is None:
        raise BadValue(f"“{text}” has no closed end; write at least one, such as 1937/..")
    span = Span(
        start.first if start else None,
        end.last if end else None,
        "interval",
        any(part.approximate for part in (start, end) if part),
        text,
    )
    if span.low > span.high:
        raise BadValue(f"“{text}” ends before it begins; write the earlier date first")
    return span


def _plain(text: str) -> Span | None:
    match = _PLAIN.fullmatch(text)
    if not match:
        return None
    year, approximate = int(match[1]), match[4] != ""
    if match[2] is None:
        return Span((year, 1, 1), (year, 12, 31), "year", approximate, text)
    month = int(match[2])
    if match[3] is None and month in _SEASONS:
        return _season(text, year, month, approximate)
    if not 1 <= month <= 12:
        raise BadValue(f"“{text}” has no month {match[2]}; months are 01 to 12, seasons 21 to 24")
    length = _days_in(year, month)
    if match[3] is None:
        return Span((year, month, 1), (year, month, length), "month", approximate, text)
    day = int(match[3])
    if not 1 <= day <= length:
        name = calendar.month_name[month]
        raise BadValue(f"“{text}” does not exist; {name} {year} has {length} days")
    return Span((year, month, day), (year, month, day), "day", approximate, text)


def _rounded(text: str) -> Span | None:
    """A decade or century."""
    match = _ROUNDED.fullmatch(text)
    if not match:
        return None
    granularity: Granularity = "century" if match[1].endswith("X") else "decade"
    first, last = (int(match[1].replace("X", digit) + digit) for digit in "09")
    return Span((first, 1, 1), (last, 12, 31), granularity, match[2] != "", text)


def _days_in(year: int, month: int) -> int:
    return calendar.monthrange(year if year > 0 else 2000 + year % 400, month)[1]


_MONTHS_IN = {"month": 1, "season": 3, "year": 12, "decade": 120, "century": 1200}


def _one_more(span: Span) -> Span:
    first, last = span.low, span.high
    if span.granularity == "day":
        return replace(span, first=_day_before(first), last=day_after(last))
    months = _MONTHS_IN[span.granularity]
    start, end = _months_on(first, -months), _months_on(last, months)
    return replace(span, first=(*start, 1), last=(*end, _days_in(*end)))


def _day_before(day: Day) -> Day:
    before = _months_on(day, -1)
    return (*day[:2], day[2] - 1) if day[2] > 1 else (*before, _days_in(*before))


def day_after(day: Day) -> Day:
    return (*day[:2], day[2] + 1) if day[2] < _days_in(*day[:2]) else (*_months_on(day, 1), 1)


def _months_on(day: Day, months: int) -> tuple[int, int]:
    year, month = divmod(day[0] * 12 + day[1] - 1 + months, 12)
    return year, month + 1


def _season(text: str, year: int, season: int, approximate: bool) -> Span:
    first, last = _SEASON_MONTHS[season]
    end_year = year + (last < first)
    length = _days_in(end_year, last)
    return Span((year, first, 1), (end_year, last, length), "season", approximate, text)


def _by_library(text: str) -> Span:
    try:
        parsed = parse_edtf(text)
        first, last = _end(parsed.lower_strict()), _end(parsed.upper_strict())
    except (EDTFParseException, ValueError, TypeError, AttributeError) as error:
        raise BadValue(
            f"“{text}” is not an EDTF date; write 1941-04-13, 1941-04, 1941, 1939-22 (summer), "
            "193X, 1938-07-29/1938-08-11 or 1937/.."
        ) from error
    if text[:1] in "[{":
        raise BadValue(f"“{text}” is a set of dates; state one fact for each, with its source")
    digits = text.rstrip("?~%")
    granularity: Granularity = "interval"
    if re.fullmatch(r"-?\d{3}X", digits):
        granularity = "decade"
    elif re.fullmatch(r"-?\d{2}XX", digits):
        granularity = "century"
    elif re.fullmatch(r"Y-?\d+", digits):
        granularity = "year"
    return Span(first, last, granularity, text.endswith(("?", "~", "%")), text)


def _end(moment: Any) -> Day | None:
    if isinstance(moment, float):  # the library's infinity
        return None
    return int(moment[0]), int(moment[1]), int(moment[2])


def ends_of(span: Span) -> tuple[Span | None, Span | None]:
    """Where it begins and where it ends; None where that is open."""
    first, slash, last = span.text.partition("/")
    if not slash:
        return span, span
    return parse_span(first) if span.first else None, parse_span(last) if span.last else None


def say_date(span: Span) -> str:
    """'13 April 1941', 'summer 1939', '29 July to 11 August 1938', 'about 1939'."""
    if span.granularity == "interval":
        return _say_interval(span)
    return _about(span) + _say_point(span)


def say_when(span: Span) -> str:
    """The same with the preposition it wants: 'on …', 'in …', 'from … to …', 'from … on'."""
    said = say_date(span)
    if span.granularity != "interval":
        return f"{_on(said) if span.granularity == 'day' else 'in'} {said}"
    if "/" not in span.text and " to " not in said:
        return f"{_on(said) if span.first == span.last else 'in'} {said}"
    if span.first and span.last is None:
        return f"from {say_date(parse_span(span.text.partition('/')[0]))} on"
    return f"from {said}" if span.first else said


def _on(said: str) -> str:
    return "on or" if said.startswith("about ") else "on"


def marked_alike(key: str, other: str) -> str:
    """Another date with the key's marks: beside “about 1771” none stands without “about”."""
    ends, marked = unmarked(other).split("/"), key.split("/")
    if len(ends) != len(marked):
        return other
    marks = [end[len(end.rstrip(_UNCERTAIN)) :] for end in marked]
    pairs = zip(ends, marks, strict=True)
    return "/".join(end + mark * (end not in ("", "..")) for end, mark in pairs)


def unmarked(date: str) -> str:
    return "/".join(end.rstrip(_UNCERTAIN) for end in date.split("/"))


def _about(span: Span) -> str:
    return "about " if span.approximate else ""


def _say_point(span: Span) -> str:
    assert span.first is not None
    year, month, day = span.first
    match span.granularity:
        case "day":
            return f"{day} {calendar.month_name[month]} {_say_year(year)}"
        case "month":
            return f"{calendar.month_name[month]} {_say_year(year)}"
        case "season":
            return f"{_SEASONS[int(span.text.rstrip(_UNCERTAIN)[-2:])]} {_say_year(year)}"
        case "decade":
            return f"the {_say_year(year)}s"
        case "century":
            return f"the {year}s"
        case _:
            return _say_year(year)


def _say_year(year: int) -> str:
    return f"{1 - year} BC" if year < 1 else str(year)


def _say_interval(span: Span) -> str:
    """One "about" before the first end is said of both."""
    first, slash, last = span.text.partition("/")
    if not slash:
        return _say_odd(span)
    if span.first is None:
        return f"until {say_date(parse_span(last))}"
    if span.last is None:
        return f"since {say_date(parse_span(first))}"
    start, end = parse_span(first), parse_span(last)
    said = _shortened(start, end)
    late = "" if start.approximate else _about(end)
    return f"{_about(start)}{said} to {late}{_say_point(end)}"


def _say_odd(span: Span) -> str:
    """What EDTF says in other ways: 1985~-04, a month of which the year is marked, or 1985-XX."""
    about = "about " if set(_UNCERTAIN) & set(span.text) else ""
    if span.first is None or span.last is None:
        return about + span.text
    common = [one == other for one, other in zip(span.first, span.last, strict=True)]
    if not common[0]:
        return f"{about}{_say_year(span.first[0])} to {_say_year(span.last[0])}"
    whole: Granularity = "day" if all(common) else "month" if common[1] else "year"
    return about + _say_point(replace(span, granularity=whole))


def _shortened(start: Span, end: Span) -> str:
    """Without the year, or month and year, that its end says as well."""
    said = _say_point(start)
    if start.granularity == end.granularity and start.years == end.years:
        if start.granularity in ("day", "month"):
            said = said.rsplit(" ", 1)[0]
        if start.granularity == "day" and start.low[1] == end.low[1]:
            said = said.split(" ")[0]
    return said


Shape = Literal["plain", "about", "over", "under", "ratio", "range"]

_DIGITS = r"-?\d+(?:\.\d+)?"
_QUANTITY = re.compile(
    rf"(?P<mark>[~<>]?)(?P<amount>{_DIGITS})(?:(?P<join>:|\.\.)(?P<other>{_DIGITS}))?", re.ASCII
)
_MARKS: dict[str, Shape] = {"": "plain", "~": "about", ">": "over", "<": "under"}
_JOINS: dict[str, Shape] = {":": "ratio", "..": "range"}
SIGNS = "~<>"
"""What a figure may begin with: about, less than, more than."""
MAX_DIGITS = 40


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as a source gives it; `other` is a ratio's second term or a range's upper end."""

    amount: Decimal
    other: Decimal | None
    shape: Shape
    text: str

    @property
    def place(self) -> tuple[float, float]:
        """Among others by size: a range by its lower end, then by its upper one."""
        return float(self.amount), float(self.other if self.other is not None else self.amount)

    @property
    def rounding(self) -> Decimal:
        """The place it is rounded to, read off its trailing zeros: 33000 → 1000, 4.4 → 0.1."""
        exponent = self.amount.as_tuple().exponent
        assert isinstance(exponent, int)
        if exponent < 0 or not self.amount:
            return Decimal(1).scaleb(exponent)
        text = str(abs(self.amount))
        return Decimal(10) ** (len(text) - len(text.rstrip("0")))

    @property
    def looks_exact(self) -> bool:
        """Round figures (two trailing zeros or more) and marked ones are taken as rounded."""
        return self.shape == "plain" and self.rounding < 100

    @property
    def significant_figures(self) -> int:
        return len(str(abs(self.amount)).replace(".", "").strip("0")) or 1


@lru_cache(maxsize=200_000)
def parse_quantity(text: str) -> Quantity:
    """Raises BadValue, whose message says what would be right."""
    match = _QUANTITY.fullmatch(text) if len(text) <= MAX_DIGITS else None
    if not match or (match["join"] and match["mark"]):
        raise BadValue(
            f"“{text[:60]}” is not a number; write digits alone (20302, 4.4), or "
            "~20 (about), >1000000 (more than), <5 (less than), 2:1 (ratio), 25000..30000 (range)"
        )
    other = Decimal(match["other"]) if match["other"] else None
    shape = _JOINS[match["join"]] if match["join"] else _MARKS[match["mark"]]
    return Quantity(Decimal(match["amount"]), other, shape, text)


_ANY_FIGURES = Context(prec=200)


def decimals_of(amount: Decimal) -> int:
    exponent = amount.as_tuple().exponent
    assert isinstance(exponent, int)
    return max(0, -exponent)


def round_half_up(amount: Decimal, decimals: int) -> Decimal:
    """As a printed table rounds: 78.5 to 79, and -78.5 to -79."""
    return amount.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _ANY_FIGURES)


def say_quantity(quantity: Quantity, *, fewer: bool = False) -> str:
    """'20,302', 'about 20', 'more than 1,000,000', '2 to 1', '25,000 to 30,000'; 'fewer than 5'
    only of what is counted, else 'less than 5'."""
    amount = f"{quantity.amount:,}"
    other = f"{quantity.other:,}" if quantity.other is not None else ""
    return {
        "plain": amount,
        "about": f"about {amount}",
        "over": f"more than {amount}",
        "under": f"{'fewer' if fewer else 'less'} than {amount}",
        "ratio": f"{amount} to {other}",
        "range": f"{amount} to {other}",
    }[quantity.shape]


def quantities_agree(one: Quantity, two: Quantity, *, limits: bool = False) -> bool:
    """Whether both can be true: equal, or one within what the other's rounding or bound says. A
    range that tells `limits` is no figure known roughly: only the same limits agree with it."""
    if limits and "range" in (one.shape, two.shape):
        return (one.shape, one.amount, one.other) == (two.shape, two.amount, two.other)
    if one.shape == "ratio" or two.shape == "ratio":
        return one.shape == two.shape and one.amount * (two.other or 1) == two.amount * (
            one.other or 1
        )
    low, high = _bounds(one)
    other_low, other_high = _bounds(two)
    return low <= other_high and other_low <= high


def in_measure(quantity: Quantity, factor: Decimal) -> Quantity:
    """The same in a unit of which `factor` make one; an "about" as the range that it means."""
    if factor == 1 or quantity.shape == "ratio":
        return quantity
    if quantity.shape == "about":
        low, high = _bounds(quantity)
        quantity = Quantity(low, high, "range", "")
    amount = _times(quantity.amount, factor)
    other = None if quantity.other is None else _times(quantity.other, factor)
    mark = {"over": ">", "under": "<"}.get(quantity.shape, "")
    text = f"{mark}{amount:f}" if other is None else f"{amount:f}..{other:f}"
    return Quantity(amount, other, quantity.shape, text)


_FIGURES = Context(prec=15)


def _times(amount: Decimal, factor: Decimal) -> Decimal:
    return Decimal(f"{_FIGURES.multiply(amount, factor).normalize(_FIGURES):f}")


def _bounds(quantity: Quantity) -> tuple[Decimal, Decimal]:
    amount, far = quantity.amount, Decimal("Infinity")
    match quantity.shape:
        case "over":
            return amount, far
        case "under":
            return -far, amount
        case "range":
            return amount, quantity.other or amount
        case "about":
            half = quantity.rounding / 2
            return amount - half, amount + half
        case _:
            return amount, amount


_WRITTEN_DATE = re.compile(r"[\dXY/.~?%-]+")


def without_marks(value: str) -> str:
    """Of any kind: without the sign of "about" or the like before a figure or behind a date."""
    bare = value.lstrip(SIGNS)
    return unmarked(bare) if _WRITTEN_DATE.fullmatch(bare) else bare
