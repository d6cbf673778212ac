"""Figures written as powers ("2^20", "2**20", "2²⁰") and calculations ("1024 * 1024")."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_SUPERSCRIPT = re.compile(r"(?<=\d)[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_TO_THE = r"(?:\s?(?:\^|\*\*)\s?| to the power (?:of )?)"
_NOT_BESIDE = r"(?![\w^]|\*\*|[.,]\d)"
_POWER_OF_TEN = re.compile(
    rf"(?<![\w.,×*·^])(?<![\wx×*·]\s)10{_TO_THE}(?=[-+]?\d{{1,2}}{_NOT_BESIDE})", re.IGNORECASE
)
_POWER = re.compile(
    rf"(?<![\w.,^])(?!10{_TO_THE})(?P<base>\d{{1,4}}){_TO_THE}"
    rf"(?P<power>[-+]?\d{{1,12}}){_NOT_BESIDE}",
    re.IGNORECASE,
)
_MOST_DIGITS = 24
UNREADABLE = "1e99"
"""What is written for a power that no question asks for; no figure is read in it."""

_TIMES = r"\s?[x×*·⋅]\s?"
_CALCULATION = re.compile(
    rf"\D*(?P<first>\d[\d.,]*){_TIMES}(?P<second>\d[\d.,]*)(?:{_TIMES}\d[\d.,]*)*\D*",
    re.IGNORECASE,
)
# "6.02x1023" has lost what raised its 23.
_LOST_POWER = re.compile(r"10[1-9]\d?")
_ONE_FIGURE = re.compile(r"\d(?:[.,]\d+)?")


def raised_plainly(text: str) -> str:
    """Before cleaning, which would make 2²⁰ 220."""
    return _SUPERSCRIPT.sub(lambda raised: "^" + unicodedata.normalize("NFKC", raised[0]), text)


def without_powers(text: str) -> str:
    """Each power as the figure that it is; those of ten as exponents."""
    return _POWER.sub(_one_power, _POWER_OF_TEN.sub("1e", text))


def _one_power(match: re.Match[str]) -> str:
    base, power = int(match["base"]), int(match["power"])
    if not base or abs(power) * len(str(base)) > 4 * _MOST_DIGITS:
        return UNREADABLE
    value = Decimal(base) ** power
    return f"{value:f}" if abs(value.adjusted()) < _MOST_DIGITS else UNREADABLE


def is_calculation(text: str) -> bool:
    """Whether all figures of a text are to be multiplied, which is no one figure."""
    match = _CALCULATION.fullmatch(text)
    if match is None:
        return False
    lost = _LOST_POWER.fullmatch(match["second"]) and _ONE_FIGURE.fullmatch(match["first"])
    return not lost
