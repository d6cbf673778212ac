"""Whether counts come out as chance would have them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, exp, lgamma, log, sqrt


@dataclass(frozen=True, slots=True)
class Fit:
    """Pearson's chi-square of counts against what was expected; `p` is the chance of a worse fit
    if nothing but chance is at work, 1 where there is nothing to compare."""

    statistic: float
    freedom: int
    p: float


def fit(observed: Sequence[Sequence[float]], expected: Sequence[Sequence[float]]) -> Fit:
    """Of several tables at once, each with its own total."""
    statistic, freedom = 0.0, 0
    for row, wanted in zip(observed, expected, strict=True):
        cells = [(seen, hoped) for seen, hoped in zip(row, wanted, strict=True) if hoped > 0]
        statistic += sum((seen - hoped) ** 2 / hoped for seen, hoped in cells)
        freedom += max(0, len(cells) - 1)
    return Fit(statistic, freedom, chi_square_tail(statistic, freedom))


def chi_square_tail(x: float, freedom: int) -> float:
    """The chance that a chi-square of so many degrees of freedom is above x.

    Abramowitz & Stegun, Handbook of Mathematical Functions (1964), 26.4.4 and 26.4.5: a finite
    series in x/2 that begins with erfc(√(x/2)) where the degrees are odd, with 0 where even.
    """
    if freedom < 1 or x <= 0:
        return 1.0
    half, odd = x / 2, freedom % 2
    tail = erfc(sqrt(half)) if odd else 0.0
    powers = [n + odd / 2 for n in range((freedom - odd) // 2)]
    tail += sum(exp(power * log(half) - half - lgamma(power + 1)) for power in powers)
    return min(1.0, tail)
