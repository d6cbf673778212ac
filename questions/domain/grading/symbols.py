"""Symbols and formulae, in which capitals and charges say something: Xy is not XY, X⁻ not X."""

from __future__ import annotations

import re
import unicodedata

from questions.domain.grading import reasons
from questions.domain.grading.index import NameIndex
from questions.domain.grading.result import Grade, partial, right, wrong

_SYMBOL = re.compile(r"(?:\(?[A-Z][a-z]?\)?\d{0,3}){1,12}(?:\d?[+-])?")
_SIGNS = re.compile(r"[\s^_{}]")
_DASHES = str.maketrans("−–—‐‑", "-----")


def is_symbol(value: str) -> bool:
    """Capitals one by one, each with at most one small letter, with figures or a charge or some
    small letter: Xa, X2YO4, Xa+. A word in capitals is none."""
    plain = _plain(value)
    is_word = plain.isalpha() and plain.isupper()
    return not is_word and len(plain) <= 30 and bool(_SYMBOL.fullmatch(plain))


def grade_symbol(value: str, text: str, names: NameIndex) -> Grade | None:
    """None if the answer is not this symbol in any capitals."""
    given, key = _plain(text.strip(" .!?\"'“”")), _plain(value)
    if given == key:
        return right(reasons.RIGHT)
    if given.casefold() != key.casefold():
        return wrong(reasons.WRONG) if _SYMBOL.fullmatch(given) else None
    if _is_of_another(given, names):
        return wrong(reasons.WRONG)
    if given.islower():
        return right(reasons.MISSPELT, value)
    return partial(reasons.CAPITALS, shown=value)


def _is_of_another(given: str, names: NameIndex) -> bool:
    return any(
        _plain(spelt) == given
        for named in names.find((given.casefold(),))
        for spelt in (named.name, *named.aliases)
    )


def _plain(text: str) -> str:
    """Sub- and superscripts on the line, without blanks."""
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    return _SIGNS.sub("", plain)
