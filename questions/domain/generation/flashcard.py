"""Flashcards: free text, which the learner compares with the answer's key points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from questions.domain.facts import ValueKind
from questions.domain.generation.asking import Stem
from questions.domain.generation.expecting import plain_value
from questions.domain.generation.item import Item
from questions.domain.generation.options import no_cue
from questions.domain.generation.writing import Asked, Try
from questions.domain.questions import Direction, Form


def let_on_cards(asked: Asked, typed: Sequence[Try]) -> bool:
    """Whether the deck names flashcards among the forms of a name or term that is not typed, or
    never without a word of its answer: there a learner may be asked what half tells itself."""
    forms, kind = asked.fact.forms, asked.index.kind(asked.fact)
    short = asked.card.direction is Direction.SUBJECT or kind in (ValueKind.ENTITY, ValueKind.TERM)
    if not short or Form.FLASHCARD not in forms:
        return False
    items = (Item(asked.index, asked.card, question, names) for question, names in typed)
    return Form.TYPED not in forms or all(map(no_cue, items))


def flashcards(asked: Asked, wordings: Sequence[Stem]) -> Iterator[Try]:
    """Also of a name that is too long to be typed, or let on cards, be it the value or the
    subject."""
    fact, backwards = asked.fact, asked.card.direction is Direction.SUBJECT
    value = asked.index.entity(fact.about).name if backwards else plain_value(asked.index, fact)
    points = [] if backwards else list(fact.points)
    content = {"answer": value[:1].upper() + value[1:], "points": points}
    for at, stem in enumerate(wordings):
        yield asked.written(f"flashcard:{at}", Form.FLASHCARD, stem.text, content), stem.names
