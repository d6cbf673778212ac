"""A name whose first word is shortened to its initial: "T. cruzi" for Trypanosoma cruzi."""

from __future__ import annotations

import re

from questions.domain.grading import reasons, words
from questions.domain.grading.fold import Tokens, clean, compact
from questions.domain.grading.forms import Form
from questions.domain.grading.found import NONE, RIGHT, SHARED, Found, Level
from questions.domain.grading.index import NameIndex
from questions.domain.grading.targets import Target, core_of

SHORTENED = Found(Level.UNCLEAR, reasons.SHORTENED)
_LEAST_REST = 3
# Before a place these say in which direction it lies, or that it is a lake, city, river or island.
_PLACING = frozenset("nsewlgro")
_SAYS_LITTLE = words.ADJECTIVES | words.QUALIFIERS | words.KEPT_AT_END | words.KEPT_IN_FULL
# As species are called: a capital name with a Latin ending, and small ones with another. Of what is
# known to live more endings are looked for: "Panthera leo".
_GENUS = r"[A-Z][a-z]*(?:a|us|um|is|es|os|as|on|o|e|en|er|an|i|[xy]s?|ps)(?: [a-z]+)?"
_SPECIES = re.compile(rf"{_GENUS} [a-z]*(?:us|a|um|is|i|ae|ens|ix)")
_LIVING = re.compile(rf"{_GENUS} [a-z]*(?:us|a|um|is|i|ae|ns|ix|x|o|e|es|er|or|on|ys|ax)")


def match_shortened(target: Target, tokens: Tokens, index: NameIndex) -> Found:
    """Only with every other word as it is, and if nothing else of the kind is shortened so."""
    if target.person or len(tokens) < 2 or len(tokens[0]) > 1 or not tokens[0].isalpha():
        return NONE
    if tokens[0] in _PLACING and index.nouns.is_place(target.named.type):
        return NONE
    forms = [form for form in target.forms if _is_shortened(tokens, form.tokens)]
    if not forms:
        return NONE
    if any(_is_another(target, other.key, index) for other in index.shortened(tokens)):
        return SHARED
    return RIGHT if any(_is_telling(target, form, index) for form in forms) else SHORTENED


def _is_shortened(tokens: Tokens, whole: Tokens) -> bool:
    return (
        tokens[1:] == whole[1:]
        and len(whole[0]) > 2
        and whole[0][0] == tokens[0]
        and len(compact(whole[1:])) >= _LEAST_REST
    )


def _is_another(target: Target, key: str, index: NameIndex) -> bool:
    """A bare term is the thing of the same name."""
    other = index.target(key)
    if key == target.named.key or not index.of_one_kind(other.named.type, target.named.type):
        return False
    return bool(target.named.key) or other.exact.isdisjoint(target.exact)


def _is_telling(target: Target, form: Form, index: NameIndex) -> bool:
    """Not "S. chloride" for a salt, nor "B. War" for a war: others, which the deck may lack, are
    as likely meant."""
    kind = target.named.type
    if form.tokens[0] in _SAYS_LITTLE:
        return False
    species = _LIVING if index.nouns.is_living(kind) else _SPECIES
    if species.fullmatch(clean(form.text)):
        return True
    rest = core_of(form.tokens[1:], kind, index.nouns)
    return index.nouns.may_be_shortened(kind) and not _SAYS_LITTLE.issuperset(rest)
