"""What sets a candidate apart from the key by its look alone."""

from __future__ import annotations

from questions.domain.facts import Fact
from questions.domain.generation.figures import is_near, looks_alike
from questions.domain.generation.index import Index
from questions.domain.generation.text import is_formula
from questions.domain.messages import gettext_noop


def unlike_figure(index: Index, fact: Fact, value: str) -> str:
    """How a figure's look or size sets it apart from a fact's."""
    if not looks_alike(index, fact, value):
        return gettext_noop("rounded otherwise")
    return "" if is_near(index, fact, value) else gettext_noop("too near or too far in size")


def unlike_term(key: str, other: str) -> str:
    """A phrase among words, or a code among names, stands out; a power among formulae does not."""
    words, rest = len(key.split()), len(other.split())
    if max(words, rest) > 2 * min(words, rest) + 1:
        return gettext_noop("of another length")
    digits = any(char.isdigit() for char in key) == any(char.isdigit() for char in other)
    return (
        "" if digits or (is_formula(key) and is_formula(other)) else gettext_noop("of another look")
    )
