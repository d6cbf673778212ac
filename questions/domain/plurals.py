"""The singular of what is counted: "known moons" of which there is one; plurals of names."""

from __future__ import annotations

import re
from collections.abc import Mapping

_IRREGULAR = {
    "people": "person", "men": "man", "women": "woman", "children": "child", "feet": "foot",
    "teeth": "tooth", "mice": "mouse", "geese": "goose", "oxen": "ox", "lives": "life",
    "wives": "wife", "knives": "knife", "leaves": "leaf", "halves": "half", "wolves": "wolf",
    "shelves": "shelf", "calves": "calf", "bacteria": "bacterium", "nuclei": "nucleus",
    "phenomena": "phenomenon", "criteria": "criterion", "vertices": "vertex", "axes": "axis",
    "bases": "base", "buses": "bus", "gases": "gas", "lenses": "lens", "viruses": "virus",
    "shoes": "shoe", "toes": "toe", "canoes": "canoe", "ties": "tie", "pies": "pie",
}  # fmt: skip
_PLURALS = {one: many for many, one in _IRREGULAR.items()}
# Whose plural is a word of its own.
_UNLIKE = frozenset("new mean good physic".split())
_SHORTEST = 3
_SAME = frozenset({"species", "series", "means", "headquarters", "barracks", "crossroads"})
_AGREEING = frozenset({("were", "was"), ("are", "is"), ("have", "has"), ("do", "does")})
_UNCERTAIN = re.compile(r"[aeiou]ses$")
_ENDINGS = (
    (re.compile(r"(?<=[^aeiou])ies$"), "y"),
    (re.compile(r"(?:(?<=ss|sh|ch|zz)|(?<=x))es$"), ""),
    (re.compile(r"(?<=[^aeiou]o)es$"), ""),
    (re.compile(r"(?<=[^su])s$|(?<=eau)s$"), ""),
)
# Behind these the phrase goes on to something else: "pieces of wood".
_HEAD = re.compile(r"\s(?:of|in|on|at|by|for|from|to|with|without|per|under|over)\s.*$")


def singular(phrase: str, known: Mapping[str, str]) -> str:
    """Of what a figure counts, by the deck's own words (`known`: many to one) and by the rules of
    English; nothing where neither tells. What has no plural's ending stays: "killed", "sheep"."""
    for many, one in known.items():
        if phrase == many or phrase.endswith(f" {many}"):
            return phrase.removesuffix(many) + one
    rest = found[0] if (found := _HEAD.search(phrase)) else ""
    head = phrase.removesuffix(rest)
    before, space, word = head.rpartition(" ")
    if " and " in f"{head} " or " or " in f"{head} ":
        return ""
    one = singular_word(word)
    if one == word and any(singular_word(other) != other for other in before.split()):
        return ""
    return f"{before}{space}{one}{rest}" if one else ""


def singular_word(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word in _SAME or not word.endswith("s"):
        return word
    if _UNCERTAIN.search(word) or word.endswith(("ss", "us", "is")):
        return ""
    for ending, instead in _ENDINGS:
        if ending.search(word):
            return ending.sub(instead, word)
    return ""


def agree(one: str, two: str) -> bool:
    """Whether two words are the same but for their number."""
    if one == two or (one, two) in _AGREEING or (two, one) in _AGREEING:
        return True
    return singular_word(one) == two or singular_word(two) == one


def in_other_numbers(word: str) -> frozenset[str]:
    """What a word in small letters may be the plural or the singular of."""
    ones = (word[:-1], word[:-2], f"{word[:-3]}y", f"{word[:-2]}is", _IRREGULAR.get(word, ""))
    return frozenset((*_plurals(word), *(one for one in ones if word in _plurals(one))))


def _plurals(word: str) -> tuple[str, ...]:
    if len(word) < _SHORTEST or not word.isalpha() or word in _UNLIKE:
        return ()
    if word.endswith("is"):
        return (f"{word[:-2]}es",)
    irregular = (_PLURALS[word],) if word in _PLURALS else ()
    if word.endswith(("ss", "us", "sh", "ch", "x", "z")):
        return (f"{word}es", *irregular)
    if irregular or word.endswith("s") or word in _IRREGULAR:
        return irregular
    if word.endswith("y") and word[-2] not in "aeiou":
        return (f"{word[:-1]}ies",)
    return (f"{word}s", f"{word}es") if word.endswith("o") else (f"{word}s",)
