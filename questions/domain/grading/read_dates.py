"""Read a date as a learner may write it: a span of days, or why there is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from questions.domain.grading.calendar_eras import NoSuchTime
from questions.domain.grading.date_tokens import Sort, Token, tokens_of
from questions.domain.grading.parts_of_time import day_before, length_of, part_of, weekdays_of
from questions.domain.grading.rough_dates import (
    PARTS,
    Rough,
    Trouble,
    Unreadable,
    literal,
    number_at,
)
from questions.domain.values import BadValue, Day, Span, parse_span

_MOST_TOKENS = 60


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


def read_dates(text: str, years: Years, *, both: bool = False) -> list[Span]:
    """Every reading of the text, usually one. Raises Unreadable.

    `both`: a span is asked for, so that "15 and 16 May" and "15/16 May" say its two ends, of which
    else one is to be picked; "1914 and 1918" still says two years and not what lies between.
    """
    if _is_divided(text):
        raise Unreadable(Trouble.DIVIDED)
    tokens = _affirmed(_tokens(text))
    sides = _Sides(tokens, both=both)
    roughs = sides.roughs()
    if not roughs:
        raise Unreadable(Trouble.NOTHING)
    if len(roughs) == 1:
        return list(_single(roughs[0], sides.open_end, years))
    if len(roughs) > 2:
        raise Unreadable(Trouble.TWO)
    spans = list(_range(roughs[0], roughs[1], years))
    if sides.stroke and not both and not _is_year_and_number(*roughs):
        spans = [span for span in spans if span.granularity != "interval"]
    if not spans or (sides.added and not all(map(_is_unbroken, spans))):
        raise Unreadable(Trouble.TWO)
    return spans


# "1,939" and "1.939", and not the end of a date beside a year: "13.4.1941".
_DIVIDED = re.compile(r"(?<![\d.,/-])[12][.,'’]\d{3}(?![\d.,/-])|^[12] \d{3}$")
_WHOLE_YEAR = re.compile(r"(?<![\d.,])[12]\d{3}(?!\d)")


def _is_divided(text: str) -> bool:
    if not _DIVIDED.search(text) or _WHOLE_YEAR.search(text):
        return False
    return not names_era(text)  # "1,939 BC" is wrong however it is written


def names_era(text: str) -> bool:
    """Whether BC or AD is said."""
    return any(token.sort in (Sort.BC, Sort.AD) for token in _tokens(text))


def _tokens(text: str) -> list[Token]:
    try:
        return tokens_of(text)[:_MOST_TOKENS]
    except NoSuchTime as error:
        raise Unreadable(Trouble.IMPOSSIBLE) from error


_CORRECTS = frozenset({"not", "nicht", "pas", "rather", "instead"})


def _affirmed(tokens: list[Token]) -> list[Token]:
    """Without what is denied: "not 12 but 13 April", "13 April, not 14 April"."""
    for place, token in enumerate(tokens):
        if token.sort is not Sort.NOT:
            continue
        if token.text in _CORRECTS and _says(tokens[:place]):
            return tokens[:place]
        rest = [at for at, later in enumerate(tokens) if at > place and later.sort is Sort.BUT]
        if token.text not in _CORRECTS or not rest or not _says(tokens[rest[0] :]):
            raise Unreadable(Trouble.NOTHING)
        return _affirmed(tokens[rest[0] + 1 :])
    return tokens


def _is_unbroken(span: Span) -> bool:
    """Whether the later of two dates follows on the earlier: 15 and 16 May."""
    ends = [parse_span(part) for part in span.text.split("/") if part]
    return len(ends) == 2 and ends[0].high >= day_before(ends[1].low)


def read_yearless(text: str, year: int, years: Years) -> list[Span]:
    """The same, with the year put in where none was written."""
    roughs = _Sides(_affirmed(_tokens(text))).roughs()
    if not roughs or any(rough.year is not None for rough in roughs):
        return []
    if any(_is_wide(rough) and not _in_year(rough) for rough in roughs):
        return []
    filled = [replace(rough, year=year) for rough in roughs]
    if len(filled) == 1:
        return list(_single(filled[0], "", years))
    return list(_range(filled[0], filled[-1], years)) if len(filled) == 2 else []


def says_wide_time(text: str) -> bool:
    """Whether a month, or a day, of a decade or century is said: "13 April, 20th century"."""
    return any(_is_wide(rough) for rough in _Sides(_affirmed(_tokens(text))).roughs())


def _is_wide(rough: Rough) -> bool:
    return rough.decade is not None or rough.century is not None


def _in_year(rough: Rough) -> bool:
    return rough.month is not None or rough.season is not None


class _Sides:
    """The tokens on both sides of a range mark.

    open_end: "since", "until" or "before" where only one side says something
    stroke: whether the mark is that of "13/14 May"
    added: whether it is an "and" without a "between"
    """

    def __init__(self, tokens: list[Token], *, both: bool = False) -> None:
        self._sides: list[list[Token]] = [[]]
        self.open_end = ""
        self.stroke = self.added = False
        self._between = any(token.sort is Sort.BETWEEN for token in tokens)
        self._joined = both or self._between
        for place, token in enumerate(tokens):
            self._take(tokens, place, token)
        last_is_mark = bool(tokens) and tokens[-1].sort is Sort.RANGE
        if len(self._sides) == 2 and not _says(self._sides[1]) and last_is_mark:
            self.open_end = "since"
        if sum(map(_says, self._sides)) != 1:
            self.open_end = ""

    def _take(self, tokens: list[Token], place: int, token: Token) -> None:
        if token.sort is Sort.OR or (token.sort is Sort.AND and not self._joined):
            _refuse_second(tokens, place)
        elif token.sort in (Sort.RANGE, Sort.AND, Sort.UNTIL) or _is_romance_to(tokens, place):
            if _says(self._sides[-1]):
                self.stroke |= token.text == "/"
                self.added |= token.sort is Sort.AND and not self._between
                self._sides.append([])
            elif _is_until(tokens, place):
                self.open_end = "before" if token.text in _BEFORE else "until"
        elif token.sort is Sort.SINCE or token.text in _ONWARDS:
            self.open_end = "since"
        else:
            self._sides[-1].append(token)

    def roughs(self) -> list[Rough]:
        """What each side says that says something."""
        literals = [token.text for side in self._sides for token in side if _is_literal(token)]
        day_first = _day_first_in(literals)
        found = [_rough(side, day_first) for side in self._sides]
        return [rough for rough in found if replace(rough, weekday=None) != Rough()]


def _is_literal(token: Token) -> bool:
    return token.sort is Sort.LITERAL


def _day_first_in(literals: list[str]) -> bool | None:
    """Whether one date of several shows the order that the others are written in."""
    orders = set()
    for text in literals:
        figures = [int(part) if part.isdigit() else 0 for part in PARTS.findall(text)]
        first, second = (*figures, 0)[:2]
        if first <= 31 and (first > 12) != (second > 12):
            orders.add(first > 12)
    return orders.pop() if len(orders) == 1 else None


def _is_romance_to(tokens: list[Token], place: int) -> bool:
    """ "Mai à septembre", "mayo a septiembre"."""
    beside = (*tokens[max(0, place - 1) : place], *tokens[place + 1 : place + 2])
    said = tokens[place].text == "a" and len(beside) == 2
    return said and all(token.sort in _DATES for token in beside)


def _is_until(tokens: list[Token], place: int) -> bool:
    """ "By April"; "by Marlow and Lind" says who."""
    if tokens[place].text == "by":
        following = tokens[place + 1 : place + 2]
        return any(token.sort is not Sort.WORD or token.text in _LINKS for token in following)
    return tokens[place].sort is Sort.UNTIL or tokens[place].text in _TO_WORDS


_LINKS = frozenset("the end about around circa".split())
_BEFORE = frozenset({"before", "vor", "avant", "prior"})
_TO_WORDS = frozenset({"until", "till", "to", "through", "thru", "bis"})
_ONWARDS = frozenset({"onwards", "onward", "present", "today", "now"})
_DATES = (Sort.NUMBER, Sort.LITERAL, Sort.MONTH, Sort.SEASON)


def _says(side: list[Token]) -> bool:
    return any(token.sort in _DATES for token in side)


def _refuse_second(tokens: list[Token], place: int) -> None:
    """ "13 or 14 April" names two; "killed and missing in 1939" does not."""
    if _says(tokens[:place]) and _says(tokens[place:]):
        raise Unreadable(Trouble.TWO)


def _rough(side: list[Token], day_first: bool | None) -> Rough:
    rough = Rough()
    for place, token in enumerate(side):
        match token.sort:
            case Sort.LITERAL:
                rough = _once(rough, literal(token.text, day_first))
            case Sort.MONTH:
                rough = _once(rough, Rough(month=token.value))
            case Sort.SEASON:
                rough = _once(rough, Rough(season=token.value))
            case Sort.WEEKDAY:
                rough = _once(rough, Rough(weekday=token.value))
            case Sort.PART:
                rough = replace(rough, part=token.value)
            case Sort.BC | Sort.AD:
                mark = -1 if token.sort is Sort.BC else 1
                before_year = _is_before_year(side, place)
                rough = replace(rough, era_mark=mark) if before_year else _with_era(rough, mark)
            case Sort.NUMBER:
                rough = _once(rough, number_at(side, place))
            case _:
                pass
    return rough


def _is_before_year(side: list[Token], place: int) -> bool:
    """The mark of "13 April A.D. 1941", and not that of "15 March 44 BC"."""
    following = [token.sort for token in side[place + 1 : place + 3]]
    return following[:1] == [Sort.NUMBER] and following != [Sort.NUMBER, Sort.MONTH]


def _once(rough: Rough, more: Rough) -> Rough:
    """Both together; a second number of one kind means two dates."""
    changes = {}
    for name in ("day", "month", "year", "season", "decade", "century", "number", "weekday"):
        value = getattr(more, name)
        if value is None:
            continue
        held = getattr(rough, name)
        if held is not None and held != value:
            return _two_numbers(rough, more)
        changes[name] = value
    marks = {"short": rough.short or more.short, "stray": rough.stray or more.stray}
    return replace(rough, **changes, **marks)


def _two_numbers(rough: Rough, more: Rough) -> Rough:
    """ "11 May 39": the first bare number is the day, the second a year of two digits."""
    if rough.number is None or more.number is None or rough.year is not None:
        raise Unreadable(Trouble.TWO)
    first, second = rough.number, more.number
    day, year = (second, first) if first > 31 else (first, second)
    if year < 10 and more.stray:
        raise Unreadable(Trouble.NOTHING)
    return replace(rough, number=None, day=day, year=year, short=True)


def _with_era(rough: Rough, mark: int) -> Rough:
    if rough.year is None and rough.number is not None:
        return replace(rough, year=rough.number, number=None, era_mark=mark)
    return replace(rough, era_mark=mark, short=False)


def _settled(rough: Rough, years: Years) -> Rough:
    """Bare numbers told apart, the year completed and counted as EDTF does."""
    rough = _without_wider(rough)
    if rough.number is not None:
        if rough.month is not None and rough.day is None and 0 <= rough.number <= 31:
            rough = replace(rough, day=rough.number, number=None)
        elif rough.year is None:
            if rough.stray:
                raise Unreadable(Trouble.NOTHING)
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


def _without_wider(rough: Rough) -> Rough:
    """ "1939, 20th century": what holds the year adds nothing; a century without it is a second.
    Of a round hundred people count it to either."""
    year = rough.year
    if year is None or (rough.short and year < 100) or rough.era_mark < 0:
        return rough
    if rough.century is not None and rough.century not in ((year - 1) // 100 + 1, year // 100 + 1):
        raise Unreadable(Trouble.TWO)
    if rough.decade is not None and year // 10 * 10 not in (rough.decade, rough.decade % 100):
        raise Unreadable(Trouble.TWO)
    return replace(rough, century=None, decade=None)


def _single(rough: Rough, open_end: str, years: Years) -> Iterator[Span]:
    rough = _settled(rough, years)
    if rough.year is None and (_in_year(rough) or not _is_wide(rough)):
        _check_day(rough)
        raise Unreadable(Trouble.NOTHING)
    if rough.decade is not None and rough.decade >= 100 and rough.decade % 100 == 0:
        yield _span(Rough(century=rough.decade // 100 + 1), years)  # "the 1800s"
    span = _span(rough, years)
    if open_end == "since":
        yield Span(span.first, None, "interval", False, "")
    elif open_end == "until":
        yield Span(None, span.last, "interval", False, "")
    elif open_end == "before":
        yield Span(None, day_before(span.low), "interval", False, "")
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
    alone = Rough(number=last.number, stray=last.stray)
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
    if end <= year and number < 10:  # "1970-2"
        end = year - year % 10 + number
    if first.season is not None:
        yield _span(first, years)
        return
    if 1 <= number <= 12:
        yield _span(Rough(year=year, month=number), years)
    if end > year:
        yield _interval(_span(first, years), _span(Rough(year=end), years))
    elif not 1 <= number <= 12:
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
    return span if rough.part is None else part_of(span, rough.part)


def _decade(rough: Rough, decade: int, years: Years) -> int:
    """Its first year: "the thirties" of the century that is named, or of the era."""
    if decade >= 100:
        return decade
    if rough.century is not None:
        return (rough.century - 1) * 100 + decade
    return years.full(decade)


def _edtf(rough: Rough, years: Years) -> str:
    if rough.decade is not None:
        return _edtf_decade(_decade(rough, rough.decade, years), rough.era_mark)
    if rough.century is not None:
        return f"{'-' if rough.era_mark < 0 else ''}{rough.century - 1:02}XX"
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
    if rough.weekday is not None:
        _check_weekday(rough.weekday, (rough.year, rough.month, rough.day))
    return f"{year}-{rough.month:02}-{rough.day:02}"


def _edtf_decade(first: int, era_mark: int) -> str:
    """The 480s BC are the years 489 to 480 BC."""
    if era_mark < 0 and first:
        return f"-{first + 8:04}/-{first - 1:04}"
    return f"{first // 10:03}X"


def _check_weekday(said: int, day: Day) -> None:
    if said not in weekdays_of(day):
        raise Unreadable(Trouble.WEEKDAY)


def _days(year: int, month: int, day: int) -> None:
    if not 1 <= day <= length_of(year, month):
        raise Unreadable(Trouble.IMPOSSIBLE)
