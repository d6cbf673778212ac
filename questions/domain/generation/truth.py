"""What a deck holds to be true: the ground on which every refusal about wrong answers stands.

A stem is read as a query: subject (or value), relation, and the qualifiers that it speaks of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from questions.domain.facts import Fact, Relation, ValueKind, measure_of
from questions.domain.generation.asking import mentioned
from questions.domain.generation.index import Index
from questions.domain.generation.text import fold, holds_words
from questions.domain.span_pairs import spans_agree, spans_follow
from questions.domain.values import (
    MAX_DIGITS,
    in_measure,
    parse_quantity,
    parse_span,
    quantities_agree,
)


def compatible(index: Index, relation: Relation, one: str, two: str) -> bool:
    """Whether two values of a relation could be the same answer: one entity, place and whole,
    dates with a day in common (but not terms that follow each other), figures (of one unit) that
    agree, terms of which one runs on in the other."""
    if one == two:
        return True
    match relation.value:
        case ValueKind.ENTITY:
            return index.related(one, two)
        case ValueKind.DATE:
            spans = parse_span(one), parse_span(two)
            return spans[0].widened().overlaps(spans[1].widened()) and not spans_follow(*spans)
        case ValueKind.NUMBER:
            figures = parse_quantity(one), parse_quantity(two)
            return quantities_agree(*figures, limits=relation.limits)
        case _:
            return holds_words(one, two)


def value_beside(index: Index, other: Fact, fact: Fact) -> str:
    """The value of another fact, a figure in this one's unit if it can be converted to that."""
    deck = index.deck
    unit, other_unit = deck.unit_of(fact), deck.unit_of(other)
    if unit == other_unit or index.kind(other) is not ValueKind.NUMBER:
        return other.value
    base, factor = measure_of(unit, deck.vocabulary.units)
    other_base, quantity = deck.in_base(other)
    text = in_measure(quantity, 1 / factor).text
    return text if base == other_base and len(text) <= MAX_DIGITS else other.value


def answers(index: Index, fact: Fact, names: frozenset[str]) -> list[Fact]:
    """The facts that a stem about this fact's subject fits, its own among them: also those that
    are not to be asked, which are true all the same unless another was preferred to them."""
    spoken = mentioned(fact, names)
    return [
        other
        for other in index.of(fact.about, fact.relation)
        if _fits(other, spoken) and not superseded(index, other)
    ]


def superseded(index: Index, fact: Fact) -> bool:
    """Whether it was put aside for a value that it contradicts. Where only one can be true the
    deck has then taken a side; whatever else it puts aside may be true as well."""
    return any(not index.deck.agree(fact, other) for other in instead_of(index, fact))


def instead_of(index: Index, fact: Fact) -> Iterator[Fact]:
    """What stands in the place of a fact that is put aside, where only one can be true."""
    if not fact.askable and index.relation(fact).single:
        yield from (other for other in index.deck.by_group[fact.group] if other.askable)


def _fits(fact: Fact, spoken: Mapping[str, str]) -> bool:
    """A fact that is silent on a qualifier may be meant by it."""
    own = dict(fact.qualifiers)
    return all(own.get(name, value) == value for name, value in spoken.items())


def _may_fit(
    index: Index, asked: Fact, fact: Fact, spoken: Mapping[str, str], relation: Relation
) -> bool:
    """Only another side, place or person makes it another matter; by another's estimate it is
    the same matter with another answer. So is what a text says, but of limits that one source
    tells of each: those of men are not those of women."""
    own = dict(fact.qualifiers)
    for name, value in spoken.items():
        if name not in own:
            continue
        other = own[name]
        if relation.qualifiers.get(name, "text") == "text":
            if fold(other) != fold(value) and _told_of_each(asked, fact, relation):
                return False
        elif other in index.deck.entities and value in index.deck.entities:
            if not index.related(other, value):
                return False
        elif other != value:
            return False
    return True


