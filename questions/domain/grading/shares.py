"""A share where percent are asked: three quarters, 3/4, ¾ and 75 out of 100 are 75 percent."""

from __future__ import annotations

import re
from decimal import Decimal

_SAID = re.compile(r"%|\bper\s?cent|\bpct\b|\bpour\s?cent\b", re.IGNORECASE)
_OF_ALL = re.compile(
    r"(?<![\d.,/])(?P<some>\d{1,4})(?:\s?[/⁄]\s?|\s+(?:out\s+of|in|of|von|sur|из)\s+(?:every\s+)?)"
    r"(?P<all>\d{1,4})(?![\d/])",
    re.IGNORECASE,
)
_NAMED = re.compile(r"[¼-¾⅐-⅞]|\b(?:half|halves|(?:third|quarter|fifth|tenth)s?)\b", re.IGNORECASE)
_DECIMAL = re.compile(r"(?<![\d.,])0?\.\d+(?![\d.,])")
_FINE = Decimal("0.01")


def in_percent(given: str, text: str) -> str:
    """`text` is what `plain_number_text` made of `given`; a bare 0.75 is no share, but a slip."""
    if _SAID.search(given):
        return text
    if match := _OF_ALL.search(text):
        some, of_all = Decimal(match["some"]), Decimal(match["all"])
        if not 0 < some <= of_all <= 1000:
            return text
        return _put(text, match, some / of_all)
    match = _DECIMAL.search(text) if _NAMED.search(given) else None
    return _put(text, match, Decimal(match[0])) if match else text


def _put(text: str, match: re.Match[str], share: Decimal) -> str:
    percent = (share * 100).quantize(_FINE).normalize()
    return f"{text[: match.start()]}{percent:f} %{text[match.end() :]}"
