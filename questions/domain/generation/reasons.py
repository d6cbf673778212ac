"""Reasons that name what they speak of."""

from __future__ import annotations

from questions.domain.messages import Sentence

SHOWN = 3
"""Of the names that break a rule so many are told."""


def named(says: str, options: list[str]) -> str:
    """Nothing if there are none."""
    return Sentence(says, options=some(options)) if options else ""


def both(says: str, one: str, two: str) -> str:
    return Sentence(says, one=one, two=two)


def some(texts: list[str]) -> str:
    return ", ".join(f"“{text}”" for text in texts[:SHOWN])
