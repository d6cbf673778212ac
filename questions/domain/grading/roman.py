"""Roman numerals, also in Cyrillic letters of the same look."""

from __future__ import annotations

import re
from itertools import pairwise

_NUMERAL = re.compile(
    r"(?P<signs>m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3}))"
    r"(?:th|st|nd|rd|e|er|eme)?"
)
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_CYRILLIC = str.maketrans("хісм", "xicm")


def roman_value(word: str) -> int | None:
    """The value of a word in small letters, with or without an ordinal's ending: xx, xxe, xxth."""
    match = _NUMERAL.fullmatch(word.translate(_CYRILLIC))
    if match is None:
        return None
    values = [_VALUES[sign] for sign in match["signs"]]
    smaller = (value for value, following in pairwise(values) if value < following)
    return sum(values) - 2 * sum(smaller) or None
