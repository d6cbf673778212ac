"""A deck prepared for looking things up while questions are written and checked.

Everything here is computed on first use and kept, so that one `Index` serves a whole bank.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import cached_property
from heapq import nsmallest
from itertools import chain, combinations
from typing import Any, TypeVar

from questions.domain.facts import Deck, Entity, Fact, Group, Relation, Status, ValueKind, singulars
from questions.domain.generation.text import fold
from questions.domain.values import Quantity, Span, decimals_of, parse_span, round_half_up
from questions.domain.wording import Said, say_entity

PART_OF = frozenset({"part_of", "part-of", "in"})
"""Relations that say the same as an entity's `in`."""
_COMPANIONS = 32
_STEPS = (1, 12, 120)
"""Months by which spans of time are filed: each by the shortest of which it touches few."""
_FEW_STEPS, _MOST_STEPS = 3, 720

Years = tuple[int, int]
Key = TypeVar("Key", bound=Hashable)
Item = TypeVar("Item")


def grouped(items: Iterable[Item], key: Callable[[Item], Key]) -> Mapping[Key, tuple[Item, ...]]:
    found: dict[Key, list[Item]] = defaultdict(list)
    for item in items:
        found[key(item)].append(item)
    return {name: tuple(members) for name, members in found.items()}


