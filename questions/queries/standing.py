"""Cards with their questions as they stand, as the rules look at them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from questions.domain.questions import CardSpec, Direction, Form, State, Written
from questions.models import Card, Question


@dataclass(frozen=True, slots=True)
class StandingCard:
    row: Card
    spec: CardSpec
    questions: tuple[Written, ...]
    options: frozenset[str]
    """The entities that its questions offer as wrong answers."""


def standing(cards: Sequence[Card]) -> list[StandingCard]:
    """With the questions that are not retired."""
    questions: dict[int, list[Question]] = defaultdict(list)
    rows = Question.objects.filter(card__in=[card.pk for card in cards])
    for row in rows.exclude(state=Question.State.RETIRED):
        questions[row.card_id].append(row)
    return [_standing(card, questions[card.pk]) for card in cards]


def _standing(card: Card, rows: Sequence[Question]) -> StandingCard:
    options = frozenset(
        option["entity"]
        for row in rows
        for option in row.content.get("distractors", ())
        if option["entity"]
    )
    spec = CardSpec(card.key, Direction(card.direction), card.siblings, "", tuple(card.facts))
    return StandingCard(card, spec, tuple(as_written(card.key, row) for row in rows), options)


def as_written(card: str, row: Question) -> Written:
    return Written(
        card,
        row.slot,
        Form(row.form),
        row.stem,
        row.content,
        row.statement,
        row.explanation,
        State(row.state),
        row.why_draft,
        row.difficulty,
    )
