"""Cards with their questions as they stand, as the rules look at them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from questions.domain.questions import CardSpec, Direction, Form, State, Written
from questions.models import Card, Deck, Distractor, Question
from questions.queries.prepared import Prepared

_CARD = ("pk", "key", "direction", "siblings", "facts", "fact_id", "position")
_QUESTION = (
    "card_id", "slot", "form", "stem", "content", "statement", "explanation", "state", "why_draft",
    "doubt", "approved", "difficulty",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class StandingCard:
    """`fact` is the number of the one fact that it asks, if it does."""

    pk: int
    fact: int | None
    position: int
    spec: CardSpec
    questions: tuple[Written, ...]

    @property
    def choices(self) -> list[Written]:
        return [each for each in self.questions if each.form is Form.CHOICE]

    @property
    def options(self) -> set[str]:
        """The entities that its questions offer as wrong answers."""
        return {key for each in self.questions for key in entities_offered(each.content)}


def standing(*cards: Iterable[tuple[Any, ...]], form: Form | None = None) -> list[StandingCard]:
    """Rows of cards with their questions that are not retired; of one form, if given."""
    rows = {row[0]: row for some in cards for row in some}
    found = _questions_in(cards=rows, form=form.value) if form else _questions(cards=rows)
    questions = defaultdict(list)
    for card, *fields in found:
        questions[card].append(fields)
    return [_standing(row, questions[pk]) for pk, row in sorted(rows.items())]


CardRows = QuerySet[Card, tuple[Any, ...]]


@Prepared
def cards_numbered(pks: Collection[int]) -> CardRows:
    return card_rows(Card.objects.filter(pk__in=pks))


@Prepared
def cards_called(deck: int, keys: Collection[str]) -> CardRows:
    return card_rows(Card.objects.filter(deck=deck, key__in=keys))


@Prepared
def cards_on(facts: Collection[int]) -> CardRows:
    return card_rows(Card.objects.filter(fact__in=facts))


@Prepared
def live_cards_on(facts: Collection[int]) -> CardRows:
    return card_rows(Card.objects.live().filter(fact__in=facts))


@Prepared
def cards_asking(direction: str, facts: Collection[int]) -> CardRows:
    return card_rows(Card.objects.filter(fact__in=facts, direction=direction))


@Prepared
def live_cards_asking(direction: str, facts: Collection[int]) -> CardRows:
    return card_rows(Card.objects.live().filter(fact__in=facts, direction=direction))


def card_rows(cards: QuerySet[Card]) -> CardRows:
    """As `standing` takes them."""
    return cards.order_by().values_list(*_CARD)


@Prepared
def _questions(cards: Collection[int]) -> QuerySet[Question, tuple[Any, ...]]:
    return _question_rows().filter(card__in=cards)


@Prepared
def _questions_in(cards: Collection[int], form: str) -> QuerySet[Question, tuple[Any, ...]]:
    return _question_rows().filter(card__in=cards, form=form)


def _question_rows() -> QuerySet[Question, tuple[Any, ...]]:
    rows = Question.objects.exclude(state=Question.State.RETIRED)
    return rows.order_by("pk").values_list(*_QUESTION)


def _standing(row: tuple[Any, ...], questions: Iterable[Iterable[Any]]) -> StandingCard:
    pk, key, direction, siblings, facts, fact, position = row
    spec = CardSpec(key, Direction(direction), siblings, "", tuple(facts))
    return StandingCard(pk, fact, position, spec, tuple(_written(key, *one) for one in questions))


def _written(card: str, *fields: Any) -> Written:
    slot, form, stem, content, statement, explanation, state, *rest = fields
    return Written(
        card, slot, Form(form), stem, content, statement, explanation, State(state), *rest
    )


def as_written(card: str, row: Question) -> Written:
    return _written(card, *(getattr(row, name) for name in _QUESTION[1:]))


def entities_offered(content: Mapping[str, Any]) -> set[str]:
    """By a question's content, as wrong answers of a choice."""
    return {option["entity"] for option in content.get("distractors", ())} - {""}


def offering(deck: Deck, entity: str) -> QuerySet[Question]:
    """Active choices that offer it as a wrong answer. An index tells the cards that do or did."""
    # Asked by themselves: a database that has no idea how many rows there are would go through
    # these cards again for every question.
    filed = Distractor.objects.filter(entity__deck=deck, entity__key=entity)
    cards = list(filed.order_by().values_list("card", flat=True))
    written = [json.dumps({"entity": entity}, ensure_ascii=plain)[1:-1] for plain in (True, False)]
    said = Q(said__contains=written[0]) | Q(said__contains=written[1])
    rows = Question.objects.active().filter(
        card__in=cards, card__retired=False, form=Form.CHOICE.value
    )
    return rows.annotate(said=Cast("content", TextField())).filter(said).order_by("pk")
