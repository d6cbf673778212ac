"""By whose word a figure is told, where the question asks by one: "5,000 (Norlandish estimate)"."""

from __future__ import annotations

import re

from questions.domain.grading.expected import Expected

_WHO = r"(?P<who>[^\W\d][^,;:()\[\]\d]{3,80}?)"
_AHEAD = re.compile(rf"^\W*{_WHO}\s*[,:–—]\s*(?=\W?\d)")
_BEHIND = re.compile(rf"(?<=\w)\s*[,;(\[–—-]?\s*\b{_WHO}[)\]\s.]*$")
_WORD = re.compile(r"[^\W\d_]+")
_SMALL = frozenset("the a by of in from to at as that which it according per source says".split())
_LEAST_SAID = 2
_NAMED = re.compile(
    r"\b(?P<who>[^\W\d_a-z][\w’'-]+)"
    r" (?:estimates?|figures?|counts?|claims?|sources?|data|reports?)\b"
)


def without_own_source(expected: Expected, text: str) -> str:
    """Without the source that is asked for, told in at least two of its words."""
    known = _words_of_sources(expected)
    if not known:
        return text
    for pattern in (_AHEAD, _BEHIND):
        match = pattern.search(text)
        said = set(_said(match["who"])) - _SMALL if match else set()
        if match and len(said) >= _LEAST_SAID and said <= known:
            text = f"{text[: match.start()]} {text[match.end() :]}".strip()
    return text


def names_another_source(expected: Expected, text: str) -> bool:
    known = _words_of_sources(expected)
    return bool(known) and any(match["who"].lower() not in known for match in _NAMED.finditer(text))


def _words_of_sources(expected: Expected) -> set[str]:
    """Of what the stem speaks of, sources alone are given in more than a word."""
    return {word for told in expected.harmless if " " in told for word in _said(told)} - _SMALL


def _said(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]
