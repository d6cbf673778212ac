"""What may serve as a wrong answer beside a fact's: its neighbours in their relation, which indexes
find in a deck of any size.

Of dates these are all that a writing of the whole deck would look at: as exact as the fact's, the
nearest on both sides, in its relation and in all. Else a choice could go without what the audit
finds beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from math import ceil

from django.db.models import QuerySet
from django.db.models.functions import Length

from questions.domain.facts import ValueKind, Vocabulary
from questions.domain.generation.scales import EACH_WAY
from questions.domain.values import unmarked
from questions.models import Deck, Entity, Fact
from questions.queries.slice_rows import FactRow

_EACH_WAY = EACH_WAY + 2
_AS_LONG = 8
_LONGER = 1.5

Pks = QuerySet[Fact, int]


class Neighbours:
    """Facts' numbers. `few` are those whose subject, value or date is as long as an edited one's,
    where these are few: there one more or less of its length may decide what is fair."""

    def __init__(self, deck: Deck, vocabulary: Vocabulary) -> None:
        relations = vocabulary.relations.values()
        self._vocabulary = vocabulary
        self._all = Fact.objects.live().filter(deck=deck).order_by().values_list("pk", flat=True)
        self._dates = [each.key for each in relations if each.value is ValueKind.DATE]
        self.few: set[int] = set()
        self.in_size: set[int] = set()

    def of(self, rows: Collection[FactRow], edited: Collection[int]) -> set[int]:
        names = _names(rows)
        found: set[int] = set()
        for row in rows:
            for some in self._alike(row, names):
                found.update(some)
                if len(some) < _AS_LONG and row.pk in edited:
                    self.few.update(some)
            near = self.nearest([row])
            found |= near
            if row.low is not None and row.pk in edited:
                self.in_size |= near
        return found

    def nearest(self, rows: Iterable[FactRow]) -> set[int]:
        return {pk for row in rows for query in self._near(row) for pk in query}

    def _alike(self, row: FactRow, names: Mapping[int, str]) -> Iterator[list[int]]:
        """Of like length."""
        same = self._all.filter(relation=row.relation)
        yield _as_long(same, "about__name", names[row.about_id])
        if row.value_entity_id is not None:
            yield _as_long(same, "value_entity__name", names[row.value_entity_id])
        elif row.low is None:
            yield _as_long(same, "value", row.value)

    def _near(self, row: FactRow) -> Iterator[Pks]:
        same = self._all.filter(relation=row.relation)
        if row.low is None:
            yield same.filter(pk__gt=row.pk).order_by("pk")[:_EACH_WAY]
            yield same.filter(pk__lt=row.pk).order_by("-pk")[:_EACH_WAY]
        elif row.relation in self._dates:
            yield from self._near_dates(row, same)
        else:
            if self._vocabulary.relations[row.relation].unit in ("", "any"):
                same = same.filter(unit=row.unit)
            yield from _both_ways(same, row.low)

    def _near_dates(self, row: FactRow, same: Pks) -> Iterator[Pks]:
        """As exact ones are of one length, or a mark longer."""
        long = len(unmarked(row.value))
        of_any = self._all.filter(relation__in=self._dates)
        for dates, length in ((same, long), (same, long + 1), (of_any, long)):
            alike = dates.alias(long=Length("value")).filter(long=length)
            yield from _both_ways(alike, row.low or 0.0)


def _names(rows: Iterable[FactRow]) -> Mapping[int, str]:
    ends = {end for row in rows for end in (row.about_id, row.value_entity_id) if end}
    return dict(Entity.objects.filter(pk__in=ends).order_by().values_list("pk", "name"))


def _as_long(facts: Pks, name: str, text: str) -> list[int]:
    """Facts whose subject's or value's name is nearly as long as a text."""
    low, high = ceil(len(text) / _LONGER), int(len(text) * _LONGER)
    return list(facts.alias(long=Length(name)).filter(long__gte=low, long__lte=high)[:_AS_LONG])


def _both_ways(facts: Pks, low: float) -> Iterator[Pks]:
    """In the order in which a whole deck's are looked at: of many that are the same, the same."""
    asked = facts.exclude(rank=Fact.Rank.DEPRECATED)
    yield asked.filter(low__gte=low).order_by("low", "uid")[:_EACH_WAY]
    yield asked.filter(low__lt=low).order_by("-low", "-uid")[:_EACH_WAY]
