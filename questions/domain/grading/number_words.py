"""Numbers written as words: cardinals of several languages, English ordinals and years."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from text_to_num import text2num

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_CARDINALS = {word: value for value, word in enumerate(_UNITS)} | {
    word: (place + 2) * 10 for place, word in enumerate(_TENS)
}
_ORDINALS = {
    word: value
    for value, word in enumerate(
        (
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
            "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
        ).split(),
        start=1,
    )
} | {"twentieth": 20, "thirtieth": 30, "twelveth": 12, "nineth": 9}
LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "ca")
_MOST_LETTERS = 120

NumberRun = list[tuple[int, str]]


def ordinal_of(word: str) -> int | None:
    return _ORDINALS.get(word)


@lru_cache(maxsize=4096)
def cardinal(text: str, languages: tuple[str, ...] = ("en",)) -> int | None:
    """The whole number that words say, by the first language that knows them."""
    if len(text) > _MOST_LETTERS or not text.replace(" ", "").replace("-", "").isalpha():
        return None
    for language in languages:
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
    if first in _ORDINALS:
        return _ORDINALS[first], "th", 1
    if len(run) > 1 and first in ("twenty", "thirty") and 0 < _ORDINALS.get(run[1], 99) < 10:
        return _CARDINALS[first] + _ORDINALS[run[1]], "th", 2
    if first in _CARDINALS and 10 <= _CARDINALS[first] <= 20 and len(run) > 1:
        year = _year_in_halves(run, decades)
        if year[2]:
            return year
    return _longest_cardinal(run)


def _year_in_halves(run: list[str], decades: Mapping[str, int]) -> tuple[int, str, int]:
    """ "nineteen forty-one", "nineteen oh five", "nineteen hundred and five", "… thirties"."""
    century, second = _CARDINALS[run[0]] * 100, run[1]
    if second in decades:
        return century + decades[second], "s", 2
    if second == "oh" and len(run) > 2 and 0 < _CARDINALS.get(run[2], 0) < 10:
        return century + _CARDINALS[run[2]], "", 3
    if second == "hundred":
        last = 3 if len(run) > 3 and run[2] == "and" else 2
        value = cardinal(" ".join(run[last : last + 2])) or cardinal(" ".join(run[last : last + 1]))
        used = last + (2 if cardinal(" ".join(run[last : last + 2])) else 1) if value else 2
        return century + (value or 0), "", min(used, len(run))
    return _two_digit_half(run, century, second)


def _two_digit_half(run: list[str], century: int, second: str) -> tuple[int, str, int]:
    half = _CARDINALS.get(second, 0)
    if half < 10:
        return 0, "", 0
    if half >= 20 and len(run) > 2 and 0 < _CARDINALS.get(run[2], 0) < 10:
        return century + half + _CARDINALS[run[2]], "", 3
    if len(run) > 2 and _CARDINALS.get(run[2], 0) >= 10:
        return 0, "", 0  # "thirteen nineteen forty": a day, then a year
    return century + half, "", 2


def _longest_cardinal(run: list[str]) -> tuple[int, str, int]:
    for used in range(min(len(run), 12), 0, -1):
        if run[used - 1] not in ("and", "oh") and run[0] != "and":
            value = cardinal(" ".join(run[:used]))
            if value is not None:
                return value, "", used
    return 0, "", 0


_SCALES = {
    "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "dozen": 12, "score": 20,
}  # fmt: skip
_SHARES = {
    "half": Decimal("0.5"), "halves": Decimal("0.5"), "quarter": Decimal("0.25"),
    "quarters": Decimal("0.25"), "third": Decimal(1) / 3, "thirds": Decimal(1) / 3,
    "fifth": Decimal("0.2"), "fifths": Decimal("0.2"), "tenth": Decimal("0.1"),
    "tenths": Decimal("0.1"),
}  # fmt: skip
_JOINING = frozenset({"and", "a", "an", "of"})
_ENGLISH = frozenset(_CARDINALS) | frozenset(_SCALES) | frozenset(_SHARES) | _JOINING | {"point"}
_SAYING = frozenset(_CARDINALS) | frozenset(_SCALES) | {"half", "quarter"}
_RUN = re.compile(r"[a-z]+(?:[ -]+[a-z]+)*", re.IGNORECASE)
_LETTERS = re.compile(r"[a-z]+", re.IGNORECASE)


def english_number(text: str) -> str:
    """The text with English number words written in digits: "two dozen" → "24"."""
    words = {word.lower() for word in _LETTERS.findall(text)}
    return text if _SAYING.isdisjoint(words) else _RUN.sub(_digits_in, text)


def _digits_in(match: re.Match[str]) -> str:
    words = list(_LETTERS.finditer(match[0]))
    out: list[str] = []
    place = 0
    start = 0
    while start < len(words):
        end = start
        while end < len(words) and words[end][0].lower() in _ENGLISH:
            end += 1
        used = _trimmed([word[0].lower() for word in words[start:end]])
        value = _value_of(used) if used else None
        if value is None:
            start = max(end, start + 1)
            continue
        lead = _leading(words, start, end)
        out += [match[0][place : words[lead].start()], format(value.normalize(), "f")]
        place = words[lead + len(used) - 1].end()
        start = lead + len(used)
    return "".join(out) + match[0][place:]


def _leading(words: list[re.Match[str]], start: int, end: int) -> int:
    """Where the number begins after joining words that say nothing ("of", "and")."""
    while start < end and words[start][0].lower() in ("and", "of"):
        start += 1
    return start


def _trimmed(run: list[str]) -> list[str]:
    while run and run[0] in ("and", "of"):
        run = run[1:]
    while run and run[-1] in _JOINING:
        run = run[:-1]
    says_how_many = any(
        word in _CARDINALS or word in _SHARES or word in ("a", "an") for word in run
    )
    return run if says_how_many and not _SAYING.isdisjoint(run) else []


def _value_of(run: list[str]) -> Decimal | None:
    """A plain cardinal by the library; halves, dozens and decimals by adding up."""
    if all(word in _CARDINALS or word in _SCALES or word == "and" for word in run):
        plain = cardinal(" ".join(run))
        if plain is not None:
            return Decimal(plain)
        if not {"dozen", "score"}.intersection(run):
            return None
    return _added_up(run)


def _added_up(run: list[str]) -> Decimal | None:
    total, current, scale = Decimal(0), Decimal(0), Decimal(1)
    decimals: Decimal | None = None
    for place, word in enumerate(run):
        if word == "point":
            decimals = Decimal(1)
        elif word in _CARDINALS and decimals is not None:
            decimals /= 10
            current += _CARDINALS[word] * decimals
        elif word in _CARDINALS:
            current += _CARDINALS[word]
        elif word in _SHARES:
            joined = "and" in run[max(0, place - 2) : place]
            current = _with_share(current, _SHARES[word], scale if joined else None, total)
        elif word in _SCALES:
            current = (current or Decimal(1)) * _SCALES[word]
            if _SCALES[word] >= 1000:
                total, current, scale = total + current, Decimal(0), Decimal(_SCALES[word])
            decimals = None
    return total + current or None


def _with_share(current: Decimal, share: Decimal, scale: Decimal | None, total: Decimal) -> Decimal:
    """ "two and a half" adds, "three quarters" multiplies; "a million and a half" is 1.5e6."""
    if scale is None:
        return (current or Decimal(1)) * share
    return current + share * (scale if total and not current else 1)
