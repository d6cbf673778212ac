"""What beside a date takes its credit: a denial, a unit that makes a figure of a year, noise."""

from __future__ import annotations

import re
from functools import cache

from questions.domain.grading import reasons, words
from questions.domain.grading.date_tokens import Sort, tokens_of
from questions.domain.grading.figure_words import SAYING_NOTHING
from questions.domain.grading.fold import fold
from questions.domain.grading.result import Grade, ask_again, wrong
from questions.domain.grading.units import Units

_DENYING = frozenset(
    """hardly scarcely doubt wrong false incorrect untrue cant cannot couldnt dont didnt nie niet
    nein ne""".split()
)
_DENIED = re.compile(
    r"\b(?:anything|any\s\w+|all|everything)\s+(?:but|except)\b|\bother\s+than\b|\bif\s+not\b"
    r"|\b(?:plus|minus)\s+(?:a|one|two|\d)|[\s(\[](?:not|nicht|no|never)[\s.!)\]]*$"
    r"|^\W*(?:\w+\s){0,2}(?:day|night|week|month|year|decade)s?\s(?:after|before)\b.*\d"
    r"|\b(?:is|was|were)\s?(?:not|n['’]?t)\s(?!sure|certain)\w",
    re.IGNORECASE,
)
_NOT_SURE = re.compile(
    r"\b(?:not|don['’]?t)\s+(?:quite\s+|really\s+)?(?:sure|certain|know|remember)\b"
)
_MONEY = re.compile(r"[$€£¥₽₹₩₴₺₪¢%]")
_BEHIND = re.compile(r"(?<!\d)\d{3,4}\s?(?P<unit>[^\W\d_]{2,})")
_LAST = re.compile(r"\S\s(?P<unit>[a-zµ]{2,})$")
_LETTER_BEHIND = re.compile(
    r"(?<!\d)\d{3,4}(?:\s(?P<apart>[a-z])|(?P<close>[a-hjkmnp-rt-z]))$", re.IGNORECASE
)
_DEGREES = re.compile(r"\d\s?°")
_ALONE = re.compile(r"^[a-z\d. ]*\b\d{4} (?P<word>[a-z]{3,})$", re.IGNORECASE)
_UNITS_OF_TIME = ("second",)
_MEASURES = frozenset("km cm mm kg mg lb lbs ml kb mb gb hz kw mph kph".split())
_NO_UNITS = frozenset("in at an on am pm ad ce bc bce may mar jan dec oct or to no".split())
_KNOWN = SAYING_NOTHING.union(
    words.REMARK_WORDS,
    words.PARTICLES,
    words.GLOSS_LINKS,
    "onwards onward present today now".split(),
)


def objection(given: str, text: str) -> Grade | None:
    """Why what stands beside the right date takes its credit, if it does. `text` is cleaned, which
    takes some signs for ornaments."""
    plain = _NOT_SURE.sub(" ", text)
    if not _DENYING.isdisjoint(fold(plain)) or _DENIED.search(plain):
        return wrong(reasons.WRONG)
    if _MONEY.search(given) or _DEGREES.search(given) or _has_unit(text):
        return wrong(reasons.NO_DATE)
    noise = _has_noise(text) or _is_perhaps_measured(text)
    return ask_again(reasons.DATE_AND_MORE) if noise else None


def _has_unit(text: str) -> bool:
    if (last := _LAST.search(text)) and last["unit"] in _MEASURES:
        return True
    match = _BEHIND.search(text)
    if match is None or match["unit"].lower() in _NO_UNITS:
        return False
    found = _units().find(match["unit"])
    if found is None or (found.counts and match["unit"][:1].isupper()):
        return False  # "1741 Battle of Ilda"
    return found.base not in _UNITS_OF_TIME


def _is_perhaps_measured(text: str) -> bool:
    """ "1786 m": metres, if it is not how a year is marked in some language."""
    match = _LETTER_BEHIND.search(text)
    found = _units().find(match["apart"] or match["close"]) if match else None
    return found is not None and found.base not in _UNITS_OF_TIME


@cache
def _units() -> Units:
    return Units()


def _has_noise(text: str) -> bool:
    """One small word that follows a year and says nothing."""
    match = _ALONE.match(text)
    return match is not None and match["word"].lower() not in _KNOWN and not _is_of_time(text)


def _is_of_time(text: str) -> bool:
    return tokens_of(text)[-1].sort is not Sort.WORD
