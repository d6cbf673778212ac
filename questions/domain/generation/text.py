"""Texts as the rules compare them: folded, cut into words, by script."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NOT_WORD = re.compile(r"[\W_]+")
CUE_LETTERS = 4
"""From this length on a word that stands in stem and key is a cue."""
_STEM = 0.66
"""Share of the shorter word's letters that two words of one stem begin with."""
_ENDINGS = frozenset("s n r an ar ean ese ian ish i".split())
"""With which words are made of short names: "Cuba" and "Cuban"."""
_EMPTY = frozenset(
    "about after also among been before between both does during each every from have into many "
    "more most much over same some such than that their them then there these they this those "
    "through under until upon were what when where which while whom whose will with within "
    "without would your".split()
)
"""Words that say nothing of a subject, so that they give nothing away."""


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """Without case, accents, punctuation and leading article: "The Río–Grande" → "rio grande"."""
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(char for char in plain if not unicodedata.combining(char)).casefold()
    return _NOT_WORD.sub(" ", plain).strip().removeprefix("the ")


@lru_cache(maxsize=50_000)
def tokens(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


@lru_cache(maxsize=50_000)
def cue_words(text: str) -> frozenset[str]:
    return frozenset(word for word in tokens(text) if len(word) >= CUE_LETTERS) - _EMPTY


@lru_cache(maxsize=50_000)
def scripts(text: str) -> frozenset[str]:
    """Of its letters: {"LATIN"}, {"CJK"}; empty for figures alone."""
    return frozenset(_script(char) for char in text if char.isalpha())


@lru_cache(maxsize=20_000)
def _script(char: str) -> str:
    return "LATIN" if char.isascii() else unicodedata.name(char, "?").split()[0].split("-")[0]


def holds_tokens(one: str, two: str) -> bool:
    """Whether the words of either are all in the other: "Marlow" and "Anna Marlow"."""
    first, second = tokens(one), tokens(two)
    return first <= second or second <= first


def cues(stem_words: frozenset[str], key_words: frozenset[str]) -> frozenset[str]:
    """The key's words that the stem has, also inflected: "Norlandish" cues "Norland"."""
    same = stem_words & key_words
    if same:
        return same
    return frozenset(
        key
        for key in key_words
        for word in stem_words
        if key[:CUE_LETTERS] == word[:CUE_LETTERS] and _inflected(key, word)
    )


def _inflected(one: str, two: str) -> bool:
    """Also of one stem, whatever their endings: "Norland" and "norlandic"."""
    short, long = sorted((one, two), key=len)
    if short.isdigit():
        return False
    if len(short) <= CUE_LETTERS:
        return long.removeprefix(short) in _ENDINGS
    pairs = enumerate(zip(short, long, strict=False))
    common = next((at for at, (a, b) in pairs if a != b), len(short))
    return common >= CUE_LETTERS and common >= _STEM * len(short)
