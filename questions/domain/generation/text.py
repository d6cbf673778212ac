"""Texts as the rules compare them: folded, cut into words, by script."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(
    r"[^\W_]+(?:(?<=\d)\^[-−+]?[^\W_]+|\+\+|[#♭]|[+*−](?![^\W_])|(?<=\b[^\W_])-(?![^\W_]))*"
)
"""Signs that close it make another of it: X, X++ and X#; X* and X; X+ and X−; X♭ and X. So does
what a figure is raised to: 10^3 is not 103."""
_POWER = re.compile(r"(?<=[^\W\d_]|[)\]}])\^(?=[^\W_])")
"""What may go: "n^2" is the "n2" that "n²" comes to."""
_RAISED = re.compile(r"(?<=[\d₀-₉])(?=[⁺⁻]?[⁰¹²³⁴-⁹])")
_FORMULA = re.compile(r"[^\W_][(\[{^=<>]")
_PAIR = re.compile(r"\b([^\W\d_]{3,})[-‐‑–—]([^\W\d_]{3,})\b")
_DENIALS = frozenset("no non nor not never neither without".split())
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
    """Without case, accents, punctuation and leading article: "The Río–Grande" → "rio grande".
    What tells one symbol from another stays: "X++", "n^2" → "n2", "10³" → "10^3"."""
    plain = "".join(char for char in _plain(text) if not unicodedata.combining(char))
    words = _WORD.findall(_POWER.sub("", plain))
    return " ".join(words).replace("−", "-").removeprefix("the ")


def _plain(text: str) -> str:
    raised = text if text.isascii() else _RAISED.sub("^", text).replace("♯", "#")
    return unicodedata.normalize("NFKD", raised).casefold()


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
    """Whether the words of either of two names are all in the other: "Marlow" and "Anna Marlow"."""
    first, second = tokens(one), tokens(two)
    return first <= second or second <= first


def is_formula(text: str) -> bool:
    """Whether it has brackets or signs of sums within a word: "O(n log n)", "x=2"."""
    return _FORMULA.search(text) is not None


def same_words(one: str, two: str) -> bool:
    """Whether two terms say the same, be it "A–B" and "B–A"."""
    return fold(one) == fold(two) or _run(one) == _run(two)


def holds_words(one: str, two: str) -> bool:
    """Whether either of two terms runs on in the other: "treaty" and "peace treaty". A formula
    holds none, nor does a denial hold what it denies: "stable" and "not stable"."""
    if same_words(one, two):
        return True
    if is_formula(one) or is_formula(two):
        return False
    short, long = sorted((_run(one), _run(two)), key=len)
    starts = range(len(long) - len(short) + 1)
    inside = [at for at in starts if long[at : at + len(short)] == short]
    return any(_DENIALS.isdisjoint((*long[:at], *long[at + len(short) :])) for at in inside)


@lru_cache(maxsize=50_000)
def _run(text: str) -> tuple[str, ...]:
    """The words in their order; of a formula the signs as well."""
    if is_formula(text):
        return (_POWER.sub("", "".join(_plain(text).split())),)
    return tuple(fold(_PAIR.sub(_sorted_pair, text)).split())


def _sorted_pair(found: re.Match[str]) -> str:
    return "-".join(sorted(found.groups(), key=str.casefold))


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
