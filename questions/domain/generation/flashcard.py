"""Flashcards: free text, which the learner compares with the answer's key points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from questions.domain.generation.asking import Stem
from questions.domain.generation.writing import Asked, Try
from questions.domain.questions import Form


def flashcards(asked: Asked, wordings: Sequence[Stem]) -> Iterator[Try]:
    fact = asked.fact
    answer = fact.value[:1].upper() + fact.value[1:]
    content = {"answer": answer, "points": list(fact.points)}
    for at, stem in enumerate(wordings):
        yield asked.written(f"flashcard:{at}", Form.FLASHCARD, stem.text, content), stem.names
