"""Read a date as a learner may write it: a span of days, or why there is none."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto

from questions.domain.grading.date_tokens import Sort, Token, tokens_of
from questions.domain.values import BadValue, Day, Granularity, Span, parse_span

_MOST_TOKENS = 60


class Trouble(Enum):
    NOTHING = auto()
    IMPOSSIBLE = auto()
    DAY_OR_MONTH = auto()
    TWO = auto()


class Unreadable(Exception):
    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.name)
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class Years:
    """How to complete years: the subject's era, and the years of the date asked for."""

    era: tuple[int, int] | None
    near: tuple[int, int]

    def full(self, short: int) -> int:
        """The century of a two-digit year: the era's, if it leaves no choice."""
        if self.era:
            low, high = self.era
            fits = [year for year in range(low - low % 100 + short, high + 1, 100) if year >= low]
            if len(fits) == 1:
                return fits[0]
        middle = sum(self.near) // 2
        base = middle - middle % 100 + short
        return min((base - 100, base, base + 100), key=lambda year: abs(year - middle))


@dataclass(frozen=True, slots=True)
class Rough:
    """What one side of a range says, perhaps to be completed from the other."""

    day: int | None = None
    month: int | None = None
    year: int | None = None
    short: bool = False  # the year has two digits
    season: int | None = None
    decade: int | None = None
    century: int | None = None
    part: int | None = None
    era_mark: int = 0  # -1 BC, 1 AD
    number: int | None = None  # a bare number of one or two digits: day or year


def read_dates(text: str, years: Years) -> list[Span]:
    """Every reading of the text, usually one. Raises Unreadable."""
    tokens = tokens_of(text)[:_MOST_TOKENS]
    if any(token.sort is Sort.NOT for token in tokens):
        raise Unreadable(Trouble.NOTHING)
    sides, open_end = _sides(tokens)
    roughs = [_rough(side) for side in sides]
    roughs = [rough for rough in roughs if rough != Rough()]
    if not roughs:
        raise Unreadable(Trouble.NOTHING)
    if len(roughs) == 1:
        return list(_single(roughs[0], open_end, years))
    if len(roughs) > 2:
        raise Unreadable(Trouble.TWO)
    return list(_range(roughs[0], roughs[1], years))


def read_yearless(text: str, year: int, years: Years) -> list[Span]:
    """The same, with the year put in where none was written."""
    sides, _ = _sides(tokens_of(text)[:_MOST_TOKENS])
    roughs = [rough for rough in map(_rough, sides) if rough != Rough()]
    if not roughs or any(rough.year is not None or rough.decade is not None for rough in roughs):
        return []
    filled = [replace(rough, year=year) for rough in roughs]
    if len(filled) == 1:
        return list(_single(filled[0], "", years))
    return list(_range(filled[0], filled[-1], years)) if len(filled) == 2 else []


def _sides(tokens: list[Token]) -> tuple[list[list[Token]], str]:
    """The tokens on both sides of a range mark, and "since" or "until" for an open one."""
    between = any(token.sort is Sort.BETWEEN for token in tokens)
    sides: list[list[Token]] = [[]]
    open_end = ""
    for place, token in enumerate(tokens):
        if token.sort is Sort.OR or (token.sort is Sort.AND and not between):
            _refuse_second(tokens, place)
        elif token.sort in (Sort.RANGE, Sort.AND, Sort.UNTIL):
            if _says(sides[-1]):
                sides.append([])
            elif token.sort is Sort.UNTIL or token.text in _TO_WORDS:
                open_end = "until"
        elif token.sort is Sort.SINCE or token.text in _ONWARDS:
            open_end = "since"
        else:
            sides[-1].append(token)
    if len(sides) == 2 and not _says(sides[1]) and tokens[-1].sort is Sort.RANGE:
        open_end = "since"
    return sides, open_end if sum(map(_says, sides)) == 1 else ""


_TO_WORDS = frozenset({"until", "till", "to", "through", "thru", "bis"})
_ONWARDS = frozenset({"onwards", "onward", "present", "today", "now"})
_DATES = (Sort.NUMBER, Sort.LITERAL, Sort.MONTH, Sort.SEASON)


def _says(side: list[Token]) -> bool:
    return any(token.sort in _DATES for token in side)


def _refuse_second(tokens: list[Token], place: int) -> None:
    """ "13 or 14 April" names two; "killed and missing in 1939" does not."""
    if _says(tokens[:place]) and _says(tokens[place:]):
        raise Unreadable(Trouble.TWO)


def _rough(side: list[Token]) -> Rough:
    rough = Rough()
    for place, token in enumerate(side):
        match token.sort:
            case Sort.LITERAL:
                rough = _once(rough, _literal(token.text))
            case Sort.MONTH:
                rough = _once(rough, Rough(month=token.value))
            case Sort.SEASON:
                rough = _once(rough, Rough(season=token.value))
            case Sort.PART:
                rough = replace(rough, part=token.value)
            case Sort.BC | Sort.AD:
                rough = _with_era(rough, -1 if token.sort is Sort.BC else 1)
            case Sort.NUMBER:
                rough = _once(rough, _number(side, place))
            case _:
                pass
    return rough