def _told_of_each(one: Fact, two: Fact, relation: Relation) -> bool:
    if not relation.limits or one.relation != two.relation or one.sources.isdisjoint(two.sources):
        return False
    return one.quantity().shape == two.quantity().shape == "range"


def own_values(index: Index, fact: Fact, names: frozenset[str]) -> list[str]:
    """Every value that any source, at any rank, gives for what a stem asks, and what else the
    deck takes as right for this fact."""
    relation = index.relation(fact)
    spoken = mentioned(fact, names)
    said = [
        value_beside(index, other, fact)
        for other in index.of(fact.about, fact.relation)
        if _may_fit(index, fact, other, spoken, relation)
    ]
    return [*said, *fact.accept]


def sister_values(index: Index, fact: Fact, names: frozenset[str]) -> list[str]:
    """What kindred relations of the same subject say, unless they speak of another side."""
    kind, spoken = index.kind(fact), mentioned(fact, names)
    values = []
    for sister in sorted(index.sisters.get(fact.relation, ())):
        relation = index.deck.vocabulary.relations.get(sister)
        if relation is not None and relation.value is kind:
            facts = index.of(fact.about, sister)
            values += [
                value_beside(index, o, fact)
                for o in facts
                if _may_fit(index, fact, o, spoken, relation)
            ]
    return values


def holders_of(index: Index, fact: Fact) -> Iterable[Fact]:
    """Facts of the relation, of any rank, whose value could be this fact's value; each is looked
    for when it is asked for, since half a large deck may have it."""
    match index.kind(fact):
        case ValueKind.ENTITY:
            keys = index.relatives(fact.value)
            return (other for key in keys for other in index.holders(fact.relation, key))
        case ValueKind.DATE:
            return index.overlapping(fact.relation, fact.span())
        case ValueKind.NUMBER:
            near = index.like_numbers(fact)
            return (other for other in near if _same_number(index, fact, other))
        case _:
            return index.holders(fact.relation, fold(fact.value))


def _same_number(index: Index, one: Fact, two: Fact) -> bool:
    (base, amount), (other_base, other) = index.deck.in_base(one), index.deck.in_base(two)
    limits = index.relation(one).limits
    return base == other_base and quantities_agree(amount, other, limits=limits)


def other_subjects(index: Index, fact: Fact, names: frozenset[str]) -> Iterator[str]:
    """The other subjects that a stem about this fact's value fits, whichever source says so, be it
    in a fact that the deck has put aside."""
    spoken = mentioned(fact, names)
    seen = {fact.about}
    for other in holders_of(index, fact):
        if other.about in seen or not _fits(other, spoken):
            continue
        if _asked_for(index, fact, other, names):
            seen.add(other.about)
            yield other.about


def _asked_for(index: Index, fact: Fact, other: Fact, names: frozenset[str]) -> bool:
    """Who asks "which river" asks for no lake, nor who names a span for what overlaps it."""
    own, its = index.entity(fact.about).type, index.entity(other.about).type
    if "about" in names and not index.deck.vocabulary.is_a(its, (own,)):
        return False
    if index.kind(fact) is not ValueKind.DATE:
        return True
    one, two = fact.span(), other.span()
    both = one.granularity == two.granularity == "interval"
    return spans_agree(one, two) if both else True


def could_be_subject(index: Index, fact: Fact, names: frozenset[str], candidate: str) -> bool:
    """Whether any source, rank or sister relation lets this entity answer a reverse stem."""
    relation = index.relation(fact)
    spoken = mentioned(fact, names)
    if index.related(candidate, fact.about):
        return True
    own = index.of(candidate, fact.relation)
    if any(
        compatible(index, relation, value_beside(index, other, fact), fact.value)
        for other in own
        if _may_fit(index, fact, other, spoken, relation)
    ):
        return True
    return any(
        compatible(index, relation, value_beside(index, other, fact), fact.value)
        for sister in index.sisters.get(fact.relation, ())
        for other in index.of(candidate, sister)
        if index.kind(other) is relation.value
    )
