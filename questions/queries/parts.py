"""What is part of what, as entities' own entries and facts say, some steps up and down."""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from questions.models import Entity, Fact
from questions.queries.prepared import Prepared
from questions.queries.slice_rows import MOST_AROUND, MOST_HOLDERS, entities_with

_STEPS = 4


class Parts:
    """Entities by number. `saying` are the relations of which facts say the same as an entity's
    `in`."""

    def __init__(self, deck: int, saying: Collection[str]) -> None:
        self.deck = deck
        self.saying = saying

    def relatives(self, entities: Collection[int]) -> list[int]:
        """The entities, their wholes and their parts; no more than some dozens for each."""
        found = [*entities]
        for step in (self.wholes, self.parts):
            new = set(entities)
            for _ in range(_STEPS):
                new = set(islice(sorted(step(new) - set(found)), MOST_HOLDERS * len(entities)))
                found += sorted(new)
        return found

    def wholes(self, entities: Collection[int]) -> set[int]:
        """One step up."""
        keys = {whole for _, whole in _wholes_of(pks=entities) if whole}
        named = {pk for (pk,) in entities_with(deck=self.deck, key__in=keys)}
        return named | {pk for (pk,) in _wholes_said(about=entities, relations=self.saying)}

    def parts(self, entities: Collection[int]) -> set[int]:
        """One step down."""
        keys = {key for key, _ in _wholes_of(pks=entities)}
        named = {pk for (pk,) in entities_with(deck=self.deck, part_of__in=keys)}
        return named | {pk for (pk,) in _parts_said(of=entities, relations=self.saying)}


Pks = QuerySet[Fact, tuple[Any, ...]]


@Prepared
def _wholes_of(pks: Collection[int]) -> QuerySet[Entity, tuple[Any, ...]]:
    return Entity.objects.filter(pk__in=pks).order_by().values_list("key", "part_of")


@Prepared
def _wholes_said(about: Collection[int], relations: Collection[str]) -> Pks:
    rows = Fact.objects.live().filter(about__in=about, relation__in=relations)
    return rows.exclude(value_entity=None).order_by().values_list("value_entity_id")[:MOST_AROUND]


@Prepared
def _parts_said(of: Collection[int], relations: Collection[str]) -> Pks:
    rows = Fact.objects.live().filter(value_entity__in=of, relation__in=relations)
    return rows.order_by().values_list("about_id")[:MOST_AROUND]