class Index:
    """`margins` are given where the deck is only a part of a larger one, whose dates they are
    of."""

    def __init__(self, deck: Deck, margins: Mapping[str, int] | None = None) -> None:
        self.deck = deck
        self._margins = margins
        self.kept: dict[object, Any] = {}
        self._said: dict[str, Said] = {}
        self._conflicts: dict[Group, tuple[Fact, ...]] = {}
        self._wholes: dict[str, frozenset[str]] = {}
        self._kin: dict[str, frozenset[str]] = {}
        self._roles: dict[str, frozenset[str]] = {}
        self._company: dict[str, frozenset[str]] = {}
        self._nearest: dict[str, tuple[str, ...]] = {}
        self._holding: dict[tuple[str, str], frozenset[str]] = {}
        self._eras: dict[str, Years | None] = {}
        self._bounds: dict[str, Years | None] = {}
        self._lives: dict[str, Years | None] = {}
        self._times: dict[str, Years | None] = {}

    # Facts

    def relation(self, fact: Fact) -> Relation:
        return self.deck.vocabulary.relations[fact.relation]

    def kind(self, fact: Fact) -> ValueKind:
        return self._kinds[fact.relation]

    @cached_property
    def _kinds(self) -> Mapping[str, ValueKind]:
        relations = self.deck.vocabulary.relations
        return {key: relation.value for key, relation in relations.items()}

    def conflict(self, group: Group) -> tuple[Fact, ...]:
        if group not in self._conflicts:
            self._conflicts[group] = self._disputed(group)
        return self._conflicts[group]

    def _disputed(self, group: Group) -> tuple[Fact, ...]:
        disputed = self.deck.conflict_of(group)
        stated = tuple(fact for fact in disputed if not self.outspoken(fact))
        apart = any(not self.deck.agree(*pair) for pair in combinations(stated, 2))
        return stated if apart else ()

    def outspoken(self, fact: Fact) -> bool:
        """Whether the deck worked out of its sources what they themselves say otherwise: a
        teacher sees the two side by side, but no stem has to name a source for our own sum."""
        if Status.DERIVED not in fact.status:
            return False
        said = (
            other.sources
            for other in self.deck.by_group[fact.group]
            if other.askable and Status.DERIVED not in other.status
        )
        return fact.sources <= frozenset(chain.from_iterable(said))

    @cached_property
    def by_uid(self) -> Mapping[str, Fact]:
        return {fact.uid: fact for fact in self.deck.facts}

    @cached_property
    def _by_subject(self) -> Mapping[tuple[str, str], tuple[Fact, ...]]:
        return grouped(self.deck.facts, lambda fact: (fact.about, fact.relation))

    def of(self, about: str, relation: str) -> tuple[Fact, ...]:
        """Facts of any rank and qualifiers on a subject and relation."""
        return self._by_subject.get((about, relation), ())

    @cached_property
    def _holders(self) -> Mapping[tuple[str, str], tuple[Fact, ...]]:
        return grouped(self.deck.facts, lambda fact: (fact.relation, self._held(fact)))

    def _held(self, fact: Fact) -> str:
        folds = self.kind(fact) in (ValueKind.TERM, ValueKind.TEXT)
        return fold(fact.value) if folds else fact.value

    def holders(self, relation: str, value: str) -> tuple[Fact, ...]:
        """Facts of any rank whose value is this entity or, folded, this term."""
        return self._holders.get((relation, value), ())

    def types_holding(self, relation: str, value: str) -> frozenset[str]:
        """Of what types the subjects are whose value this is."""
        if (relation, value) not in self._holding:
            held = self.holders(relation, value)
            self._holding[relation, value] = frozenset(
                self.entity(fact.about).type for fact in held
            )
        return self._holding[relation, value]

    @cached_property
    def sisters(self) -> Mapping[str, frozenset[str]]:
        """Relations whose values may not serve as each other's wrong answers, both ways."""
        found: dict[str, set[str]] = defaultdict(set)
        for relation in self.deck.vocabulary.relations.values():
            for sister in relation.sisters:
                found[relation.key].add(sister)
                found[sister].add(relation.key)
        return {key: frozenset(others) for key, others in found.items()}

    # Entities

    @cached_property
    def singulars(self) -> Mapping[str, str]:
        return singulars(self.deck.vocabulary)

    def said(self, entity: str) -> Said:
        if entity not in self._said:
            self._said[entity] = say_entity(self.deck.entities[entity], self.deck.vocabulary)
        return self._said[entity]

    def entity(self, key: str) -> Entity:
        return self.deck.entities[key]

    def is_person(self, key: str) -> bool:
        return self.deck.vocabulary.is_person(self.entity(key).type)

    def wholes(self, entity: str) -> frozenset[str]:
        """Everything of which an entity is a part, however far up."""
        if entity not in self._wholes:
            self._wholes[entity] = self._reach(entity)
        return self._wholes[entity]

    def _reach(self, entity: str) -> frozenset[str]:
        seen: set[str] = set()
        waiting = [entity]
        while waiting:
            new = self._parents.get(waiting.pop(), set()) - seen
            seen |= new
            waiting.extend(new)
        return frozenset(seen)

    @cached_property
    def _parents(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for entity in self.deck.entities.values():
            if entity.part_of:
                found[entity.key].add(entity.part_of)
        for relation in sorted(PART_OF & self.deck.vocabulary.relations.keys()):
            for fact in self.deck.by_relation.get(relation, ()):
                if self.kind(fact) is ValueKind.ENTITY:
                    found[fact.about].add(fact.value)
        return dict(found)

    @cached_property
    def _parts(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, set[str]] = defaultdict(set)
        for entity in self._parents:
            for whole in self.wholes(entity):
                found[whole].add(entity)
        return {whole: tuple(sorted(parts)) for whole, parts in found.items()}

    def relatives(self, entity: str) -> Iterator[str]:
        """The entity itself, its wholes and its parts."""
        yield entity
        yield from sorted(self.wholes(entity))
        yield from self._parts.get(entity, ())

    def related(self, one: str, two: str) -> bool:
        """Whether two entities are the same, share a name, or one is a part of the other."""
        if one not in self._kin:
            parts = self._parts.get(one, ())
            namesakes = (key for name in self._names[one] for key in self._bearers[name])
            self._kin[one] = frozenset({one, *self.wholes(one), *parts, *namesakes})
        return two in self._kin[one]

    @cached_property
    def _names(self) -> Mapping[str, frozenset[str]]:
        return {
            entity.key: frozenset(fold(name) for name in entity.names)
            for entity in self.deck.entities.values()
        }

    def named(self, text: str) -> str:
        """The only entity that bears a name; nothing where none or several do."""
        found = self._bearers.get(fold(text), ())
        return found[0] if len(found) == 1 else ""

    @cached_property
    def _bearers(self) -> Mapping[str, tuple[str, ...]]:
        pairs = [(name, key) for key, names in self._names.items() for name in sorted(names)]
        return {
            name: tuple(key for _, key in found)
            for name, found in grouped(pairs, lambda pair: pair[0]).items()
        }

    @cached_property
    def by_type(self) -> Mapping[str, tuple[str, ...]]:
        return _keys(grouped(self.deck.entities.values(), lambda entity: entity.type))

    @cached_property
    def by_side(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        sided = [entity for entity in self.deck.entities.values() if entity.side]
        return _keys(grouped(sided, lambda entity: (entity.type, entity.side)))

    @cached_property
    def by_topic(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        filed = [entity for entity in self.deck.entities.values() if entity.topic]
        return _keys(grouped(filed, lambda entity: (entity.type, entity.topic)))

    @cached_property
    def values_of(self) -> Mapping[str, tuple[str, ...]]:
        """The entities that stand as value of a relation, each once."""
        return {
            key: tuple(dict.fromkeys(fact.value for fact in facts))
            for key, facts in self.deck.by_relation.items()
        }

    @cached_property
    def subjects_of(self) -> Mapping[str, tuple[str, ...]]:
        return {
            key: tuple(dict.fromkeys(fact.about for fact in facts))
            for key, facts in self.deck.by_relation.items()
        }

    def roles(self, entity: str) -> frozenset[str]:
        """In which relations it stands, and on which side of them."""
        if entity not in self._roles:
            self._roles[entity] = frozenset(
                ("a " if fact.about == entity else "v ") + fact.relation
                for fact in self.deck.by_entity.get(entity, ())
            )
        return self._roles[entity]

    def company(self, entity: str) -> frozenset[str]:
        """The entities with which it shares a fact."""
        if entity not in self._company:
            facts = self.deck.by_entity.get(entity, ())
            met = {
                fact.value if fact.about == entity else fact.about
                for fact in facts
                if self.kind(fact) is ValueKind.ENTITY
            }
            self._company[entity] = frozenset(met)
        return self._company[entity]

    def companions(self, entity: str) -> tuple[str, ...]:
        """The first of them by their keys, some dozens at most."""
        if entity not in self._nearest:
            self._nearest[entity] = tuple(nsmallest(_COMPANIONS, self.company(entity)))
        return self._nearest[entity]

    # Time

    def era(self, entity: str) -> Years | None:
        """First and last year in which the deck places an entity: by the relations that bound it
        in time, else by all its dates, else by when it was active."""
        if entity not in self._eras:
            self._eras[entity] = self._era(entity)
        return self._eras[entity]

    def _era(self, entity: str) -> Years | None:
        dated = [
            fact
            for fact in self.deck.by_entity.get(entity, ())
            if fact.about == entity and self.kind(fact) is ValueKind.DATE
        ]
        bounding = [fact for fact in dated if self.relation(fact).era]
        spans = [fact.span() for fact in bounding or dated]
        active = self.deck.entities[entity].active
        if not spans and active:
            spans = [parse_span(active)]
        return hull(spans)

    def bounds(self, entity: str) -> Years | None:
        """From when to when it was: by the relations that bound it in time, else by when it was
        active. A state's day of independence is a date of it, and no bound."""
        if entity not in self._bounds:
            facts = self.deck.by_entity.get(entity, ())
            spans = [
                fact.span()
                for fact in facts
                if fact.about == entity and self.relation(fact).era and fact.askable
            ]
            active = self.deck.entities[entity].active
            self._bounds[entity] = hull(spans or ([parse_span(active)] if active else []))
        return self._bounds[entity]

    def life(self, entity: str) -> Years | None:
        """From when to when it lasted: by when it was active, else, of a person, from the first of
        its dates to the last. One date alone tells no life's length."""
        if entity not in self._lives:
            active = self.deck.entities[entity].active
            self._lives[entity] = parse_span(active).reach if active else self._dated_life(entity)
        return self._lives[entity]

    def _dated_life(self, entity: str) -> Years | None:
        if not self.is_person(entity):
            return None
        spans = {
            fact.relation: fact.span()
            for fact in self.deck.by_entity.get(entity, ())
            if fact.about == entity and self.kind(fact) is ValueKind.DATE and fact.askable
        }
        return hull(spans.values()) if len(spans) > 1 else None

    def time(self, entity: str) -> Years | None:
        """When it was: by the relations that bound it in time, else its life; else, unless it is
        a person, from the first of its dates to the last."""
        if entity not in self._times:
            facts = self.deck.by_entity.get(entity, ())
            bounded = any(fact.about == entity and self.relation(fact).era for fact in facts)
            dated = self.era(entity) if bounded or not self.is_person(entity) else None
            self._times[entity] = dated if bounded else self.life(entity) or dated
        return self._times[entity]

    @cached_property
    def margins(self) -> Mapping[str, int]:
        """Years around a date within which another of its relation is plausible: half the middle
        spread of the relation's dates, 5 to 100."""
        if self._margins is not None:
            return self._margins
        return {
            key: margin_of(fact.span().middle for fact in facts)
            for key, facts in self.deck.by_relation.items()
            if self.deck.vocabulary.relations[key].value is ValueKind.DATE
        }

    @cached_property
    def _near_dates(self) -> Mapping[tuple[str, Stretch], tuple[Fact, ...]]:
        dated = [fact for fact in self.deck.facts if self.kind(fact) is ValueKind.DATE]
        return grouped_many(dated, _filed_under)

    def overlapping(self, relation: str, span: Span) -> Iterator[Fact]:
        """Facts of a date relation whose span has a day in common with this one."""
        span = span.widened()
        near = self._around(relation, span)
        return (fact for fact in _each_once(near) if fact.span().widened().overlaps(span))

    def _around(self, relation: str, span: Span) -> Iterable[Fact]:
        if _months(span)[1] - _months(span)[0] > _MOST_STEPS:
            return self.deck.by_relation.get(relation, ())
        places = (_ALWAYS, *(place for step in _STEPS for place in _stretches(span, step)))
        return (fact for place in places for fact in self._near_dates.get((relation, place), ()))

    @cached_property
    def _near_numbers(self) -> Mapping[tuple[str, str], tuple[Fact, ...]]:
        numbers = [fact for fact in self.deck.facts if self.kind(fact) is ValueKind.NUMBER]
        return grouped_many(numbers, lambda fact: _amounts_of(fact.relation, self._amount(fact)))

    def _amount(self, fact: Fact) -> Quantity:
        return self.deck.in_base(fact)[1]

    def like_numbers(self, fact: Fact) -> Iterator[Fact]:
        """Facts of the relation whose figure might agree with this one's."""
        keys = [*_amounts_of(fact.relation, self._amount(fact)), (fact.relation, "any")]
        near = (fact for key in keys for fact in self._near_numbers.get(key, ()))
        return _each_once(near)

    @cached_property
    def _rounded(self) -> Mapping[tuple[str, str], tuple[Fact, ...]]:
        numbers = (fact for fact in self.deck.facts if self.kind(fact) is ValueKind.NUMBER)
        return grouped_many(numbers, _rounded_amounts)

    def rounding_to(self, fact: Fact) -> tuple[Fact, ...]:
        """Facts of the relation whose figure has more decimals and rounds to this one's."""
        return self._rounded.get((fact.relation, format(fact.quantity().amount, "f")), ())


def _rounded_amounts(fact: Fact) -> list[tuple[str, str]]:
    amount = fact.quantity().amount
    places = range(decimals_of(amount))
    return [(fact.relation, format(round_half_up(amount, place), "f")) for place in places]


def _each_once(facts: Iterable[Fact]) -> Iterator[Fact]:
    seen: set[str] = set()
    for fact in facts:
        if fact.uid not in seen:
            seen.add(fact.uid)
            yield fact


def _keys(groups: Mapping[Key, tuple[Entity, ...]]) -> Mapping[Key, tuple[str, ...]]:
    return {key: tuple(entity.key for entity in members) for key, members in groups.items()}


def grouped_many(
    facts: Iterable[Fact], keys: Callable[[Fact], Iterable[Key]]
) -> Mapping[Key, tuple[Fact, ...]]:
    found: dict[Key, list[Fact]] = defaultdict(list)
    for fact in facts:
        for key in keys(fact):
            found[key].append(fact)
    return {name: tuple(members) for name, members in found.items()}


Stretch = tuple[int, int]
"""A stretch of so many months, and its number since the year 0."""
_ALWAYS: Stretch = (0, 0)
"""Stands for the stretches of a span too long or too open to be listed."""


def _filed_under(fact: Fact) -> list[tuple[str, Stretch]]:
    span = fact.span().widened()
    first, last = _months(span)
    for step in _STEPS:
        if last // step - first // step < _FEW_STEPS:
            return [(fact.relation, place) for place in _stretches(span, step)]
    return [(fact.relation, _ALWAYS)]


def _stretches(span: Span, step: int) -> list[Stretch]:
    first, last = _months(span)
    return [(step, number) for number in range(first // step, last // step + 1)]


def _months(span: Span) -> tuple[int, int]:
    """Its first month and its last, counted through the years."""
    return span.low[0] * 12 + span.low[1] - 1, span.high[0] * 12 + span.high[1] - 1


def _amounts_of(relation: str, quantity: Quantity) -> list[tuple[str, str]]:
    if quantity.shape in ("plain", "ratio"):
        return [(relation, format(quantity.amount.normalize(), "f"))]
    return [(relation, "any")]


def hull(spans: Iterable[Span]) -> Years | None:
    years = [year for span in spans for year in span.years if span.first or span.last]
    return (min(years), max(years)) if years else None


def margin_of(middles: Iterable[float]) -> int:
    ordered = sorted(middles)
    return margin(ordered[len(ordered) // 4], ordered[len(ordered) * 3 // 4])


def margin(first_quarter: float, last_quarter: float) -> int:
    return int(min(100, max(5, (last_quarter - first_quarter) / 2)))
