"""A text's sentences. Full stops end words as well: "Dr. Brandt", "e.g. Birch", "St. Gallen"."""

from __future__ import annotations

import re
import unicodedata

from questions.domain.grading.words import TITLES

_END = re.compile(r"(?P<word>[^\W_]*)(?P<stop>[.!?][\"'”’»)\]]*)\s+(?=(?P<next>\S+))")
_VOWELS = frozenset("aeiouyаеиоуыэюяєіїαεηιουω")
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")
_LONGEST = 4
"""Letters of an abbreviation; words without a vowel may be as long as they like."""
_OPENING = frozenset(
    """a an the it its he she his her they their there we our you your i this that these those in
    on at by of to for from with and but or as if when while after before both each all no
    not""".split()
)
"""Words that open a sentence when they are written large behind a full stop, and are no names."""


def sentences(text: str) -> list[str]:
    found, start = [], 0
    for end in _END.finditer(text):
        if _ends(end["word"], end["stop"], end["next"]):
            found.append(text[start : end.end("stop")])
            start = end.end()
    return [said for said in (*found, text[start:]) if said.strip()]


def _ends(word: str, stop: str, following: str) -> bool:
    if following[0].islower():
        return len(stop) == 1 and stop != "."
    if stop != "." or not word:
        return True
    if following[0].isdigit() and word.isalpha() and len(word) <= _LONGEST + 2:
        return False
    opens = following.strip("\"'“‘«([").rstrip(",;:.!?").casefold()
    return not _abbreviates(word) or (len(word) > 1 and opens in _OPENING)


def _abbreviates(word: str) -> bool:
    """An initial or the like, an ordinal number, a title cut short, or what cannot be spoken."""
    if len(word) < 2:
        return True
    if word.isdigit():
        return len(word) == 2
    if word.isupper():
        return False
    short = len(word) <= _LONGEST and word.casefold() in TITLES and word[0].isupper()
    return short or not _has_vowel(word)


def _has_vowel(word: str) -> bool:
    """Where a script has none that are known here, as if it had."""
    letters = unicodedata.normalize("NFKD", word).casefold()
    known = any(unicodedata.name(char, "").startswith(_SCRIPTS) for char in letters)
    return not known or any(char in _VOWELS for char in letters)
