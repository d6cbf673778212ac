"""What is worked out of an index once, and goes when the index goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from questions.domain.generation.index import Index

Kept = TypeVar("Kept")


def kept(index: Index, make: Callable[[Index], Kept]) -> Kept:
    """Kept by the index itself: what holds the index would hold it for ever in a table of its own,
    weak keys or not."""
    if make not in index.kept:
        index.kept[make] = make(index)
    found: Kept = index.kept[make]
    return found
