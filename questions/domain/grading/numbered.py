"""Things called by a number: "Article I", "the first article", "Art. 1", "article number one"."""

from __future__ import annotations

import re
from functools import lru_cache

from questions.domain.grading.fold import Tokens, fold
from questions.domain.grading.found import NONE, RIGHT, Found, Level
from questions.domain.grading.index import NameIndex
from questions.domain.grading.joints import Part
from questions.domain.grading.number_words import CARDINALS, ORDINALS, cardinal, ordinal_of
from questions.domain.grading.reasons import WRONG
from questions.domain.grading.roman import roman_value
from questions.domain.grading.targets import Target

_ROMAN_ONES = ("", *"i ii iii iv v vi vii viii ix".split())
_ROMAN_TENS = ("", *"x xx xxx xl l lx lxx lxxx xc c".split())
_MOST = 200
_NUMERALS = frozenset(
    (
        *(f"{number}{end}" for number in range(_MOST) for end in ("", "st", "nd", "rd", "th")),
        *(f"{tens}{ones}" for tens in _ROMAN_TENS for ones in _ROMAN_ONES),
        *CARDINALS,
        *ORDINALS,
    )
)
"""Whatever an answer by number must hold; most answers hold none."""
_SAYING = frozenset({"no", "nr", "number", "num", "the", "#"})
_LEAST_ABBREVIATED = 3
_LONGEST = 6
_MEASURED = re.compile(r"~?\d[\d.,]*\s?(?P<unit>[^\W\d_].{0,30})")
OTHER_NUMBER = Found(Level.OTHER, WRONG)


def match_numbered(target: Target, text: str) -> Found:
    """Right and surely wrong are told; what is not called so by number is left to others."""
    tokens = fold(text)
    said = None if _NUMERALS.isdisjoint(tokens) else _taken_apart(tokens)
    if said is None:
        return NONE
    noun, number = said
    found = NONE
    for form in target.forms:
        known = _taken_apart(form.tokens)
        if known is None or not _is_called(noun, known[0]):
            continue
        if known[1] == number:
            return RIGHT
        found = OTHER_NUMBER
    return found


def is_number(token: str) -> bool:
    """A figure or number word of any kind, Roman ones from two letters on."""
    if token[:1].isdigit() or token in CARDINALS or ordinal_of(token) is not None:
        return True
    return len(token) > 1 and roman_value(token) is not None


def _is_called(noun: Tokens, known: Tokens) -> bool:
    if noun == known:
        return True
    if len(noun) != 1 or len(known) != 1 or len(noun[0]) < _LEAST_ABBREVIATED:
        return False
    return known[0].startswith(noun[0])


@lru_cache(maxsize=4096)
def _taken_apart(tokens: Tokens) -> tuple[Tokens, int] | None:
    """What kind of thing, and which: an ordinal before the noun, any number behind it."""
    if not tokens or len(tokens) > _LONGEST:
        return None
    kept = tuple([token for token in tokens if token not in _SAYING])
    if kept and (ordinal := _ordinal(kept[0])) is not None:
        return kept[1:], ordinal
    for start in (1, 0) if len(kept) < 3 else (len(kept) - 1, len(kept) - 2):
        number = _number(kept[start:])
        if number is not None:
            return kept[:start], number
    return None


def _ordinal(token: str) -> int | None:
    if token[:1].isdigit() and token.endswith(("st", "nd", "rd", "th")):
        return int(token[:-2]) if token[:-2].isdigit() and len(token) < 8 else None
    return ordinal_of(token)


def _number(tokens: Tokens) -> int | None:
    if len(tokens) != 1:
        return cardinal(" ".join(tokens)) if tokens else None
    token = tokens[0]
    if token.isdigit():
        return int(token) if len(token) < 8 else None
    ordinal = _ordinal(token)
    return ordinal if ordinal is not None else CARDINALS.get(token) or roman_value(token)


def is_measure_of(target: Target, part: Part, index: NameIndex) -> bool:
    """ "4,478 m" behind a name tells of it; "70 m or 80 m" are two."""
    match = None if part.strong else _MEASURED.fullmatch(part.text)
    own = _MEASURED.fullmatch(target.named.name)
    return match is not None and own is None and index.units.find(match["unit"]) is not None


def only_years(tokens: Tokens) -> bool:
    return all(token.isdigit() and 3 <= len(token) <= 4 for token in tokens)
