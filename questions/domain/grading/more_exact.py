"""Whether a figure says what is expected more exactly: 61.78 m where a source rounds to 62.

Only what is measured can be: a count, a year or a number in a series is whole.
A key's last figure counts as exact, be it a zero: 1,642 m is no better way to say 1,600 m.
"""

from __future__ import annotations

from decimal import Decimal

from questions.domain.grading.expected import Expected
from questions.domain.grading.units import Measure
from questions.domain.values import Quantity, decimals_of, parse_quantity, round_half_up

_MONTH = Decimal(2_629_746)  # seconds: spans of months and years are told in whole ones


def is_more_exact(
    expected: Expected, key: Quantity, value: Decimal, place: Decimal, asked: Measure | None
) -> bool:
    """`value` in the unit `asked`, with its last figure at `place`."""
    if expected.exact or key.shape not in ("plain", "about") or not _is_measured(key, asked):
        return False
    step = _step(expected, key)
    off = abs(value - key.amount)
    if not key.amount or place > step / 10 or not 0 < off <= step / 2:
        return False
    same = round_half_up(value / step, 0) * step == key.amount
    return same and value not in said_elsewhere(expected)


def _is_measured(key: Quantity, asked: Measure | None) -> bool:
    if decimals_of(key.amount):
        return True
    if asked is None or asked.counts:
        return False
    return asked.base != "second" or asked.factor < _MONTH


def _step(expected: Expected, key: Quantity) -> Decimal:
    if expected.rounding:
        return Decimal(expected.rounding)
    return Decimal(1).scaleb(-decimals_of(key.amount))


def said_elsewhere(expected: Expected) -> set[Decimal]:
    """By another source, or of something else in the deck."""
    texts = (*expected.rivals, *(other.value for other in expected.others))
    return {parse_quantity(text).amount for text in texts}
