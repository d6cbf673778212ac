"""Facts as pages show them: their values in words, their sources, who says otherwise."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import TextField
from django.db.models.functions import Cast

from questions.domain import facts as domain
from questions.domain.counting import says_fewer
from questions.domain.facts import ValueKind, Vocabulary
from questions.domain.interchange import built_in_vocabularies, vocabulary_of_deck
from questions.domain.values import BadValue, parse_quantity, parse_span, say_date, say_quantity
from questions.models import Deck, Fact, Passage


def vocabulary_for(deck: Deck) -> Vocabulary:
    """The built-in vocabularies that the deck uses, and its own."""
    return _vocabulary(deck.pk, deck.revision, deck.updated_at)


# By time as well: a revision whose transaction was given up is counted a second time.
@lru_cache(maxsize=64)
def _vocabulary(deck_pk: int, revision: int, updated_at: datetime) -> Vocabulary:  # noqa: ARG001
    texts = (Cast("use", TextField()), Cast("own_vocabulary", TextField()))
    return _read_vocabulary(*Deck.objects.filter(pk=deck_pk).values_list(*texts).get())


# Most revisions leave it as it is.
@lru_cache(maxsize=64)
def _read_vocabulary(use: str, own: str) -> Vocabulary:
    return vocabulary_of_deck(json.loads(use), json.loads(own), built_in_vocabularies())


@dataclass(frozen=True, slots=True)
class Saying:
    """A value and who gives it."""

    fact: Fact
    value: str
    passages: list[Passage]


def said_value(fact: Fact, vocabulary: Vocabulary) -> str:
    """The value as a reader would write it: "13 April 1941", "20,302 people", "Georgy Zhukov".

    As it stands where its relation has come to mean another kind of value since.
    """
    try:
        return _said_value(fact, vocabulary)
    except BadValue:
        return fact.value


def _said_value(fact: Fact, vocabulary: Vocabulary) -> str:
    relation = vocabulary.relations.get(fact.relation)
    kind = relation.value if relation else ValueKind.TEXT
    if kind is ValueKind.ENTITY and fact.value_entity:
        return fact.value_entity.name
    if kind is ValueKind.DATE:
        return say_date(parse_span(fact.value))
    if kind is ValueKind.NUMBER:
        return _said_number(fact, relation, vocabulary)
    return fact.value


def _said_number(fact: Fact, relation: domain.Relation | None, vocabulary: Vocabulary) -> str:
    quantity = parse_quantity(fact.value)
    key = fact.unit or (relation.unit if relation else "")
    unit = vocabulary.units.get(key)
    fewer = relation is not None and says_fewer(quantity, relation, key, vocabulary)
    said = say_quantity(quantity, fewer=fewer)
    if unit is None or quantity.shape == "ratio":
        return said
    one = quantity.shape == "plain" and quantity.amount == 1
    return f"{said} {unit.one if one else unit.many}"


def sayings(facts: Sequence[Fact], vocabulary: Vocabulary) -> list[Saying]:
    return [
        Saying(
            fact,
            said_value(fact, vocabulary),
            [support.passage for support in fact.supports.all()],
        )
        for fact in facts
    ]


def with_passages(facts: Sequence[str], deck: Deck) -> list[Fact]:
    """Those facts of the deck, by uid and in that order, with what a page shows of them."""
    rows = (
        Fact.objects.filter(deck=deck, uid__in=facts)
        .select_related("about", "value_entity")
        .prefetch_related("supports__passage__source")
    )
    places = {uid: place for place, uid in enumerate(facts)}
    return sorted(rows, key=lambda row: places[row.uid])


def rivals(fact: Fact, vocabulary: Vocabulary) -> list[Fact]:
    """Facts of the same entity, relation and qualifiers that cannot hold together with it."""
    relation = vocabulary.relations.get(fact.relation)
    if relation is None or not relation.single:
        return []
    others = (
        Fact.objects.live()
        .filter(deck=fact.deck_id, about=fact.about_id, relation=fact.relation)
        .exclude(pk=fact.pk)
        .exclude(rank=Fact.Rank.DEPRECATED)
        .select_related("about", "value_entity")
        .prefetch_related("supports__passage__source")
    )
    return [other for other in others if contradicts(fact, other, vocabulary)]


def contradicts(fact: Fact, other: Fact, vocabulary: Vocabulary) -> bool:
    """Whether two facts of one entity and single-valued relation cannot hold together."""
    if fact.value in other.accept or other.value in fact.accept:
        return False
    one, two = (fact.value, fact.unit), (other.value, other.unit)
    relation = vocabulary.relations[fact.relation]
    return other.qualifiers == fact.qualifiers and not domain.values_agree(
        relation, one, two, vocabulary.units
    )