def _once(rough: Rough, more: Rough) -> Rough:
    """Both together; a second number of one kind means two dates."""
    changes = {}
    for name in ("day", "month", "year", "season", "decade", "century", "number"):
        value = getattr(more, name)
        if value is None:
            continue
        held = getattr(rough, name)
        if held is not None and held != value:
            return _two_numbers(rough, more)
        changes[name] = value
    return replace(rough, **changes, short=rough.short or more.short)


def _two_numbers(rough: Rough, more: Rough) -> Rough:
    """ "11 May 39": the first bare number is the day, the second a year of two digits."""
    if rough.number is None or more.number is None or rough.year is not None:
        raise Unreadable(Trouble.TWO)
    first, second = rough.number, more.number
    day, year = (second, first) if first > 31 else (first, second)
    return replace(rough, number=None, day=day, year=year, short=True)


def _with_era(rough: Rough, mark: int) -> Rough:
    if rough.year is None and rough.number is not None:
        return replace(rough, year=rough.number, number=None, era_mark=mark)
    return replace(rough, era_mark=mark, short=False)


def _number(side: list[Token], place: int) -> Rough:
    token = side[place]
    following = next((t for t in side[place + 1 :] if t.sort is not Sort.COMMA), None)
    marked = following is not None and following.sort in (Sort.BC, Sort.AD)
    before = side[place - 1] if place else None
    if following is not None and following.sort is Sort.CENTURY and token.value <= 30:
        return Rough(century=token.value)
    if token.mark == "s":
        return Rough(decade=token.value, short=token.value < 100)
    if token.mark == "th":
        return Rough(day=token.value) if token.value <= 31 else Rough()
    if token.mark == "'":
        return Rough(year=token.value, short=True)
    if marked or (before is not None and before.sort is Sort.AD):
        return Rough(year=token.value)
    if len(token.text) in (3, 4):
        return Rough(year=token.value)
    if len(token.text) > 4:
        return Rough()
    return Rough(number=token.value)


_MONTH_YEAR = re.compile(r"(0?[1-9]|1[0-2])\s?[./-]\s?(\d{4})")
_ROMAN = {
    numeral: place
    for place, numeral in enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), start=1)
}


def _literal(text: str) -> Rough:
    if month := _MONTH_YEAR.fullmatch(text):
        return Rough(month=int(month[1]), year=int(month[2]))
    if len(text) == 8 and text.isdigit():
        parts = [text[:4], text[4:6], text[6:]]
    else:
        parts = [part.strip() for part in re.split(r"[./-]", text)]
    if parts[1].lower() in _ROMAN:
        return _day_first(parts[0], str(_ROMAN[parts[1].lower()]), parts[2])
    if not parts[1].isdigit():
        raise Unreadable(Trouble.NOTHING)
    if len(parts[0]) > 2:
        return _checked(int(parts[2]), int(parts[1]), int(parts[0]), short=False)
    first, second = int(parts[0]), int(parts[1])
    if "." in text or first == second or first > 12:
        return _day_first(*parts)
    if second > 12:
        return _day_first(parts[1], parts[0], parts[2])
    raise Unreadable(Trouble.DAY_OR_MONTH)


def _day_first(day: str, month: str, year: str) -> Rough:
    return _checked(int(day), int(month), int(year), short=len(year) <= 2)


def _checked(day: int, month: int, year: int, *, short: bool) -> Rough:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        raise Unreadable(Trouble.IMPOSSIBLE)
    return Rough(day=day, month=month, year=year, short=short)


def _settled(rough: Rough, years: Years) -> Rough:
    """Bare numbers told apart, the year completed and counted as EDTF does."""
    if rough.number is not None:
        if rough.month is not None and rough.day is None and 0 <= rough.number <= 31:
            rough = replace(rough, day=rough.number, number=None)
        elif rough.year is None:
            rough = replace(rough, year=rough.number, number=None, short=True)
        elif rough.month is None:
            raise Unreadable(Trouble.NOTHING)
        else:
            raise Unreadable(Trouble.IMPOSSIBLE)
    if rough.year is not None and rough.short and not rough.era_mark:
        rough = replace(rough, year=years.full(rough.year), short=False)
    if rough.year is not None and rough.era_mark < 0:
        rough = replace(rough, year=1 - rough.year, era_mark=0)
    return rough


