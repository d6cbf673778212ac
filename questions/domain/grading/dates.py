"""Compare the span of days an answer says with the one that is expected."""

from __future__ import annotations

from questions.domain.grading import reasons
from questions.domain.grading.date_words import objection
from questions.domain.grading.expected import Expected
from questions.domain.grading.fold import clean
from questions.domain.grading.read_dates import (
    Years,
    names_era,
    read_dates,
    read_yearless,
    says_wide_time,
)
from questions.domain.grading.result import Grade, Verdict, ask_again, best, partial, right, wrong
from questions.domain.grading.rough_dates import Trouble, Unreadable
from questions.domain.messages import Message
from questions.domain.values import Granularity, Span, parse_span

_TROUBLES = {
    Trouble.NOTHING: wrong(reasons.NO_DATE),
    Trouble.IMPOSSIBLE: ask_again(reasons.NO_SUCH_DATE),
    Trouble.DAY_OR_MONTH: ask_again(reasons.DAY_OR_MONTH),
    Trouble.TWO: wrong(reasons.TWO_CANDIDATES),
    Trouble.DIVIDED: ask_again(reasons.YEAR_DIVIDED),
    Trouble.WEEKDAY: ask_again(reasons.ANOTHER_WEEKDAY),
}
_FINER: dict[Granularity, tuple[Granularity, ...]] = {
    "month": ("day",),
    "season": ("month", "day"),
    "year": ("season", "month", "day"),
    "decade": ("year",),
    "century": ("decade",),
}
_MOST_COARSER_DAYS = 3660
"""A span of years' own making may hold a day in up to a decade, a century that is named in all."""


def grade_date(expected: Expected, given: str) -> Grade:
    text = clean(given)
    keys, years = _keys(expected), _years(expected)
    try:
        spans = spans_said(expected, text)
    except Unreadable as error:
        found = _yearless(text, keys, years)
        return _unless_objected(found, given, text) if found else _TROUBLES[error.trouble]
    grade = best([compare(key, span) for key in keys for span in spans])
    if not grade.credited and keys[0].years[0] < 1 and _without_era(text, keys, years):
        return partial(reasons.ERA_MISSING)
    if not grade.credited:
        grade = _by_other_source(expected, spans) or grade
    return _unless_objected(grade, given, text)


def _unless_objected(found: Grade, given: str, text: str) -> Grade:
    return (objection(given, text) or found) if found.credited else found


def spans_said(expected: Expected, text: str) -> list[Span]:
    """Every reading of a cleaned answer. Raises Unreadable."""
    both = any(key.granularity == "interval" for key in _keys(expected))
    return read_dates(text, _years(expected), both=both)


def _keys(expected: Expected) -> list[Span]:
    return [parse_span(value) for value in (expected.value, *expected.accept)]


def _years(expected: Expected) -> Years:
    return Years(expected.era, parse_span(expected.value).years)


def _yearless(text: str, keys: list[Span], years: Years) -> Grade | None:
    for key in keys:
        for year in dict.fromkeys(key.years):
            try:
                spans = read_yearless(text, year, years)
            except Unreadable as error:
                if error.trouble is Trouble.WEEKDAY:
                    return _TROUBLES[error.trouble]
                continue
            grades = [compare(key, span) for span in spans]
            if any(grade.verdict is Verdict.RIGHT for grade in grades):
                return partial(reasons.YEAR_MISSING)
            if any(grade.credited for grade in grades) and says_wide_time(text):
                return partial(reasons.DATE_COARSER)
    return None


def _without_era(text: str, keys: list[Span], years: Years) -> bool:
    """Whether the answer would be right with the "BC" that it lacks."""
    if names_era(text):
        return False
    try:
        spans = read_dates(f"{text} BC", years)
    except Unreadable:
        return False
    return any(key.same_days(span) for key in keys for span in spans)


def _by_other_source(expected: Expected, spans: list[Span]) -> Grade | None:
    for other in expected.others:
        key = parse_span(other.value)
        if any(compare(key, span).verdict is Verdict.RIGHT for span in spans):
            return partial(reasons.other_source(other))
    return None


