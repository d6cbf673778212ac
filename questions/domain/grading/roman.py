"""Roman numerals, also in Cyrillic letters of the same look."""

from __future__ import annotations

import re

_NUMERAL = re.compile(
    r"m{0,3}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})(?P<end>th|st|nd|rd|e|er|eme)?"
)
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_CYRILLIC = str.maketrans("хісм", "xicm")


def roman_value(word: str) -> int | None:
    """The value of a word in small letters, with or without an ordinal's ending: xx, xxe, xxth."""
    match = _NUMERAL.fullmatch(word.translate(_CYRILLIC)) if word else None
    if match is None:
        return None
    values = [_VALUES[sign] for sign in match[0][: match.start("end") if match["end"] else None]]
    total = sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )
    return total or None
