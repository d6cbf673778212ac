"""Whether two spans of time can hold together: both of one event, or the one after the other."""

from __future__ import annotations

from questions.domain.values import Span, day_after, ends_of


def spans_agree(one: Span, two: Span) -> bool:
    """Whether both can say the same of one event: "1939" and "16 September 1939" can.

    Intervals say when something began and ended, so both of their ends must agree: "1932 to
    1939" and "1938 to 1939" cannot both hold, though one contains the other. "About 1939" is
    1938 to 1940 here.
    """
    if one.same_days(two):
        return True
    if one.granularity == two.granularity == "interval":
        return all(_ends_agree(a, b) for a, b in zip(ends_of(one), ends_of(two), strict=True))
    return _covers(one, two) or _covers(two, one)


def spans_follow(one: Span, two: Span) -> bool:
    """Whether one interval begins in the very year, month or day in which the other ends, or on the
    day after, as terms of office do: what they share says nothing of both."""
    if not one.granularity == two.granularity == "interval":
        return False
    (first, last), (start, end) = ends_of(one), ends_of(two)
    return one.text != two.text and (_leads_to(last, start) or _leads_to(end, first))


def _leads_to(end: Span | None, start: Span | None) -> bool:
    if end is None or start is None or end.approximate or start.approximate:
        return False
    return end.text == start.text or day_after(end.high) == start.low


def _covers(coarse: Span, fine: Span) -> bool:
    return coarse.granularity != "interval" and coarse.widened().contains(fine)


def _ends_agree(one: Span | None, two: Span | None) -> bool:
    return one is None or two is None or _covers(one, two) or _covers(two, one)
