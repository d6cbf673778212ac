"""Titles that tell of somebody else than the person asked for: "Mrs Marlow", "Pope Marlow".

A deck does not know who is a woman, a monarch or a monk but by the titles it lists. Whoever gives
another is asked again: it may be meant well, and may be another person of the family.
"""

from __future__ import annotations

from itertools import pairwise

from questions.domain.grading import reasons, words
from questions.domain.grading.fold import Tokens, clean, fold
from questions.domain.grading.forms import Named
from questions.domain.grading.found import NEAR_ANOTHER, Found, Level
from questions.domain.grading.spelling import edits
from questions.domain.grading.targets import Target, words_of

_OF_WOMEN = frozenset(
    "mrs ms miss lady dame frau fraulein madame mme mlle mademoiselle dona senora signora".split()
)
_OF_RANK = frozenset(
    """king queen prince princess emperor empress tsar czar tsarina kaiser sultan khan shah pope
    saint st imam rabbi sheikh bishop archbishop cardinal abbot count countess duke
    duchess baron baroness earl viscount viscountess""".split()
)
_OF_KIN = frozenset(
    "sister brother father mother uncle aunt cousin grandfather grandmother".split()
)
_CLAIMS = _OF_WOMEN | _OF_RANK | _OF_KIN | {"lord"}
_FAMILY_ENDINGS = ("ov", "ev", "in", "yn")
_ENOUGH = 5


def doubted(target: Target, text: str, found: Found) -> Found:
    """What was found, or why it is asked again: only what would earn something is looked at."""
    if not target.person or found.level < Level.PARTIAL:
        return found
    if found.shown is not None and _is_feminine(target, text):
        return NEAR_ANOTHER
    title = _claimed(target, text)
    return Found(Level.UNCLEAR, reasons.another_title(title)) if title else found


def _is_feminine(target: Target, text: str) -> bool:
    """ "Marlova" for Marlov: no slip, but how the women of the family are called."""
    said = fold(text)
    return any(
        f"{name}a" in said
        for surname, _ in target.surnames
        for name in surname
        if len(name) >= _ENOUGH and name.endswith(_FAMILY_ENDINGS)
    )


def _claimed(target: Target, text: str) -> str:
    """The title right before the name, if the deck does not give it."""
    if "'s " in text or "’s " in text:
        return ""  # "Lind's sister Anna Marlow"
    tokens = _before_comma(text)
    if _CLAIMS.isdisjoint(tokens):
        return ""
    own = words_of(target) | set(_titles_of(target.named))
    surnames = {name for surname, _ in target.surnames for name in surname}
    for title, following in _titles_and_names(tokens):
        known = title in own or _goes_with(title, own)
        if not known and _is_his_name(target, title, following, surnames):
            return title.capitalize()
    return ""


def _before_comma(text: str) -> Tokens:
    """Behind it stands who the person was to others."""
    return fold(text.partition(",")[0])


def _titles_and_names(tokens: Tokens) -> list[tuple[str, Tokens]]:
    """Each title with the words behind it, be there other titles between."""
    return [
        (first, tokens[place + 1 :])
        for place, (first, second) in enumerate(pairwise(tokens))
        if first in _CLAIMS and second not in ("of", "and")
    ]


def _is_his_name(target: Target, title: str, following: Tokens, surnames: set[str]) -> bool:
    """A monarch or a monk is called by a first name, so there is nothing in "Emperor Napoleon"."""
    rest = [word for word in following if word not in words.TITLES]
    if title in _OF_RANK:
        family = surnames | target.abroad
        return any(_alike(word, name) for word in rest[:2] for name in family)
    own = words_of(target) | target.abroad
    return any(_alike(word, name) for word in rest[:1] for name in own)


def _alike(word: str, name: str) -> bool:
    return word == name[:1] or edits(word, name) is not None


def _goes_with(title: str, own: set[str]) -> bool:
    """Whoever is called Frau may be called Mrs, and Sir Otto, Lord Marlow."""
    if title in _OF_WOMEN:
        return not own.isdisjoint(words.FEMININE)
    return title == "lord" and not own.isdisjoint(words.MASCULINE)


def _titles_of(named: Named) -> Tokens:
    return fold(clean(" ".join((*named.titles, named.name))))
