"""Flashcards: free text, which the learner compares with the answer's key points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from questions.domain.generation.asking import Stem
from questions.domain.generation.expecting import plain_value
from questions.domain.generation.writing import Asked, Try
from questions.domain.questions import Direction, Form


def flashcards(asked: Asked, wordings: Sequence[Stem]) -> Iterator[Try]:
    """Also of a name that is too long to be typed, be it the value or the subject."""
    fact, backwards = asked.fact, asked.card.direction is Direction.SUBJECT
    value = asked.index.entity(fact.about).name if backwards else plain_value(asked.index, fact)
    points = [] if backwards else list(fact.points)
    content = {"answer": value[:1].upper() + value[1:], "points": points}
    for at, stem in enumerate(wordings):
        yield asked.written(f"flashcard:{at}", Form.FLASHCARD, stem.text, content), stem.names
