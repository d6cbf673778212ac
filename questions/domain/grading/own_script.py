"""The right spelling in the letters that the learner writes in."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from rapidfuzz.distance import OSA

from questions.domain.grading import reasons
from questions.domain.grading.result import Grade, Verdict, right
from questions.domain.grading.targets import Target


def in_own_script(grade: Grade, target: Target, given: str) -> Grade:
    """Whoever misspelt "Zhukov" is not shown "Жуков", be it as near: but what is nearest in the
    script of the answer. Where the deck has nothing in a script that is not ours, nobody can say
    that it is misspelt: it is written as it sounds."""
    if grade.shown is None or (grade.shown.isascii() and given.isascii()):
        return grade
    if _script(grade.shown) == _script(given):
        return grade
    spelt = [one for one in _spellings(target) if _script(one) == _script(given)]
    if not spelt and grade.verdict is Verdict.RIGHT and _script(given) != "LATIN":
        return right(reasons.RIGHT)
    nearest = min(spelt, key=lambda one: OSA.distance(one.lower(), given.lower()), default="")
    return replace(grade, shown=nearest or target.named.name)


def _spellings(target: Target) -> list[str]:
    named = target.named
    return [*(shown for _, shown in target.surnames), named.name, *named.aliases]


def _script(text: str) -> str:
    """The first letter's, as Unicode names it: LATIN, CYRILLIC, CJK …"""
    letter = next((sign for sign in text if sign.isalpha()), "a")
    return "LATIN" if letter.isascii() else unicodedata.name(letter, "").partition(" ")[0]
