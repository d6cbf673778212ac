"""What a deck has close to a date on which nothing is known to have happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Greatest

from questions.domain.facts import ValueKind, Vocabulary
from questions.domain.generation.scales import extent
from questions.models import Fact
from questions.models.facts import FactQuerySet
from questions.queries.mistakes import Mistake, is_same_matter, kind_of

MOST_FACTS = 40
"""As many as are looked at for each date answered, the nearest of them."""
_LEAST, _MOST, _LENGTHS = 0.085, 2.0, 3
"""Near a day is what lies within a month, near a month within three, near a year within two."""
_COARSEST = 0.1
"""Years: a month, which says enough of when beside any date."""
_ROUNDED = 1e-6
"""Years by which the database may reckon a length otherwise."""

Stretch = tuple[float, float]


def near_dates(
    facts: FactQuerySet, mistakes: Sequence[Mistake], vocabulary: Vocabulary
) -> Mapping[int, Fact]:
    """By the mistake's id: of these facts the one nearest to the date answered, if it is nearer
    than the right date and does not tell that. One query."""
    wanted = {id(each): places for each in mistakes if (places := _places(each, vocabulary))}
    if not wanted:
        return {}
    own = {each.answered.fact.relation for each in mistakes if each.answered.fact}
    timed = [key for key in vocabulary.relations if key in own or _is_timed(key, vocabulary)]
    dated = facts.filter(relation__in=timed)
    candidates = (_candidates(dated, *places) for places in set(wanted.values()))
    either = reduce(or_, (Q(pk__in=pks) for pks in candidates))
    found = list(facts.filter(either).order_by("position", "pk"))
    near = {
        id(each): _nearest(_others(found, each, vocabulary), *wanted[id(each)])
        for each in mistakes
        if id(each) in wanted
    }
    return {key: fact for key, fact in near.items() if fact}


def _others(facts: Sequence[Fact], mistake: Mistake, vocabulary: Vocabulary) -> list[Fact]:
    """What is on the timeline or of the relation asked, without what sources say of the matter
    asked."""
    asked = mistake.answered.fact
    assert asked
    return [
        fact
        for fact in facts
        if (fact.relation == asked.relation or _is_timed(fact.relation, vocabulary))
        and not is_same_matter(asked, fact)
    ]


def _places(mistake: Mistake, vocabulary: Vocabulary) -> tuple[Stretch, Stretch] | None:
    """Where the date answered lies, and the right one, in years."""
    asked = mistake.answered.fact
    if asked is None or not mistake.value or kind_of(asked, vocabulary) is not ValueKind.DATE:
        return None
    answered = extent(ValueKind.DATE, mistake.value)
    right = extent(ValueKind.DATE, asked.value)
    return (answered, right) if answered and right else None


def _is_timed(relation: str, vocabulary: Vocabulary) -> bool:
    known = vocabulary.relations.get(relation)
    return known is not None and known.value is ValueKind.DATE and known.timeline


def _reach(stretch: Stretch) -> float:
    """How far from it is near, which grows with how coarse it is."""
    return min(_MOST, max(_LEAST, _LENGTHS * _length(stretch)))


def _length(stretch: Stretch) -> float:
    return stretch[1] - stretch[0]


def _candidates(facts: FactQuerySet, answered: Stretch, right: Stretch) -> QuerySet[Fact, int]:
    """The nearest first; what would only be passed over must not crowd them out."""
    reach, longest = _reach(answered), max(_length(answered), _COARSEST)
    aside = Greatest(F("low") - answered[1], answered[0] - F("high"), 0.0)
    near = facts.filter(
        Q(low__gt=right[1]) | Q(high__lt=right[0]),
        low__lte=answered[1] + reach,
        high__gte=answered[0] - reach,
        high__lte=F("low") + longest + _ROUNDED,
    )
    rows = near.order_by(aside, F("high") - F("low"), "position", "pk")
    return rows.values_list("pk", flat=True)[:MOST_FACTS]


def _nearest(facts: Sequence[Fact], answered: Stretch, right: Stretch) -> Fact | None:
    limit, reach = _gap(answered, right), _reach(answered)

    def order(fact: Fact) -> tuple[float, float, bool, int]:
        aside, own = fact.rank == Fact.Rank.DEPRECATED, _stretch(fact)
        return _gap(own, answered), _length(own), aside, fact.position

    near = [
        fact
        for fact in facts
        if _gap(_stretch(fact), right) > 0
        and _gap(_stretch(fact), answered) < min(limit, reach)
        and _length(_stretch(fact)) <= max(_length(answered), _COARSEST)
    ]
    return min(near, key=order, default=None)


def _stretch(fact: Fact) -> Stretch:
    assert fact.low is not None
    assert fact.high is not None
    return fact.low, fact.high


def _gap(one: Stretch, two: Stretch) -> float:
    """Years between them; none if they overlap."""
    return max(0.0, one[0] - two[1], two[0] - one[1])
