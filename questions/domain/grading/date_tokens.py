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
)
from questions.domain.grading.number_words import ordinal_of, words_to_numbers


class Sort(Enum):
    NUMBER = auto()
    LITERAL = auto()  # 13/4/1941 and the like, its figures kept together
    MONTH = auto()
    SEASON = auto()
    RANGE = auto()
    OR = auto()
    AND = auto()
    BETWEEN = auto()
    SINCE = auto()
    UNTIL = auto()
    NOT = auto()
    BC = auto()
    AD = auto()
    PART = auto()  # early, mid, late
    CENTURY = auto()
    COMMA = auto()
    WORD = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """`mark` of a number: "th" (ordinal), "s" (decade), "'" (short year), or nothing."""

    sort: Sort
    text: str
    value: int = 0
    mark: str = ""


_PIECE = re.compile(
    r"""
    (?P<iso>\d{4}-\d{2}-\d{2})(?:t[\d:.]+z?)?(?!\d)
  | (?P<literal>(?<![\d.,])\d{1,4}\s?(?P<cut>[./-])\s?(?:\d{1,2}|[ivx]{1,4})\s?(?P=cut)\s?
      (?:\d{4}|\d{1,2})(?!\d))
  | (?P<eight>(?<!\d)\d{8}(?!\d))
  | (?P<month_year>(?<![\d.,/-])(?:0?[1-9]|1[0-2])\s?[./-]\s?\d{4}(?![\d/-]))
  | (?P<short>['’‘`´]\d{2})(?:(?P<short_s>\s?['’]?s)\b)?
  | (?P<number>\d+)\s?(?:(?P<th>st|nd|rd|th|er|ère|ère|º|ª)\b|(?P<s>['’]?s)\b)?
  | (?P<range>\.{2,}|[-‐‑‒–—―~〜～→]|\bto\b|\buntil\b|\btill\b|\bthrough\b|\bthru\b|\bbis\b)
  | (?P<slash>/)
  | (?P<comma>[,;])
  | (?P<word>[^\W\d_](?:[^\s\d!-&(-/:-@\[-`{-~‐-―。、，〜～→]*[^\s\d!-/:-@\[-`{-~‐-―。、，〜～→’])?)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WORDS: dict[str, Sort] = {
    **dict.fromkeys("or oder ou o или либо either".split(), Sort.OR),
    **dict.fromkeys("and und et y и".split(), Sort.AND),
    **dict.fromkeys("between zwischen entre".split(), Sort.BETWEEN),
    **dict.fromkeys("since after from seit nach depuis desde following".split(), Sort.SINCE),
    **dict.fromkeys("before by until till vor avant prior".split(), Sort.UNTIL),
    **dict.fromkeys(
        "not no never nicht kein pas except neither nor isnt isn't wasn't".split(), Sort.NOT
    ),
    **dict.fromkeys("bc bce b.c. b.c.e. ac".split(), Sort.BC),
    **dict.fromkeys("ad ce a.d. c.e.".split(), Sort.AD),
    **dict.fromkeys("early beginning start anfang début".split(), Sort.PART),
    **dict.fromkeys("mid middle mitte midway".split(), Sort.PART),
    **dict.fromkeys("late end ende fin".split(), Sort.PART),
    **dict.fromkeys("century centuries jahrhundert siècle siglo c cent".split(), Sort.CENTURY),
}
_PARTS = (
    dict.fromkeys("early beginning start anfang début".split(), 0)
    | dict.fromkeys("mid middle mitte midway".split(), 1)
    | dict.fromkeys("late end ende fin".split(), 2)
)
_TENS = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60,
    "seventies": 70, "eighties": 80, "nineties": 90,
}  # fmt: skip
_DOTTED = re.compile(
    r"\b(b)\.?\s?c\.?(\s?e\b\.?)?|\b(a)\.\s?d\b\.?|\bv\.?\s?chr\b\.?", re.IGNORECASE
)
_EAST_ASIAN = re.compile(r"([年月년월])\s*|[日号號일]")
_WITH_NAME = re.compile(r"\b(?:\d{1,2}-[^\W\d_]{3,}-\d{2,4}|[^\W\d_]{3,}-\d{1,2}-\d{2,4})\b")
_KANJI = re.compile("[〇一二三四五六七八九十]+(?=[年月日号號])")
_FIGURES = {sign: value for value, sign in enumerate("〇一二三四五六七八九")}


def tokens_of(text: str) -> list[Token]:
    """`text` is cleaned. Number words are read first, so "thirteenth" is a number here."""
    text = _DOTTED.sub(_one_mark, _plain_east_asian(text))
    text = _WITH_NAME.sub(lambda match: match[0].replace("-", " "), text)
    found = list(_merge_words(_pieces(text)))
    return [_month_or_word(found, place) for place in range(len(found))]


def _one_mark(match: re.Match[str]) -> str:
    return " ad " if match[3] else " bc "


def _plain_east_asian(text: str) -> str:
    if text.isascii() or not _EAST_ASIAN.search(text):
        return text
    text = _KANJI.sub(lambda match: str(_kanji_number(match[0])), text)
    return (
        _EAST_ASIAN.sub(lambda match: "-" if match[1] else " ", text).replace("- ", " ").strip("- ")
    )


def _kanji_number(signs: str) -> int:
    if "十" not in signs:
        return int("".join(str(_FIGURES[sign]) for sign in signs[:8]))
    tens, _, ones = signs.partition("十")
    return _FIGURES.get(tens[-1:], 1) * 10 + _FIGURES.get(ones[:1], 0)


def _pieces(text: str) -> Iterator[Token]:
    for match in _PIECE.finditer(text):
        kind = match.lastgroup or ""
        literal = match["iso"] or match["literal"] or match["eight"] or match["month_year"]
        if literal:
            yield Token(Sort.LITERAL, literal)
        elif match["short"]:
            mark = "s" if match["short_s"] else "'"
            yield Token(Sort.NUMBER, match["short"], int(match["short"][1:]), mark)
        elif match["number"]:
            mark = "th" if match["th"] else "s" if match["s"] else ""
            digits = match["number"]
            yield Token(Sort.NUMBER, digits, int(digits[:9]), mark)
        elif match["range"]:
            yield Token(Sort.RANGE, match["range"])
        elif match["slash"] or match["comma"]:
            yield Token(Sort.RANGE if kind == "slash" else Sort.COMMA, match[0])
        else:
            yield Token(Sort.WORD, plain(match["word"]))


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
    if word in ("and", "oh"):
        return inside
    return word in _TENS or ordinal_of(word) is not None or bool(words_to_numbers([word]))


def _read_run(run: list[str], held: list[Token]) -> Iterator[Token]:
    trailing: list[Token] = []
    while held and (held[-1].sort is Sort.RANGE or held[-1].text in ("and", "oh")):
        trailing.insert(0, held.pop())
        if trailing[0].sort is Sort.WORD:
            run = run[:-1]
    for value, mark in words_to_numbers(run, _TENS):
        yield Token(Sort.NUMBER, str(value), value, mark)
    yield from trailing


_NOT_MONTH_BEFORE = frozenset({"be", "have", "not", "well", "i", "it", "also"})


def _month_or_word(tokens: list[Token], place: int) -> Token:
    token = tokens[place]
    if token.sort is not Sort.WORD:
        return token
    word = token.text
    if word in _WORDS:
        return Token(_WORDS[word], word, _PARTS.get(word, 0))
    if season := season_of(word):
        return Token(Sort.SEASON, word, season)
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


_LINKS = frozenset("of the de del du of, den der di do le la el".split())


def _by_number(tokens: list[Token], place: int) -> bool:
    """Whether a number stands next to the word, or another month does across a range."""
    for step in (-1, 1):
        near = place + step
        while 0 <= near < len(tokens) and (
            tokens[near].sort is Sort.COMMA or tokens[near].text in _LINKS
        ):
            near += step
        if 0 <= near < len(tokens) and tokens[near].sort in (Sort.NUMBER, Sort.RANGE, Sort.LITERAL):
            return True
    return False