def compare(key: Span, given: Span) -> Grade:
    """Equal is right; coarser, or a part of what was asked, is partial."""
    if key.same_days(given) or _is_same_century(key, given):
        return right(reasons.RIGHT)
    if key.approximate and (about := _compare_about(key, given)):
        return about
    if key.first is None or key.last is None:
        return _compare_open(key, given)
    if not key.overlaps(given):
        return wrong(reasons.WRONG)
    if key.granularity == "interval":
        return _compare_interval(key, given)
    if given.contains(key):
        return _coarser(key, given)
    if key.contains(given) and given.granularity in _FINER.get(key.granularity, ()):
        return partial(reasons.DATE_FINER)
    return wrong(reasons.WRONG)


def _is_same_century(key: Span, given: Span) -> bool:
    """The 18th century, in everyday use 1700 to 1799, is by strict count 1701 to 1800."""
    if key.granularity != "century" or given.first is None or given.last is None:
        return False
    (first, *_), (last, *_) = key.low, key.high
    return (given.low, given.high) == ((first + 1, 1, 1), (last + 1, 12, 31))


def _compare_about(key: Span, given: Span) -> Grade | None:
    """ "About 1771" agrees with 1770 and 1772, as it does between sources; 1774 is not far off."""
    if key.granularity == "interval" or given.granularity != key.granularity:
        return None
    near = key.widened()
    if near.contains(given):
        return right(reasons.NEAR_ABOUT)
    return partial(reasons.NOT_FAR) if near.widened().widened().contains(given) else None


def _compare_open(key: Span, given: Span) -> Grade:
    """For "since 1937" the closed end alone says it all."""
    closed = parse_span(key.text.strip("./") or "0000")
    if given.same_days(closed):
        return right(reasons.RIGHT)
    ended = given.granularity == "interval"  # or begun at another time
    return wrong(reasons.WRONG) if ended or not given.contains(closed) else _coarser(closed, given)


def _coarser(key: Span, given: Span) -> Grade:
    allowed = max(_MOST_COARSER_DAYS, 11 * _days_in(key))
    short_enough = given.first and given.last and _days_in(given) <= allowed
    if not (short_enough or given.granularity in _NAMED_SPANS):
        return wrong(reasons.WRONG)
    missing = _MISSING.get((key.granularity, given.granularity)) if given.text else None
    return partial(missing or reasons.DATE_COARSER)


# A share of a century ("the late 19th") counts as a decade.
_NAMED_SPANS = ("decade", "century")
_MISSING: dict[tuple[Granularity, Granularity], Message] = {
    ("day", "month"): reasons.DAY_MISSING,
    ("day", "year"): reasons.DAY_AND_MONTH_MISSING,
    ("month", "year"): reasons.MONTH_MISSING,
}


def _days_in(span: Span) -> int:
    (y1, m1, d1), (y2, m2, d2) = span.low, span.high
    return (y2 - y1) * 365 + (m2 - m1) * 30 + d2 - d1 + 1


def _compare_interval(key: Span, given: Span) -> Grade:
    if given.granularity == "interval":
        return _compare_ends(key, given) if "/" in given.text else _compare_end(key, given)
    if given.contains(key):
        return _coarser(key, given)
    start, end = (parse_span(part) for part in key.text.split("/"))
    if given.granularity == "day" and start.granularity != "day" and end.granularity != "day":
        return wrong(reasons.WRONG)
    return partial(_missing_end(given, start, end))


def _missing_end(given: Span, start: Span, end: Span) -> Message:
    if start.same_days(given):
        return reasons.END_MISSING
    return reasons.BEGINNING_MISSING if end.same_days(given) else reasons.DATE_PART


def _compare_end(key: Span, given: Span) -> Grade:
    """ "Until 11 August" and "since 29 July" say one end of a span."""
    if given.first is None and given.last == key.last:
        return partial(reasons.BEGINNING_MISSING)
    if given.last is None and given.first == key.first:
        return partial(reasons.END_MISSING)
    return wrong(reasons.WRONG)


def _compare_ends(key: Span, given: Span) -> Grade:
    first, last = (parse_span(part) for part in key.text.split("/"))
    parts = given.text.split("/")
    if parts == ["", ""] and given.contains(key):  # "late July to mid-August"
        return _coarser(key, given)
    if len(parts) != 2 or not all(parts):
        return wrong(reasons.WRONG)
    begun, ended = (parse_span(part) for part in parts)
    if first.contains(begun) and last.contains(ended):
        return partial(reasons.DATE_FINER)
    agreeing = begun.contains(first) + ended.contains(last)
    if agreeing == 2:
        return partial(reasons.DATE_COARSER)
    return partial(reasons.DATE_ONE_END) if agreeing else wrong(reasons.WRONG)
