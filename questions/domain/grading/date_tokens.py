"""Cut a typed date into numbers, months, seasons, marks and words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from questions.domain.grading.calendar_words import (
    is_weekday,
    misspelt_month,
    month_of,
    plain,
    season_of,
    weekday_of,
)
from questions.domain.grading.date_wording import PART_NAMES, plain_wording
from questions.domain.grading.number_words import OH, cardinal, ordinal_of, words_to_numbers
from questions.domain.grading.roman import roman_value


class Sort(Enum):
    NUMBER = auto()
    LITERAL = auto()  # 13/4/1941 and the like, its figures kept together
    MONTH = auto()
    SEASON = auto()
    WEEKDAY = auto()
    RANGE = auto()
    OR = auto()
    AND = auto()
    BETWEEN = auto()
    SINCE = auto()
    UNTIL = auto()
    NOT = auto()
    BUT = auto()
    BC = auto()
    AD = auto()
    PART = auto()  # early, mid, late; first half; second quarter
    CENTURY = auto()
    COMMA = auto()
    WORD = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """`mark` of a number: "th" (ordinal), "s" (decade), "'" (short year), "century" or nothing."""

    sort: Sort
    text: str
    value: int = 0
    mark: str = ""


_PIECE = re.compile(
    r"""
    (?P<iso>\d{4}-\d{2}-\d{2})(?:t[\d:.]+z?)?(?!\d)
  | (?P<spaced>(?<![\d.,])(?:\d{1,2}\s\d{1,2}\s\d{4}|\d{4}\s\d{1,2}\s\d{1,2})(?!\d))
  | (?P<literal>(?<![\d.,])\d{1,4}\s?(?P<cut>[./-])\s?(?:\d{1,2}|[ivx]{1,4})\s?(?P=cut)\s?
      (?:\d{4}|\d{1,2})(?!\d))
  | (?P<eight>(?<!\d)\d{8}(?!\d))
  | (?P<month_year>(?<![\d.,/-])(?:0?[1-9]|1[0-2])\s?[./-]\s?\d{4}(?![\d/-]))
  | (?P<day_month>(?<![\d.,/-])(?:\d{1,2}\s?\.\s?\d{1,2}\.?(?=\s?(?:[-‐‑‒–—~〜～→]|bis\b|to\b|$))
      |\d{1,2}/\d{1,2}(?=\s?(?:[-‐‑‒–—~〜～→]|bis\b|to\b))|(?<!.)\d{1,2}/\d{1,2}(?!.)))
  | (?P<short>['’‘`´]\d{2})(?:(?P<short_s>\s?['’]?s)\b)?
  | (?P<number>\d+)\s?(?:(?P<th>st|nd|rd|th|er|ère|ère|º|ª)\b|(?P<s>['’]?s)\b)?
  | (?P<range>\.{2,}|[-‐‑‒–—―~〜～→]|\bto\b|\buntil\b|\btill\b|\bthrough\b|\bthru\b|\bbis\b)
  | (?P<slash>/)
  | (?P<comma>[,;])
  | (?P<measure>[%‰°$€£¥])
  | (?P<word>[^\W\d_](?:[^\s\d!-&(-/:-@\[-`{-~‐-―。、，〜～→]*[^\s\d!-/:-@\[-`{-~‐-―。、，〜～→’])?)
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Which part, counted from 0, times ten, and of how many.
_PARTS = (
    dict.fromkeys("early beginning start anfang debut".split(), 3)
    | dict.fromkeys("mid middle mitte midway".split(), 13)
    | dict.fromkeys("late end ende fin".split(), 23)
    | PART_NAMES
)
_WORDS: dict[str, Sort] = {
    **dict.fromkeys("or oder ou o или либо either".split(), Sort.OR),
    **dict.fromkeys("and und et y и".split(), Sort.AND),
    **dict.fromkeys("between zwischen entre".split(), Sort.BETWEEN),
    **dict.fromkeys("au al по".split(), Sort.RANGE),
    **dict.fromkeys("but sondern mais".split(), Sort.BUT),
    **dict.fromkeys("since after from seit nach depuis desde following".split(), Sort.SINCE),
    **dict.fromkeys("before by until till vor avant prior".split(), Sort.UNTIL),
    **dict.fromkeys(
        "not no never nicht kein pas except neither nor isnt isn't wasn't rather instead".split(),
        Sort.NOT,
    ),
    **dict.fromkeys("bc bce b.c. b.c.e. ac".split(), Sort.BC),
    **dict.fromkeys("ad ce a.d. c.e.".split(), Sort.AD),
    **dict.fromkeys(_PARTS, Sort.PART),
    **dict.fromkeys(
        "century centuries jahrhundert siecle siglo c cent век века".split(), Sort.CENTURY
    ),
}
_TENS = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60,
    "seventies": 70, "eighties": 80, "nineties": 90,
}  # fmt: skip
_WITH_NAME = re.compile(r"\b(?:\d{1,2}-[^\W\d_]{3,}-\d{2,4}|[^\W\d_]{3,}-\d{1,2}-\d{2,4})\b")


def tokens_of(text: str) -> list[Token]:
    """`text` is cleaned. Number words are read first, so "thirteenth" is a number here.

    Raises calendar_eras.NoSuchTime.
    """
    text = plain_wording(text)
    text = _WITH_NAME.sub(lambda match: match[0].replace("-", " "), text)
    words = list(_merge_words(_pieces(text)))
    found = [_month_or_word(words, place) for place in range(len(words))]
    return [token for place, token in enumerate(found) if not _is_mere_hyphen(found, place)]


def _is_mere_hyphen(tokens: list[Token], place: int) -> bool:
    """That of "twentieth-century"."""
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    return bool(following and following.sort is Sort.CENTURY and tokens[place].sort is Sort.RANGE)


def _pieces(text: str) -> Iterator[Token]:
    for match in _PIECE.finditer(text):
        kind = match.lastgroup or ""
        literal = match["iso"] or match["literal"] or match["eight"] or match["month_year"]
        literal = literal or match["spaced"] or match["day_month"]
        if literal:
            yield Token(Sort.LITERAL, literal)
        elif match["short"]:
            mark = "s" if match["short_s"] else "'"
            yield Token(Sort.NUMBER, match["short"], int(match["short"][1:]), mark)
        elif match["number"]:
            digits = match["number"]
            mark = "th" if match["th"] else "s" if match["s"] else ""
            mark = mark or ("th" if _is_glued(text, match) else "")
            yield Token(Sort.NUMBER, digits, int(digits[:9]), mark)
        elif match["range"]:
            yield Token(Sort.RANGE, match["range"])
        elif match["slash"] or match["comma"]:
            yield Token(Sort.RANGE if kind == "slash" else Sort.COMMA, match[0])
        else:
            yield Token(Sort.WORD, plain(match["word"] or match["measure"]))


_MOST_GLUED = 3
_LETTERS_BEHIND = re.compile(r"[^\W\d]+")
_LETTERS_BEFORE = re.compile(r"[^\W\d]+$")
_AT_YEARS = frozenset("г год году года year yr in anno circa approx about".split())


def _is_glued(text: str, match: re.Match[str]) -> bool:
    """ "yes1": no year, as "13apr41" holds one. A day it may be, as in "13ten April"."""
    start, end = match.span("number")
    if end - start > _MOST_GLUED:
        return False
    glued = (_LETTERS_BEFORE.search(text[:start]), _LETTERS_BEHIND.match(text, end))
    return any(found and not is_of_dates(found[0]) for found in glued)


def is_of_dates(text: str) -> bool:
    word = plain(text)
    known = word in _WORDS or word in _AT_YEARS or season_of(word) or roman_value(word)
    return bool(known or month_of(word) or misspelt_month(word))


def _merge_words(pieces: Iterator[Token]) -> Iterator[Token]:
    """Runs of number words become numbers: "nineteen forty-one", "twenty-first"."""
    run: list[str] = []
    held: list[Token] = []
    for token in pieces:
        joins = bool(run) and token.sort is Sort.RANGE and token.text in "-‐‑"
        if joins or (token.sort is Sort.WORD and _is_number_word(token.text, bool(run))):
            held.append(token)
            run += [token.text] if token.sort is Sort.WORD else []
            continue
        yield from _read_run(run, held)
        run, held = [], []
        yield token
    yield from _read_run(run, held)


def _is_number_word(word: str, inside: bool) -> bool:
    if word in ("and", "hundreds", *OH):
        return inside
    return word in _TENS or ordinal_of(word) is not None or bool(words_to_numbers([word]))


def _read_run(run: list[str], held: list[Token]) -> Iterator[Token]:
    trailing: list[Token] = []
    while held and (held[-1].sort is Sort.RANGE or held[-1].text in ("and", *OH)):
        trailing.insert(0, held.pop())
        if trailing[0].sort is Sort.WORD:
            run = run[:-1]
    for value, mark in words_to_numbers(run, _TENS):
        yield Token(Sort.NUMBER, str(value), value, mark)
    yield from trailing


_NOT_MONTH_BEFORE = frozenset({"be", "have", "not", "well", "i", "it", "also"})


_LONG_NUMBER = 16
"""Letters of a year in one word, as German and Dutch write it."""


def _month_or_word(tokens: list[Token], place: int) -> Token:
    token = tokens[place]
    if token.sort is not Sort.WORD:
        return token
    word = token.text
    if len(word) >= _LONG_NUMBER and (year := cardinal(word, ("de", "nl"))):
        return Token(Sort.NUMBER, str(year), year)
    if (numeral := _roman_at(tokens, place)) is not None:
        return numeral
    if word in _WORDS:
        return Token(_WORDS[word], word, _PARTS.get(word, 0))
    if season := season_of(word):
        return Token(Sort.SEASON, word, season)
    if (weekday := _weekday_at(tokens, place, word)) is not None:
        return Token(Sort.WEEKDAY, word, weekday)
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    if following and following.sort is Sort.WORD and following.text in _NOT_MONTH_BEFORE:
        return token
    if month := _month_at(tokens, place, word):
        return Token(Sort.MONTH, word, month)
    return token


def _month_at(tokens: list[Token], place: int, word: str) -> int | None:
    month = month_of(word)
    if month and (len(tokens) <= 2 or _by_number(tokens, place)):
        return month
    if is_weekday(word) or not _by_number(tokens, place):
        return None
    return month or misspelt_month(word)


def _weekday_at(tokens: list[Token], place: int, word: str) -> int | None:
    """Beside the rest of a date; "the Monday after" is another day."""
    day = weekday_of(word, at_end=place in (0, len(tokens) - 1))
    return day if day is not None and _by_number(tokens, place) else None


def _roman_at(tokens: list[Token], place: int) -> Token | None:
    """A Roman numeral where one makes sense: XX century, 13.IV.1941, MCMXLI, XLIV BC."""
    word = tokens[place].text
    value = roman_value(word) if len(word) <= 15 else None
    if value is None:
        return None
    before, after = _sort_at(tokens, place - 1), _sort_at(tokens, place + 1)
    if Sort.CENTURY in (before, after) or _text_at(tokens, place + 1) in ("в", "вв"):
        return Token(Sort.NUMBER, str(value), value, "century")
    if value <= 12 and _is_month_numeral(tokens, place):
        return Token(Sort.MONTH, word, value)
    is_year = (value >= 100 and len(word.removesuffix("e")) >= 3) or Sort.BC in (before, after)
    return Token(Sort.NUMBER, f"{value:04}", value) if is_year else None


def _is_month_numeral(tokens: list[Token], place: int) -> bool:
    """Between day and year, before a year, or last behind a day."""
    after, day = _at(tokens, place + 1), _at(tokens, place - 1)
    behind_day = day is not None and day.sort is Sort.NUMBER and 1 <= day.value <= 31
    if after is None:
        return behind_day
    return after.sort is Sort.NUMBER and (behind_day or len(after.text) == 4)


def _at(tokens: list[Token], place: int) -> Token | None:
    return tokens[place] if 0 <= place < len(tokens) else None


def _text_at(tokens: list[Token], place: int) -> str:
    token = _at(tokens, place)
    return token.text if token else ""


def _sort_at(tokens: list[Token], place: int) -> Sort | None:
    token = _at(tokens, place)
    return _WORDS.get(token.text, token.sort) if token else None


_LINKS = frozenset(
    "of the de del du of, den der di do le la el a or and oder und ou et y o или и".split()
)


def _by_number(tokens: list[Token], place: int) -> bool:
    """Whether a number stands next to the word, or another month does across a range."""
    back, forth = range(place - 1, place - 5, -1), range(place + 1, place + 5)
    return _reaches_number(tokens, back) or _reaches_number(tokens, forth)


def _reaches_number(tokens: list[Token], places: range) -> bool:
    """Over commas, links and other months, as far as the places go."""
    for near in places:
        token = _at(tokens, near)
        if token is None or token.sort in _BESIDE_MONTH:
            return token is not None
        linked = token.sort is Sort.COMMA or token.text in _LINKS
        if not linked and not (token.sort is Sort.WORD and month_of(token.text)):
            return False
    return False


_BESIDE_MONTH = (Sort.NUMBER, Sort.RANGE, Sort.LITERAL)
