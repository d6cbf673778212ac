"""Where a deck's sources disagree. Conflicts are computed, never kept; a deck's are remembered
until it changes, since finding them reads every group of facts on one thing."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import Count, F, TextField, Window
from django.db.models.functions import Cast

from questions.domain import facts as domain
from questions.models import Deck, Fact, Passage
from questions.queries.facts import Saying, sayings, vocabulary_for
from questions.queries.statements import qualifier_words, relation_label

Groups = tuple[tuple[int, ...], ...]
Row = tuple[int, int, str, str, str, str, str]


def conflicts_in(deck: Deck) -> Groups:
    """Groups of facts, by pk, that cannot all hold, in the deck's order."""
    return _conflicts(deck.pk, deck.revision, deck.updated_at)


@lru_cache(maxsize=32)
def _conflicts(deck_pk: int, revision: int, updated_at: datetime) -> Groups:  # noqa: ARG001
    deck = Deck.objects.get(pk=deck_pk)
    vocabulary = vocabulary_for(deck)
    single = [key for key, relation in vocabulary.relations.items() if relation.single]
    places: dict[str, int] = {}
    facts: list[domain.Fact] = []
    for group in _groups(deck, single):
        for pk, about, uid, relation, value, written, unit in group:
            places[uid] = pk
            said = _qualifiers(written)
            facts.append(domain.Fact(uid, str(about), relation, value, said, unit))
    data = domain.Deck(deck.title, facts=tuple(facts), vocabulary=vocabulary)
    return tuple(tuple(places[fact.uid] for fact in group) for group in data.conflicts())


def _groups(deck: Deck, single: list[str]) -> Iterator[list[Row]]:
    """Facts on one entity, single-valued relation and qualifiers, where there are several; the
    database leaves out what stands alone."""
    rows = (
        Fact.objects.live()
        .filter(deck=deck, relation__in=single)
        .exclude(rank=Fact.Rank.DEPRECATED)
        .annotate(
            alike=Window(Count("pk"), partition_by=[F("about"), F("relation")]),
            written=Cast("qualifiers", TextField()),
        )
        .filter(alike__gt=1)
        .order_by("position", "pk")
        .values_list("pk", "about_id", "uid", "relation", "value", "written", "unit")
    )
    groups: dict[tuple[int, str, domain.Qualifiers], list[Row]] = defaultdict(list)
    for row in rows.iterator(chunk_size=5_000):
        groups[row[1], row[3], _qualifiers(row[5])].append(row)
    return (group for group in groups.values() if len(group) > 1)


@lru_cache(maxsize=10_000)
def _qualifiers(written: str) -> domain.Qualifiers:
    """Facts share few sets of qualifiers: each is read once."""
    return tuple(sorted(json.loads(written).items()))


@dataclass(frozen=True, slots=True)
class Conflict:
    """`one_origin` names the origin that several of its values' sources share."""

    about: str
    relation: str
    qualifiers: list[tuple[str, str]]
    sayings: list[Saying]
    shared_origins: list[str]


def conflicts_page(deck: Deck, groups: Iterable[tuple[int, ...]]) -> list[Conflict]:
    """Those conflicts with all that a page shows. Five queries."""
    groups = list(groups)
    pks = [pk for group in groups for pk in group]
    rows = {fact.pk: fact for fact in with_sources(pks)}
    vocabulary = vocabulary_for(deck)
    words = qualifier_words(list(rows.values()), vocabulary)
    found = []
    for group in groups:
        facts = [rows[pk] for pk in group if pk in rows]
        if len(facts) > 1:
            said = sayings(facts, vocabulary)
            found.append(
                Conflict(
                    facts[0].about.name,
                    relation_label(facts[0], vocabulary),
                    words[facts[0].pk],
                    said,
                    shared_origins(passage for saying in said for passage in saying.passages),
                )
            )
    return found


def with_sources(pks: Iterable[int]) -> list[Fact]:
    return list(
        Fact.objects.filter(pk__in=list(pks))
        .select_related("about", "value_entity", "deck")
        .prefetch_related("supports__passage__source")
    )


def shared_origins(passages: Iterable[Passage]) -> list[str]:
    """Origins from which more than one of the passages' sources come."""
    sources = {passage.source_id: passage.source for passage in passages}.values()
    origins = [source.origin for source in sources if source.origin]
    return sorted({origin for origin in origins if origins.count(origin) > 1})
