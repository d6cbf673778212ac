"""Numbers in the characters of Chinese and Japanese: 三万, 3万2千, 一九四一."""

from __future__ import annotations

import re
from decimal import Decimal

_FIGURES = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {
    "零": 0, "两": 2, "兩": 2,
}  # fmt: skip
_UNITS = {"十": 10, "百": 100, "千": 1000, "廿": 20, "卅": 30}
_MYRIADS = {"万": 10**4, "萬": 10**4, "億": 10**8, "亿": 10**8, "兆": 10**12}
_SIGNS = "".join((*_FIGURES, *_UNITS, *_MYRIADS))
_RUN = re.compile(rf"(?:\d[\d,]*(?:\.\d+)?\s?(?=[{_SIGNS}])|[{_SIGNS}])+(?:\d+)?")
_PIECE = re.compile(rf"\d[\d,]*(?:\.\d+)?|[{_SIGNS}]")
_LONGEST = 24


def in_digits(text: str, after: str = "") -> str:
    """The text with such numbers in digits; `after` is a pattern of what must follow them."""
    if text.isascii():
        return text
    pattern = re.compile(_RUN.pattern + f"(?={after})") if after else _RUN
    return pattern.sub(_digits, text)


def _digits(match: re.Match[str]) -> str:
    run = match[0]
    if len(run) > _LONGEST or not any(sign in _SIGNS for sign in run):
        return run
    if not any(sign in _UNITS or sign in _MYRIADS for sign in run):
        return "".join(str(_FIGURES.get(sign, sign)) for sign in run)
    return format(_value(run).normalize(), "f")


def _value(run: str) -> Decimal:
    """Figures times units within each myriad: 3万2千 is 3 × 10,000 + 2 × 1,000."""
    total = section = figure = Decimal(0)
    seen = False
    for piece in _PIECE.findall(run):
        if piece in _MYRIADS:
            section += figure
            if total and not section:  # 万万
                total *= _MYRIADS[piece]
            else:
                total += (section or Decimal(1)) * _MYRIADS[piece]
            section, figure, seen = Decimal(0), Decimal(0), False
        elif piece in _UNITS:
            section += (figure if seen else Decimal(1)) * _UNITS[piece]
            figure, seen = Decimal(0), False
        else:
            value = _FIGURES.get(piece)
            figure = Decimal(piece.replace(",", "")) if value is None else figure * 10 + value
            seen = True
    return total + section + figure
