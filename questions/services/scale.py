"""Where each date and figure lies on its relation's scale, kept so that the database can find
what is near a value or overlaps it without the rest of the deck."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from questions.domain.facts import Deck as DeckData
from questions.domain.facts import ValueKind, Vocabulary
from questions.domain.generation.scales import reach_of
from questions.models import Deck, Fact
from questions.queries.facts import vocabulary_for

_CHUNK = 2000
_SCALED = (ValueKind.DATE, ValueKind.NUMBER)

_FIELDS = ("pk", "relation", "value", "unit", "low", "high")

Row = tuple[int, str, str, str, float | None, float | None]


def place_on_scale(deck: Deck, data: DeckData) -> None:
    """All facts of the deck, writing only what changed."""
    rows = Fact.objects.filter(deck=deck, relation__in=scaled(data.vocabulary)).order_by()
    _settle(rows.values_list(*_FIELDS).iterator(_CHUNK), data.vocabulary)


def place_some(deck: Deck, pks: Collection[int]) -> None:
    """These facts, and any that have never been placed."""
    vocabulary = vocabulary_for(deck)
    rows = Fact.objects.filter(deck=deck, relation__in=scaled(vocabulary)).order_by()
    _settle(rows.filter(pk__in=pks).values_list(*_FIELDS), vocabulary)
    _settle(rows.filter(low=None).values_list(*_FIELDS).iterator(_CHUNK), vocabulary)


def scaled(vocabulary: Vocabulary) -> list[str]:
    """The relations whose values are dates or figures."""
    return [one.key for one in vocabulary.relations.values() if one.value in _SCALED]


def _settle(rows: Iterable[Row], vocabulary: Vocabulary) -> None:
    changed = []
    for pk, key, value, unit, *known in rows:
        reach = reach_of(vocabulary, key, value, unit)
        if reach and reach != tuple(known):
            changed.append(Fact(pk=pk, low=reach[0], high=reach[1]))
    Fact.objects.bulk_update(changed, ["low", "high"], batch_size=500)
