"""Glosses of a figure that leave it what it is: by whose word, of whom mostly, from when to when.

They are cut off before the figure is read, up to the next comma. What makes it another figure,
unit, fate or side stays, for `figure_words` to object to; so does what names a second candidate.
"""

from __future__ import annotations

import re

from questions.domain.grading import words
from questions.domain.grading.expected import Expected
from questions.domain.grading.figure_words import DENYING, LOSSES, NATION, TURNING
from questions.domain.grading.read_numbers import (
    Asked,
    Figure,
    TwoNumbers,
    figures_said,
    is_year_remark,
)
from questions.domain.grading.units import Measure, Units

_STOP = r"\s*[,;(\[–—-]?\s*"
_END = r"[)\]\s.]*(?=$|[,;])"
_WHO = r"(?P<who>[^,;:()\[\]\d]{1,60}?)"
_NAME = r"(?-i:[^\W\d_a-zа-я])[\w.’'-]*"
_IT_IS = r"(?:(?:it|there) (?:is|was|were)\s+)?"
_SAYS = r"(?:says?|said|gives?|gave|writes?|wrote|counts?|counted|estimates?|estimated|puts? it)"
_WORD_OF = (
    r"(?:according to|acc\.? to|as per|(?:so )?(?:says|said)|source:?|in the words of"
    r"|(?:as )?(?:stated|given|reported|quoted|cited|counted) (?:by|in)"
    r"|laut|selon|según|secondo|по данным|по словам)"
)
_BY_WORD_OF = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^\W*{_WORD_OF}\s+{_WHO}[,:]?\s+{_IT_IS}(?=[~<>≈]?[-−]?\d)",
        rf"^\W*(?P<who>{_NAME}(?: {_NAME}){{0,2}}) {_SAYS}:?\s+{_IT_IS}(?=\D{{0,12}}\d)",
        rf"(?<=\w){_STOP}\b{_WORD_OF}\s+{_WHO}{_END}",
        rf"(?<=\w){_STOP}\bas (?P<who>(?:[\w.’'-]+ ){{1,3}}){_SAYS}{_END}",
        rf"(?<=\w)\s*[,(–—-]\s*(?P<who>{_NAME}(?: {_NAME}){{0,2}}) (?:says|said)(?: so)?{_END}",
    )
)
_OF_THEM = r"of (?:them|these|those)"
_ON = r"(?:(?!\s[-–—]\s?\d)[^,;/+?=]|,(?=\d{3}(?!\d))|(?<=\d)/(?=\d))*"
_SHARE = re.compile(
    r"(?:\s*[(\[–—]\s*|[,;]?\s+)"
    r"(?:(?:mostly|mainly|largely|chiefly|primarily|predominantly|partly|including|incl\b\.?"
    rf"|among (?:them|those)|(?:most|many|some|several|all|few|the (?:rest|majority)) {_OF_THEM})\s"
    rf"|(?:(?:about|nearly|over|only) )?\d[\d.]* ?%? {_OF_THEM}\b)(?P<who>{_ON})",
    re.IGNORECASE,
)
_MOSTLY = re.compile(r"\W*(?:\w+ly)\b", re.IGNORECASE)
_MORE = (
    r"(?:(?:,\s*(?:and\s)?|\s?and\s)(?:(?:about|some|nearly|over)\s)?\d[\d.,]*\s[^\W\d_]{3,}"
    r"[^,;()\d]*?(?=\s*(?:$|[,;()])|\sand\s\d))*"
)
_PART = re.compile(rf"(?<=\w)\s*[,;(]?\s*\bof (?:whom|which)\s{_ON}{_MORE}", re.IGNORECASE)
# As in "5 years, from 1941 to 1946" and "5 years (1941–46)"; not in "5000, from 1000 to 2000".
_YEARS = re.compile(
    r"(?:(?<=[^\W\d_])\s*,?\s*\b(?:from|in|during)\s|(?<=\d)\s+(?:from|in|during)\s"
    r"|(?:(?<=[^\W\d_])|(?<=years),)\s+between\s"
    r"|(?<=\w)\s*[(\[]\s*(?:(?:from|between|in|during)\s)?)\s*(?:the\s+years?\s+)?[12]\d{3}\s?"
    r"(?:[-–—/]|to|until|till|through|and)\s?(?:\d{4}|\d{2})[)\]\s.]*$",
    re.IGNORECASE,
)
# "And" goes on with what it counts: "5000, including women and children".
_HEDGING = "|".join(
    words.ALTERNATIVES.difference("and und et".split()).union(
        "maybe perhaps possibly rather actually instead sorry say".split()
    )
)
_HEDGE = re.compile(rf"\b(?:{_HEDGING}|it (?:is|was))\b|\d\s?/\s?\d\d", re.IGNORECASE)
_HEDGE_BEFORE = re.compile(rf"\b(?:{_HEDGING}|and|und|et|it (?:is|was))\W*$", re.IGNORECASE)
_TAKEN_BACK = re.compile(
    r"\b(?:squared|cubed|times\s\d|per|if|wrong|false|incorrect)\b|\b(?:not|no)\W*$", re.IGNORECASE
)
_PERCENT = re.compile(r"\s?(?:%|per ?cent\b)", re.IGNORECASE)
# As in "4 of the 7".
_WHOLE = re.compile(
    r"(?P<part>(?<![\d.,])\d{1,9})\s+(?:out )?of (?:(?:the|these|those|all|a total of)\s+)*"
    r"(?P<whole>\d[\d,]{0,12})(?![\d.,]*\d)"
    r"(?=\W*(?:[^\W\d]+\W*)?$)",
    re.IGNORECASE,
)
_RATIO = re.compile(r"\d\s?:\s?\d")
_NAMES = re.compile(r"\s*\((?P<names>[^()\d]+)\)\W*$")
_JOINTS = re.compile(r"\s*(?:,|;|&|\band\b)\s*")
_WORD = re.compile(r"[^\W\d_]+")
_THE_MANY = re.compile(r"the [^\W\d_]+s\b", re.IGNORECASE)
_NO_GLOSS = (words.NEGATIONS | DENYING | TURNING | LOSSES).union(
    "nobody none noone one me myself nothing each".split()
)
_MOST_NAMED = 12


