"""What a deck has close to a figure that it has nowhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Greatest

from questions.domain.counting import counts_things
from questions.domain.facts import ValueKind, Vocabulary, measure_of
from questions.domain.generation.scales import reach_of
from questions.models import Fact
from questions.models.facts import FactQuerySet
from questions.queries.mistakes import Mistake, is_same_matter, kind_of, kindred, unit_of

MOST_FACTS = 40
"""As many as are looked at for each figure answered, the nearest of them."""
_NEAR = 0.1
"""Share of a figure by which what is near it may differ."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the figure answered lies, and the right one, on the scale of these relations."""

    relations: tuple[str, ...]
    answered: tuple[float, float]
    right: tuple[float, float]

    @property
    def reach(self) -> float:
        return _NEAR * max(map(abs, self.answered))


def near_figures(
    facts: FactQuerySet, mistakes: Sequence[Mistake], vocabulary: Vocabulary
) -> Mapping[int, Fact]:
    """By the mistake's id: of these facts the one, of the relation asked or its sisters, with the
    figure nearest to the one answered, if it is nearer than the right one. One query."""
    wanted = {id(each): place for each in mistakes if (place := _place(each, vocabulary))}
    if not wanted:
        return {}
    candidates = (_candidates(facts, place) for place in set(wanted.values()))
    either = reduce(or_, (Q(pk__in=pks) for pks in candidates))
    found = list(facts.filter(either).order_by("position", "pk"))
    near = {
        id(each): _nearest(_alike(found, each, vocabulary), wanted[id(each)])
        for each in mistakes
        if id(each) in wanted
    }
    return {key: fact for key, fact in near.items() if fact}


def _place(mistake: Mistake, vocabulary: Vocabulary) -> _Place | None:
    """Of numbers that only name something, as that of a house does, none is near another."""
    asked = mistake.answered.fact
    if asked is None or not mistake.value or kind_of(asked, vocabulary) is not ValueKind.NUMBER:
        return None
    relation, unit = vocabulary.relations[asked.relation], unit_of(asked, vocabulary)
    if not unit and not counts_things(relation, unit, vocabulary):
        return None
    answered = reach_of(vocabulary, asked.relation, mistake.value, asked.unit)
    right = reach_of(vocabulary, asked.relation, asked.value, asked.unit)
    if answered is None or right is None:
        return None
    return _Place((asked.relation, *sorted(kindred(asked, vocabulary))), answered, right)


def _candidates(facts: FactQuerySet, place: _Place) -> QuerySet[Fact, int]:
    """The nearest first; what agrees with the right figure must not crowd them out."""
    (low, high), right = place.answered, place.right
    near = facts.filter(
        Q(low__gt=right[1]) | Q(high__lt=right[0]),
        relation__in=place.relations,
        low__lte=high + place.reach,
        high__gte=low - place.reach,
    )
    aside = Greatest(F("low") - high, low - F("high"), 0.0)
    return near.order_by(aside, "position", "pk").values_list("pk", flat=True)[:MOST_FACTS]


def _alike(facts: Sequence[Fact], mistake: Mistake, vocabulary: Vocabulary) -> list[Fact]:
    """Figures of the same measure, but not what sources say of the matter asked."""
    asked = mistake.answered.fact
    assert asked
    measure = measure_of(unit_of(asked, vocabulary), vocabulary.units)[0]
    return [
        fact
        for fact in facts
        if not is_same_matter(asked, fact)
        and kind_of(fact, vocabulary) is ValueKind.NUMBER
        and measure_of(unit_of(fact, vocabulary), vocabulary.units)[0] == measure
        and (measure or fact.relation == asked.relation)
    ]


def _nearest(facts: Sequence[Fact], place: _Place) -> Fact | None:
    def order(fact: Fact) -> tuple[float, bool, int]:
        aside = fact.rank == Fact.Rank.DEPRECATED
        return _gap(_stretch(fact), place.answered), aside, fact.position

    limit = min(place.reach, _gap(place.answered, place.right))
    near = [
        fact
        for fact in facts
        if fact.relation in place.relations
        and _gap(_stretch(fact), place.answered) < min(limit, _gap(_stretch(fact), place.right))
    ]
    return min(near, key=order, default=None)


def _stretch(fact: Fact) -> tuple[float, float]:
    assert fact.low is not None
    assert fact.high is not None
    return fact.low, fact.high


def _gap(one: tuple[float, float], two: tuple[float, float]) -> float:
    """How far apart they are; nothing if they overlap."""
    return max(0.0, one[0] - two[1], two[0] - one[1])
