"""Where each date and figure lies on its relation's scale, kept so that the database can find
what is near a value or overlaps it without the rest of the deck."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import QuerySet

from questions.domain.facts import Deck as DeckData
from questions.domain.facts import ValueKind, Vocabulary
from questions.domain.generation.scales import reach_of
from questions.models import Deck, Fact
from questions.queries.facts import vocabulary_for
from questions.queries.prepared import Prepared

_CHUNK = 2000
_SCALED = (ValueKind.DATE, ValueKind.NUMBER)

_FIELDS = ("pk", "relation", "value", "unit", "low", "high")

Row = tuple[int, str, str, str, float | None, float | None]
Rows = QuerySet[Fact, tuple[Any, ...]]


def place_on_scale(deck: Deck, data: DeckData) -> None:
    """All facts of the deck, writing only what changed."""
    rows = Fact.objects.filter(deck=deck, relation__in=scaled(data.vocabulary)).order_by()
    _settle(rows.values_list(*_FIELDS).iterator(_CHUNK), data.vocabulary)


def place_some(deck: Deck, pks: Collection[int]) -> None:
    """These facts, and any that have never been placed."""
    vocabulary = vocabulary_for(deck)
    relations = scaled(vocabulary)
    _settle(_numbered(deck=deck.pk, relations=relations, pks=pks), vocabulary)
    _settle(_unplaced(deck=deck.pk, relations=relations), vocabulary)


@Prepared
def _numbered(deck: int, relations: Collection[str], pks: Collection[int]) -> Rows:
    rows = Fact.objects.filter(deck=deck, relation__in=relations, pk__in=pks)
    return rows.order_by().values_list(*_FIELDS)


@Prepared
def _unplaced(deck: int, relations: Collection[str]) -> Rows:
    rows = Fact.objects.filter(deck=deck, relation__in=relations, low=None)
    return rows.order_by().values_list(*_FIELDS)


def scaled(vocabulary: Vocabulary) -> list[str]:
    """The relations whose values are dates or figures."""
    return [one.key for one in vocabulary.relations.values() if one.value in _SCALED]


def _settle(rows: Iterable[Row], vocabulary: Vocabulary) -> None:
    changed = []
    for pk, key, value, unit, *known in rows:
        reach = reach_of(vocabulary, key, value, unit)
        if reach and reach != tuple(known):
            changed.append(Fact(pk=pk, low=reach[0], high=reach[1]))
    if changed:
        Fact.objects.bulk_update(changed, ["low", "high"], batch_size=500)