def without_glosses(text: str, expected: Expected, asked: Measure | None, units: Units) -> str:
    """`text` is that of `plain_number_text`; at least one figure stays."""
    if text.replace(",", "").replace(".", "").isdigit():
        return text
    gloss = _Glosses(expected, asked, units)
    for pattern in _BY_WORD_OF:
        text = pattern.sub(gloss.without_source, text, count=1)
    text = _SHARE.sub(gloss.without_share, text)
    shorter = _PART.sub(_without_part, _YEARS.sub(_without_years, text))
    if not (asked and asked.base == "percent") and not _RATIO.search(text):
        shorter = _WHOLE.sub(_part, shorter)
    return without_counted_names(shorter if any(map(str.isdigit, shorter)) else text)


def _without_part(match: re.Match[str]) -> str:
    kept = _is_hedged(match) or _is_outgrown(match) or _TAKEN_BACK.search(match[0])
    return match[0] if kept else " "


def _without_years(match: re.Match[str]) -> str:
    return match[0] if _is_hedged(match) else ""


def _is_hedged(match: re.Match[str]) -> bool:
    """Whether the gloss, or the word right before it, offers another candidate."""
    before = _HEDGE_BEFORE.search(match.string[: match.start()])
    return before is not None or _HEDGE.search(match[0]) is not None


def _is_outgrown(match: re.Match[str]) -> bool:
    """Whether it says a figure that is no part of the one before it: "5000, including 6000"."""
    try:
        figures = list(figures_said(match.string, Asked(integer=True)))
    except TwoNumbers:  # one of them larger than any that is asked for
        return True
    before = [each.values[0] for each in figures if each.end <= match.start()]
    said = (
        each.values[0]
        for each in figures
        if match.start() <= each.start < match.end() and not _is_beside(match.string, each)
    )
    return bool(before) and any(value > before[-1] for value in said)


def _is_beside(text: str, figure: Figure) -> bool:
    """A percentage, or a year that says when."""
    return _PERCENT.match(text, figure.end) is not None or is_year_remark(text, figure)


def _part(match: re.Match[str]) -> str:
    whole = int(match["whole"].replace(",", ""))
    return match["part"] if int(match["part"]) <= whole else match[0]


def without_counted_names(text: str) -> str:
    """ "3 (Marlow, Lind and Berg)": as many names as it says."""
    match = _NAMES.search(text)
    if match is None:
        return text
    named = _JOINTS.split(match["names"])
    counted = re.findall(r"\d+", text[: match.start()]) == [str(len(named))]
    capital = all(name[:1].isupper() for name in named)
    return text[: match.start()] if counted and capital and 1 < len(named) <= _MOST_NAMED else text


def _is_left(match: re.Match[str]) -> bool:
    """Whether a figure stands beside the gloss."""
    return any(map(str.isdigit, match.string[: match.start()] + match.string[match.end() :]))


class _Glosses:
    """Which glosses leave the figure that was asked for what it is.

    sided: whether it is one side's, so that another nation beside it makes it another's
    """

    def __init__(self, expected: Expected, asked: Measure | None, units: Units) -> None:
        self._own = frozenset(word.lower() for word in expected.harmless_words)
        self._sided = any(word[:1].isupper() for word in expected.harmless_words)
        self._asked, self._units = asked, units

    def without_source(self, match: re.Match[str]) -> str:
        """Nothing in place of a gloss that may go, else the gloss as it stands."""
        said = _WORD.findall(match["who"])
        nation = any(NATION.search(word.lower()) for word in said) or _THE_MANY.match(match["who"])
        theirs = self._sided and nation
        return "" if not theirs and all(map(self._is_plain, said)) and _is_left(match) else match[0]

    def without_share(self, match: re.Match[str]) -> str:
        said = _WORD.findall(match["who"])
        theirs = self._sided and any(map(self._is_of_somebody, said))
        theirs |= _MOSTLY.match(match[0]) is not None and any(map(str.isdigit, match["who"]))
        theirs |= _is_hedged(match) or _is_outgrown(match)
        return "" if not theirs and all(map(self._is_plain, said)) and _is_left(match) else match[0]

    def _is_of_somebody(self, word: str) -> bool:
        nation = word[:1].isupper() or NATION.search(word.lower())
        return bool(nation) and word.lower() not in self._own

    def _is_plain(self, word: str) -> bool:
        plain = word.lower()
        if plain in self._own:
            return True
        if plain in _NO_GLOSS:
            return False
        a_name = word[:1].isupper()  # the War Almanac counts in no wars
        found = self._units.find(plain) if len(plain) > 2 and not a_name else None
        return found is None or self._asked is None or found.base == self._asked.base
