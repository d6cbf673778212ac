"""What may serve as a wrong answer beside a fact's: its neighbours in their relation, which indexes
find in a deck of any size.

Of dates these are all that a writing of the whole deck would look at: as exact as the fact's, the
nearest on both sides, in its relation and in all. Else a choice could go without what the audit
finds beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from math import ceil
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Length

from questions.domain.facts import ValueKind, Vocabulary
from questions.domain.generation.scales import EACH_WAY
from questions.domain.values import unmarked
from questions.models import Deck, Entity, Fact
from questions.queries.prepared import Given, Prepared
from questions.queries.slice_rows import FactRow

_EACH_WAY = EACH_WAY + 2
_AS_LONG = 8
_LONGER = 1.5

Found = list[tuple[Any, ...]]


class Neighbours:
    """Facts' numbers. `few` are those whose subject, value or date is as long as an edited one's,
    where these are few: there one more or less of its length may decide what is fair."""

    def __init__(self, deck: Deck, vocabulary: Vocabulary) -> None:
        relations = vocabulary.relations.values()
        self._deck, self._vocabulary = deck.pk, vocabulary
        self._dates = [each.key for each in relations if each.value is ValueKind.DATE]
        self.few: set[int] = set()
        self.in_size: set[int] = set()

    def of(self, rows: Collection[FactRow], edited: Collection[int]) -> set[int]:
        names = _names(rows)
        found: set[int] = set()
        for row in rows:
            for some in self._alike(row, names):
                found.update(pk for (pk,) in some)
                if len(some) < _AS_LONG and row.pk in edited:
                    self.few.update(pk for (pk,) in some)
            near = self.nearest([row])
            found |= near
            if row.low is not None and row.pk in edited:
                self.in_size |= near
        return found

    def nearest(self, rows: Iterable[FactRow]) -> set[int]:
        return {pk for row in rows for some in self._near(row) for (pk,) in some}

    def _alike(self, row: FactRow, names: Mapping[int, str]) -> Iterator[Found]:
        """Of like length."""
        yield self._as_long(row, "about__name", names[row.about_id])
        if row.value_entity_id is not None:
            yield self._as_long(row, "value_entity__name", names[row.value_entity_id])
        elif row.low is None:
            yield self._as_long(row, "value", row.value)

    def _as_long(self, row: FactRow, name: str, text: str) -> Found:
        least, most = ceil(len(text) / _LONGER), int(len(text) * _LONGER)
        same: dict[str, Given] = {"deck": self._deck, "relation": row.relation}
        return _AS_LONG_IN[name](**same, least=least, most=most)

    def _near(self, row: FactRow) -> Iterator[Found]:
        same: dict[str, Given] = {"deck": self._deck, "relation": row.relation}
        if row.low is None:
            yield _after(**same, pk=row.pk)
            yield _before(**same, pk=row.pk)
        elif row.relation in self._dates:
            yield from self._near_dates(row)
        else:
            if self._vocabulary.relations[row.relation].unit in ("", "any"):
                same["unit"] = row.unit
            yield _from(low=row.low, **same)
            yield _below(low=row.low, **same)

    def _near_dates(self, row: FactRow) -> Iterator[Found]:
        """As exact ones are of one length, or a mark longer."""
        long, low, own = len(unmarked(row.value)), row.low or 0.0, [row.relation]
        for relations, length in ((own, long), (own, long + 1), (self._dates, long)):
            among: dict[str, Given] = {"relation__in": relations, "long": length}
            yield _from(low=low, deck=self._deck, **among)
            yield _below(low=low, deck=self._deck, **among)


def _names(rows: Iterable[FactRow]) -> Mapping[int, str]:
    ends = {end for row in rows for end in (row.about_id, row.value_entity_id) if end}
    return dict(_named(pks=ends))


# The queries

Pks = QuerySet[Fact, tuple[Any, ...]]


@Prepared
def _named(pks: Collection[int]) -> QuerySet[Entity, tuple[Any, ...]]:
    return Entity.objects.filter(pk__in=pks).order_by().values_list("pk", "name")


def _pks_as_long(name: str, deck: int, relation: str, least: int, most: int) -> Pks:
    """Facts whose subject's or value's name is so long."""
    rows = _facts(deck=deck, relation=relation).alias(long=Length(name))
    return rows.filter(long__gte=least, long__lte=most).values_list("pk")[:_AS_LONG]


_AS_LONG_IN = {
    name: Prepared(partial(_pks_as_long, name))
    for name in ("about__name", "value_entity__name", "value")
}


@Prepared
def _after(deck: int, relation: str, pk: int) -> Pks:
    rows = _facts(deck=deck, relation=relation, pk__gt=pk)
    return rows.order_by("pk").values_list("pk")[:_EACH_WAY]


@Prepared
def _before(deck: int, relation: str, pk: int) -> Pks:
    rows = _facts(deck=deck, relation=relation, pk__lt=pk)
    return rows.order_by("-pk").values_list("pk")[:_EACH_WAY]


# In the order in which a whole deck's are looked at: of many that are the same, the same.


@Prepared
def _from(low: float, **among: Any) -> Pks:
    rows = _sized(**among).filter(low__gte=low)
    return rows.order_by("low", "uid").values_list("pk")[:_EACH_WAY]


@Prepared
def _below(low: float, **among: Any) -> Pks:
    rows = _sized(**among).filter(low__lt=low)
    return rows.order_by("-low", "-uid").values_list("pk")[:_EACH_WAY]


def _sized(**among: Any) -> QuerySet[Fact]:
    """`long` is the length of the value as it is kept."""
    rows = Fact.objects.live().exclude(rank=Fact.Rank.DEPRECATED)
    return rows.alias(long=Length("value")).filter(**among)


def _facts(**which: Any) -> QuerySet[Fact]:
    return Fact.objects.live().filter(**which).order_by()
