"""Amounts in two units, the larger first: 2 hours 30 minutes, 4 km 400 m."""

from __future__ import annotations

import re
from decimal import Decimal

from questions.domain.grading.units import Units

_PAIR = re.compile(
    r"(?<![\d.,])(?P<much>\d{1,9})\s?(?P<large>[^\W\d_]{1,12})\.?,?\s*(?:(?:and|und|et)\s+)?"
    r"(?P<more>\d{1,6}(?:[.,]\d{1,4})?)\s?(?P<small>[^\W\d_]{1,12})"
)


def in_one_unit(text: str, units: Units) -> str:
    """Such an amount said in its smaller unit alone; hours, minutes and seconds take two turns."""
    for _ in range(2):
        match = _PAIR.search(text)
        total = _total(match, units) if match else None
        if match is None or total is None:
            break
        text = f"{text[: match.start()]}{total:f} {match['small']}{text[match.end() :]}"
    return text


def _total(match: re.Match[str], units: Units) -> Decimal | None:
    """None unless the second amount is less than one of the first unit."""
    large, small = units.find(match["large"]), units.find(match["small"])
    if large is None or small is None or large.base != small.base or large.offset:
        return None
    more, ratio = Decimal(match["more"].replace(",", ".")), large.factor / small.factor
    if ratio <= 1 or more >= ratio:
        return None
    return (Decimal(match["much"]) * ratio + more).normalize()
