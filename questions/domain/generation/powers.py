"""Figures of which each is so many times another: 4, 8, 16 and 32."""

from __future__ import annotations

import math
from collections.abc import Sequence

FEWEST = 4
"""Different figures from which to tell that it is no chance."""
_EXACT = 2**53


def common_ratio(sizes: Sequence[float]) -> int:
    """Of what number all quotients of these figures are powers, the largest there is; 0 if of none
    or if there are too few figures."""
    different = sorted(set(sizes))
    if len(different) < FEWEST or different[0] < 1 or different[-1] > _EXACT:
        return 0
    quotients = [size / different[0] for size in different[1:]]
    if not all(each.is_integer() for each in quotients):
        return 0
    base = _root(int(quotients[0]))
    powers = [steps(int(each), base) for each in quotients]
    return base ** math.gcd(*powers) if all(powers) else 0


def _root(number: int) -> int:
    """The smallest number of which it is a power: 2 of 8, 6 of 6."""
    for power in range(number.bit_length(), 1, -1):
        root: int = round(number ** (1 / power))
        if root > 1 and root**power == number:
            return root
    return number


def steps(times: int, ratio: int) -> int:
    """Which power of a ratio a number is; 0 if it is none."""
    power = round(math.log(times, ratio)) if times > 1 else 0
    return power if ratio**power == times else 0
