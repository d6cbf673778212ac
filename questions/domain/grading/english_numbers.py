"""English number words turned into digits, wherever they stand in an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from questions.domain.grading.number_words import CARDINALS, cardinal

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
_ENGLISH = frozenset(CARDINALS) | frozenset(_SCALES) | frozenset(_SHARES) | _JOINING | {"point"}
_SAYING = frozenset(CARDINALS) | frozenset(_SCALES) | {"half", "quarter"}
_JOINED = re.compile(r"(?: ?, | +|-)", re.IGNORECASE)
_LETTERS = re.compile(r"[a-z]+", re.IGNORECASE)
_MINUS = re.compile(r"\b(?:minus|negative|moins|menos|минус) (?=[\d.,])", re.IGNORECASE)
_BELOW = re.compile(
    r"^(\d[\d.,]*)\s*(?:°\s?[cf]?\b|degrees?(?: [a-z]+)?)?\s*below(?: zero| 0)?$", re.IGNORECASE
)
_DOZENS = re.compile(r"\b(\d{1,6}) ?(?:dozens?\b|doz\b\.?)", re.IGNORECASE)
_AMPERSAND = re.compile(r"(?<=[a-z]) ?& ?(?=[a-z])", re.IGNORECASE)
# What is called by a number, such as eight-thousanders and two-seaters, says none.
_NAMED_FOR = re.compile(r"-(?!\w*met(?:er|re))[a-z]{3,}ers\b", re.IGNORECASE)
_LONGEST = 16

Word = re.Match[str]


def english_number(text: str) -> str:
    """The text with English number words written in digits: "two dozen" → "24"."""
    text = _AMPERSAND.sub(" and ", text) if "&" in text else text
    words = list(_LETTERS.finditer(text))
    if not _SAYING.isdisjoint(word[0].lower() for word in words):
        text = "".join(_replaced(text, words))
    text = _DOZENS.sub(lambda match: str(int(match[1]) * 12), text)
    return _BELOW.sub(r"-\1", _MINUS.sub("-", text))


def _replaced(text: str, words: list[Word]) -> Iterator[str]:
    place = start = 0
    while start < len(words):
        used, value = _longest_number(text, words, start)
        if value is None:
            start += 1
            continue
        yield text[place : words[start].start()]
        yield format(value.normalize(), "f")
        place = words[start + used - 1].end()
        start += used
    yield text[place:]


def _longest_number(text: str, words: list[Word], start: int) -> tuple[int, Decimal | None]:
    """How many words from here say one number, and which."""
    run = _run(text, words, start)
    if run and _NAMED_FOR.match(text, words[start + len(run) - 1].end()):
        return 0, None
    if not run or run[0] in ("and", "of", "point"):
        return 0, None
    for used in range(len(run), 0, -1):
        part = run[:used]
        if part[-1] not in _JOINING and _says_how_many(part):
            value = _value_of(part)
            if value is not None:
                return used, value
    return 0, None


def _run(text: str, words: list[Word], start: int) -> list[str]:
    """The number words in a row from here, with nothing but blanks and commas between."""
    run: list[str] = []
    for place in range(start, min(len(words), start + _LONGEST)):
        word = words[place]
        before = text[words[place - 1].end() : word.start()] if run else " "
        if word[0].lower() not in _ENGLISH or not _JOINED.fullmatch(before):
            break
        run.append(word[0].lower())
    return run


def _says_how_many(run: list[str]) -> bool:
    """ "Thousand" alone is left to stand behind a figure, and "a" says nothing alone."""
    counted = any(word in CARDINALS or word in _SHARES or word in ("a", "an") for word in run)
    return counted and not _SAYING.isdisjoint(run)


def _value_of(run: list[str]) -> Decimal | None:
    """A plain cardinal by the library; halves, dozens and decimals by adding up."""
    if "of" in run and not CARDINALS.keys().isdisjoint(run[run.index("of") :]):
        return None  # "half of eighty"
    if all(word in CARDINALS or word in _SCALES or word == "and" for word in run):
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
        elif word in CARDINALS and decimals is not None:
            decimals /= 10
            current += CARDINALS[word] * decimals
        elif word in CARDINALS:
            current += CARDINALS[word]
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
