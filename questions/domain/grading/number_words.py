"""Numbers written as words: cardinals of several languages, English ordinals and years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from text_to_num import text2num

from questions.domain.grading.russian_numbers import russian_cardinal

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
CARDINALS = {word: value for value, word in enumerate(_UNITS)} | {
    word: (place + 2) * 10 for place, word in enumerate(_TENS)
}
ORDINALS = {
    word: value
    for value, word in enumerate(
        (
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
            "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
        ).split(),
        start=1,
    )
} | {"twentieth": 20, "thirtieth": 30, "twelveth": 12, "nineth": 9}
LANGUAGES = ("ru", "en", "de", "fr", "es", "it", "pt", "nl", "ca")
OH = frozenset({"oh", "aught", "ought", "nought", "naught"})
_MOST_LETTERS = 120

NumberRun = list[tuple[int, str]]


def ordinal_of(word: str) -> int | None:
    return ORDINALS.get(word)


@lru_cache(maxsize=4096)
def cardinal(text: str, languages: tuple[str, ...] = ("en",)) -> int | None:
    """The whole number that words say, by the first language that knows them."""
    if len(text) > _MOST_LETTERS or not text.replace(" ", "").replace("-", "").isalpha():
        return None
    if not text.isascii() and "ru" in languages:
        russian = russian_cardinal(text.replace("-", " ").split())
        if russian is not None:
            return russian
    for language in (one for one in languages if one != "ru"):
        try:
            return int(text2num(text, language))
        except (ValueError, KeyError, OverflowError):
            continue
    return None


def words_to_numbers(run: Sequence[str], decades: Mapping[str, int] | None = None) -> NumberRun:
    """Day and year numbers in a run of words; marks as in `date_tokens.Token`.

    "thirteenth" → 13th; "nineteen forty one" → 1941; "thirteen nineteen forty one" → 13, 1941.
    """
    found: NumberRun = []
    rest = list(run)
    while rest:
        value, mark, used = _next_number(rest, decades or {})
        if not used:
            return []
        found.append((value, mark))
        rest = rest[used:]
    return found


def _next_number(run: list[str], decades: Mapping[str, int]) -> tuple[int, str, int]:
    first = run[0]
    if first in decades:
        return decades[first], "s", 1
    if first in ORDINALS:
        return ORDINALS[first], "th", 1
    if len(run) > 1 and first in ("twenty", "thirty") and 0 < ORDINALS.get(run[1], 99) < 10:
        return CARDINALS[first] + ORDINALS[run[1]], "th", 2
    if first in CARDINALS and 10 <= CARDINALS[first] <= 20 and len(run) > 1:
        year = _year_in_halves(run, decades)
        if year[2]:
            return year
    return _longest_cardinal(run)


def _year_in_halves(run: list[str], decades: Mapping[str, int]) -> tuple[int, str, int]:
    """ "nineteen forty-one", "nineteen oh five", "nineteen hundred and five", "… thirties"."""
    century, second = CARDINALS[run[0]] * 100, run[1]
    if second in decades:
        return century + decades[second], "s", 2
    if second in OH and len(run) > 2 and 0 < CARDINALS.get(run[2], 0) < 10:
        return century + CARDINALS[run[2]], "", 3
    if second == "hundreds":
        return century, "s", 2
    if second == "hundred":
        last = 3 if len(run) > 3 and run[2] == "and" else 2
        value = cardinal(" ".join(run[last : last + 2])) or cardinal(" ".join(run[last : last + 1]))
        used = last + (2 if cardinal(" ".join(run[last : last + 2])) else 1) if value else 2
        return century + (value or 0), "", min(used, len(run))
    return _two_digit_half(run, century, second)


def _two_digit_half(run: list[str], century: int, second: str) -> tuple[int, str, int]:
    half = CARDINALS.get(second, 0)
    if half < 10:
        return 0, "", 0
    if half >= 20 and len(run) > 2 and 0 < CARDINALS.get(run[2], 0) < 10:
        return century + half + CARDINALS[run[2]], "", 3
    if len(run) > 2 and CARDINALS.get(run[2], 0) >= 10:
        return 0, "", 0  # "thirteen nineteen forty": a day, then a year
    return century + half, "", 2


def _longest_cardinal(run: list[str]) -> tuple[int, str, int]:
    for used in range(min(len(run), 12), 0, -1):
        if run[used - 1] not in ("and", *OH) and run[0] != "and":
            value = cardinal(" ".join(run[:used]))
            if value is not None:
                return value, "", used
    return 0, "", 0
