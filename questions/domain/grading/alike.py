"""Answers and names that are spelt alike: but for case, accents and signs they are the same."""

from __future__ import annotations

from collections.abc import Iterable

from questions.domain.grading.fold import clean, fold


def folded(text: str) -> str:
    return " ".join(fold(clean(text))) or text.casefold().strip()


def are_alike(one: str, two: str) -> bool:
    return folded(one) == folded(two)


def is_among(spelling: str, known: Iterable[str]) -> bool:
    return folded(spelling) in map(folded, known)
