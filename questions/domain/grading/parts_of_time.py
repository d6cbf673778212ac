"""Early 1939, mid-May, the second half of a century: a share of a span of days; what a day was."""

from __future__ import annotations

import calendar

from questions.domain.values import Day, Granularity, Span

_MONTHS: dict[Granularity, int] = {"year": 12, "decade": 120, "century": 1200}
_FINER: dict[Granularity, Granularity] = {
    "month": "day", "year": "season", "decade": "year", "century": "decade",
}  # fmt: skip


def part_of(span: Span, part: int) -> Span:
    """`part` is the place counted from 0, times ten, and of how many: 13 is the middle third."""
    finer = _FINER.get(span.granularity)
    if finer is None or span.first is None or span.last is None:
        return span
    place, shares = divmod(part, 10)
    if span.granularity == "month":
        first, last = _days(span.first, span.last, place, shares)
    else:
        first, last = _months(span.first, _MONTHS[span.granularity], place, shares)
    return Span(first, last, finer, True, "")


def _days(first: Day, last: Day, place: int, shares: int) -> tuple[Day, Day]:
    """Thirds of ten days, halves of fifteen; the last share takes what is over."""
    year, month, length = last
    size = 30 // shares
    end = length if place == shares - 1 else (place + 1) * size
    return (first[0], first[1], place * size + 1), (year, month, min(end, length))


def _months(first: Day, months: int, place: int, shares: int) -> tuple[Day, Day]:
    """A third of a decade or century begins and ends within a year, which counts in full."""
    start, end = months * place // shares, -(-months * (place + 1) // shares)
    if months > 12:
        start, end = start // 12 * 12, -(-end // 12) * 12
    year, month = first[0] + end // 12, end % 12
    if month == 0:
        year, month = year - 1, 12
    return (first[0] + start // 12, start % 12 + 1, 1), (year, month, length_of(year, month))


def length_of(year: int, month: int) -> int:
    """How many days a month has, also before the year 1."""
    return calendar.monthrange(year if year > 0 else 2000 + year % 400, month)[1]


_LAST_OLD_STYLE = 1923


def weekdays_of(day: Day) -> set[int]:
    """Which days of the week a date may have fallen on, Monday being 0: by our calendar, or by the
    Julian, which some country kept so long."""
    year, month, date = day
    if not 1 <= year <= 9999:
        return set(range(7))
    ours = calendar.weekday(year, month, min(date, length_of(year, month)))
    if year > _LAST_OLD_STYLE:
        return {ours}
    before = year - (month <= 2)
    return {ours, (ours + before // 100 - before // 400 - 2) % 7}


def day_before(day: Day) -> Day:
    year, month, date = day
    if date > 1:
        return year, month, date - 1
    year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return year, month, length_of(year, month)
