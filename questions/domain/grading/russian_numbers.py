"""Whole numbers in Russian words, which the library of number words does not know."""

from __future__ import annotations

from collections.abc import Sequence

_SMALL = {
    word: value
    for value, words in {
        0: "ноль нуль", 1: "один одна одно", 2: "два две двое", 3: "три трое",
        4: "четыре четверо", 5: "пять пятеро", 6: "шесть шестеро", 7: "семь семеро",
        8: "восемь", 9: "девять", 10: "десять",
        11: "одиннадцать",
        12: "двенадцать", 13: "тринадцать", 14: "четырнадцать", 15: "пятнадцать",
        16: "шестнадцать", 17: "семнадцать", 18: "восемнадцать", 19: "девятнадцать",
        20: "двадцать", 30: "тридцать", 40: "сорок", 50: "пятьдесят", 60: "шестьдесят",
        70: "семьдесят", 80: "восемьдесят", 90: "девяносто", 100: "сто", 200: "двести",
        300: "триста", 400: "четыреста", 500: "пятьсот", 600: "шестьсот", 700: "семьсот",
        800: "восемьсот", 900: "девятьсот",
    }.items()
    for word in words.split()
}  # fmt: skip
_LARGE = {
    word: value
    for value, words in {
        10**3: "тысяча тысячи тысяч", 10**6: "миллион миллиона миллионов",
        10**9: "миллиард миллиарда миллиардов",
    }.items()
    for word in words.split()
}  # fmt: skip


def russian_cardinal(words: Sequence[str]) -> int | None:
    """None unless every word belongs to one number, said from the largest part down."""
    total = section = 0
    smallest, smallest_large = 10**12, 10**12
    for word in words:
        if word in _LARGE:
            if _LARGE[word] >= smallest_large:
                return None
            smallest_large, smallest = _LARGE[word], 1000
            total, section = total + (section or 1) * _LARGE[word], 0
        elif word in _SMALL and _fits(_SMALL[word], smallest):
            smallest = _SMALL[word]
            section += smallest
        else:
            return None
    return total + section if words else None


def _fits(value: int, before: int) -> bool:
    """Units behind tens, tens behind hundreds; nothing behind eleven to nineteen."""
    if 0 < before < 20:
        return False
    return value < (10 if before < 100 else 100 if before < 1000 else 1000)