def _single(rough: Rough, open_end: str, years: Years) -> Iterator[Span]:
    rough = _settled(rough, years)
    if rough.year is None and rough.decade is None and rough.century is None:
        _check_day(rough)
        raise Unreadable(Trouble.NOTHING)
    if rough.decade is not None and rough.decade >= 100 and rough.decade % 100 == 0:
        yield _span(Rough(century=rough.decade // 100 + 1), years)  # "the 1800s"
    span = _span(rough, years)
    if open_end == "since":
        yield Span(span.first, None, "interval", False, "")
    elif open_end == "until":
        yield Span(None, span.last, "interval", False, "")
    else:
        yield span


def _check_day(rough: Rough) -> None:
    if rough.day is not None and rough.month is not None:
        _days(2000, rough.month, rough.day)


def _range(first: Rough, last: Rough, years: Years) -> Iterator[Span]:
    """Both ends, each completed from the other, as "29 July – 11 August 1938" wants."""
    if _is_year_and_number(first, last):
        yield from _year_and_number(first, last, years)
        return
    first = _bare_day(first, last)
    last = _bare_day(last, first)
    last = _settled(last, years)
    if first.year is None and first.decade is None and first.century is None:
        first = replace(first, year=last.year, era_mark=0)
    first = _settled(first, years)
    if last.year is None and last.decade is None and last.century is None:
        last = replace(last, year=first.year)
    if first.month is None and first.day is not None:
        first = replace(first, month=last.month)
    if last.month is None and last.day is not None:
        last = replace(last, month=first.month)
    yield _interval(_span(first, years), _span(last, years))


def _bare_day(rough: Rough, other: Rough) -> Rough:
    """In "11–15 May 1939" and "May 11–15, 1939" the number without a month is a day."""
    if rough.number is None or rough.month is not None or rough.number > 31:
        return rough
    with_day = other.month is not None and (other.day is not None or other.number is not None)
    return replace(rough, day=rough.number, number=None) if with_day else rough


def _is_year_and_number(first: Rough, last: Rough) -> bool:
    alone = Rough(number=last.number)
    return (
        last == alone
        and last.number is not None
        and first in (Rough(year=first.year), Rough(year=first.year, season=first.season))
        and first.year is not None
    )


def _year_and_number(first: Rough, last: Rough, years: Years) -> Iterator[Span]:
    """ "1935-39" is two years; "1904-05" may be May as well: both readings are tried."""
    year, number = first.year or 0, last.number or 0
    end = year - year % 100 + number
    if first.season is not None:
        yield _span(first, years)
        return
    if 1 <= number <= 12:
        yield _span(Rough(year=year, month=number), years)
    if end > year:
        yield _interval(_span(first, years), _span(Rough(year=end), years))
    elif number > 12:
        raise Unreadable(Trouble.IMPOSSIBLE)


def _interval(first: Span, last: Span) -> Span:
    if first.low > last.high:
        raise Unreadable(Trouble.IMPOSSIBLE)
    return Span(first.first, last.last, "interval", False, f"{first.text}/{last.text}")


def _span(rough: Rough, years: Years) -> Span:
    try:
        span = parse_span(_edtf(rough, years))
    except BadValue as error:
        raise Unreadable(Trouble.IMPOSSIBLE) from error
    return span if rough.part is None else _third(span, rough.part)


def _edtf(rough: Rough, years: Years) -> str:
    if rough.century is not None:
        return f"{rough.century - 1:02}XX" if rough.era_mark >= 0 else "0000"
    if rough.decade is not None:
        decade = years.full(rough.decade) if rough.decade < 100 else rough.decade
        return f"{decade // 10:03}X"
    if rough.year is None:
        raise Unreadable(Trouble.NOTHING)
    year = f"{rough.year:04}" if rough.year >= 0 else f"-{-rough.year:04}"
    if rough.season is not None:
        return f"{year}-{rough.season}"
    if rough.month is None:
        if rough.day is not None:
            raise Unreadable(Trouble.NOTHING)
        return year
    if rough.day is None:
        return f"{year}-{rough.month:02}"
    _days(rough.year, rough.month, rough.day)
    return f"{year}-{rough.month:02}-{rough.day:02}"


def _days(year: int, month: int, day: int) -> None:
    like = year if year > 0 else 2000 + year % 400
    if not 1 <= day <= calendar.monthrange(like, month)[1]:
        raise Unreadable(Trouble.IMPOSSIBLE)


def _third(span: Span, part: int) -> Span:
    """Early, middle or late part of a month, year or decade: a third of it."""
    assert span.first is not None
    assert span.last is not None
    year, month, _ = span.first
    kept: tuple[Day, Day]
    if span.granularity == "month":
        kept = ((year, month, (1, 11, 21)[part]), (year, month, (10, 20, span.last[2])[part]))
    elif span.granularity == "year":
        kept = ((year, (1, 5, 9)[part], 1), (year, (4, 8, 12)[part], (30, 31, 31)[part]))
    elif span.granularity == "decade":
        kept = ((year + (0, 3, 6)[part], 1, 1), (year + (3, 6, 9)[part], 12, 31))
    else:
        return span
    coarser: Granularity = span.granularity
    return Span(kept[0], kept[1], coarser, True, "")
