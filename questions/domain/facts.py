"""The fact base as plain data: what a deck file says and what questions are written from.

A `Deck` is immutable while questions are written. Everything refers to everything else by key,
as in the deck file; `docs/deck-file.md` says what each field means.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from itertools import combinations
from types import MappingProxyType

from questions.domain.questions import Form
from questions.domain.span_pairs import spans_agree
from questions.domain.values import (
    Quantity,
    Span,
    in_measure,
    parse_quantity,
    parse_span,
    quantities_agree,
)


class ValueKind(StrEnum):
    ENTITY = "entity"
    DATE = "date"
    NUMBER = "number"
    TERM = "term"
    TEXT = "text"


class Rank(StrEnum):
    PREFERRED = "preferred"
    NORMAL = "normal"
    DEPRECATED = "deprecated"


class Status(StrEnum):
    """Why a fact's questions wait for a teacher."""

    UNCERTAIN = "uncertain"
    DERIVED = "derived"
    EVALUATIVE = "evaluative"


@dataclass(frozen=True, slots=True)
class Source:
    key: str
    title: str
    author: str = ""
    year: str = ""
    url: str = ""
    publisher: str = ""
    note: str = ""
    origin: str = ""
    cite: str = ""

    @property
    def named(self) -> str:
        """How a stem names it, after "According to"."""
        return self.cite or self.author or f"“{self.title}”"


@dataclass(frozen=True, slots=True)
class Passage:
    source: str
    locator: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Alias:
    text: str
    loose: bool = False
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    key: str
    type: str
    name: str
    article: bool = False
    plural: bool = False
    adjective: str = ""
    surname: str = ""
    titles: tuple[str, ...] = ()
    side: str = ""
    active: str = ""
    part_of: str = ""
    topic: str = ""
    aliases: tuple[Alias, ...] = ()
    note: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The name and every alias that is fully right."""
        return (self.name, *(alias.text for alias in self.aliases if not alias.loose))


@dataclass(frozen=True, slots=True)
class EntityType:
    key: str
    label: str
    many: str = ""
    asks: str = ""
    wider: str = ""
    generic: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """`factor` of the unit `base` make one of this: kilometre = 1000 × metre. `least` and
    `most` are how little and how much of it there can be: -273.15 degrees Celsius, 100 percent."""

    key: str
    one: str
    many: str
    aliases: tuple[str, ...] = ()
    base: str = ""
    factor: str = "1"
    least: str = ""
    most: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """`reverse_single` may be left open: a value that is hardly shared then tells its subject.
    `limits` says that a range of figures tells between which limits something lies, as normal
    values do; else it is one figure that is known no better."""

    key: str
    label: str
    value: ValueKind
    about: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    unit: str = ""
    limits: bool = False
    single: bool = False
    complete: bool = False
    reverse_single: bool | None = None
    era: bool = False
    timeline: bool = True
    introduces: bool = False
    qualifiers: Mapping[str, str] = field(default_factory=dict)
    ask: tuple[str, ...] = ()
    which: tuple[str, ...] = ()
    list: tuple[str, ...] = ()
    reverse: tuple[str, ...] = ()
    order: str = ""
    match: str = ""
    state: tuple[str, ...] = ()
    sisters: tuple[str, ...] = ()

    @property
    def orders_values(self) -> bool:
        """Whether the values of one subject follow each other, as the steps of a process do: the
        deck's facts then stand in that order. Of dates `order` puts the subjects in theirs."""
        many = not self.single and self.value in (ValueKind.ENTITY, ValueKind.TERM)
        return many and "{about" in self.order.lower()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    types: Mapping[str, EntityType] = field(default_factory=dict)
    units: Mapping[str, Unit] = field(default_factory=dict)
    relations: Mapping[str, Relation] = field(default_factory=dict)

    def with_(self, other: Vocabulary) -> Vocabulary:
        """Both together; `other` wins where they define the same key."""
        return Vocabulary(
            {**self.types, **other.types},
            {**self.units, **other.units},
            {**self.relations, **other.relations},
        )

    def is_a(self, type_key: str, wanted: Iterable[str]) -> bool:
        """Whether a type is one of those wanted, itself or by a wider type. Empty: anything is."""
        wanted = tuple(wanted)
        return not wanted or any(key in wanted for key in self.widening(type_key))

    def is_person(self, type_key: str) -> bool:
        """Whether one asks "who" of it: by its own words, or by those of a wider type."""
        wider = (self.types.get(key) for key in self.widening(type_key))
        return any(found.asks == "who" for found in wider if found)

    def widening(self, type_key: str) -> Iterator[str]:
        seen: set[str] = set()
        while type_key and type_key not in seen:
            seen.add(type_key)
            yield type_key
            found = self.types.get(type_key)
            type_key = found.wider if found else ""


Qualifiers = tuple[tuple[str, str], ...]
Group = tuple[str, str, Qualifiers]


@dataclass(frozen=True, slots=True)
class Fact:
    """`uid` is unique in the deck and survives every change of the value. `forms` are those that
    it may be asked in, none meaning all. `never_with` are wrong answers that a teacher ruled out
    beside it: `questions.domain.vetoes`."""

    uid: str
    about: str
    relation: str
    value: str
    qualifiers: Qualifiers = ()
    unit: str = ""
    passages: tuple[Passage, ...] = ()
    rank: Rank = Rank.NORMAL
    status: tuple[Status, ...] = ()
    points: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()
    exact: bool | None = None
    forms: tuple[Form, ...] = ()
    never_with: tuple[str, ...] = ()
    topic: str = ""
    note: str = ""
    id: str = ""

    @property
    def group(self) -> Group:
        """What a conflict is computed over; also what has one list card."""
        return self.about, self.relation, self.qualifiers

    @property
    def sources(self) -> frozenset[str]:
        return frozenset(passage.source for passage in self.passages)

    @property
    def askable(self) -> bool:
        return self.rank is not Rank.DEPRECATED

    @property
    def settled(self) -> bool:
        """Whether its questions may become active without a teacher's look."""
        return self.askable and not self.status

    def asked_in(self, form: Form) -> bool:
        return not self.forms or form in self.forms

    def span(self) -> Span:
        return parse_span(self.value)

    def quantity(self) -> Quantity:
        return parse_quantity(self.value)


class AuthoredForm(StrEnum):
    CHOICE = "choice"
    TRUE_FALSE = "true_false"
    TYPED = "typed"


@dataclass(frozen=True, slots=True)
class AuthoredQuestion:
    """A question written by hand; a true/false one has its statement as stem."""

    id: str
    form: AuthoredForm
    stem: str
    key: str
    distractors: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()
    topic: str = ""
    explanation: str = ""
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True)
class Deck:
    title: str
    language: str = "en"
    description: str = ""
    use: tuple[str, ...] = ()
    topics: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    entities: Mapping[str, Entity] = field(default_factory=dict)
    own: Vocabulary = field(default_factory=Vocabulary)
    facts: tuple[Fact, ...] = ()
    complete: frozenset[Group] = frozenset()
    authored: tuple[AuthoredQuestion, ...] = ()
    vocabulary: Vocabulary = field(default_factory=Vocabulary)

    @cached_property
    def by_group(self) -> Mapping[Group, tuple[Fact, ...]]:
        found: dict[Group, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            found[fact.group].append(fact)
        return {group: tuple(facts) for group, facts in found.items()}

    @cached_property
    def by_relation(self) -> Mapping[str, tuple[Fact, ...]]:
        found: dict[str, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            found[fact.relation].append(fact)
        return {relation: tuple(facts) for relation, facts in found.items()}

    @cached_property
    def by_entity(self) -> Mapping[str, tuple[Fact, ...]]:
        """Facts in which an entity stands as subject or as value."""
        found: dict[str, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            found[fact.about].append(fact)
            if self.relation_of(fact).value is ValueKind.ENTITY and fact.value != fact.about:
                found[fact.value].append(fact)
        return {entity: tuple(facts) for entity, facts in found.items()}

    def relation_of(self, fact: Fact) -> Relation:
        return self.vocabulary.relations[fact.relation]

    def topic_of(self, fact: Fact) -> str:
        return fact.topic or self.entities[fact.about].topic

    def unit_of(self, fact: Fact) -> str:
        unit = self.relation_of(fact).unit
        return fact.unit if unit in ("", "any") else unit

    def in_base(self, fact: Fact) -> tuple[str, Quantity]:
        """A figure in the unit that its own converts to."""
        return _in_base(self.relation_of(fact), fact.value, fact.unit, self.vocabulary.units)

    def is_complete(self, group: Group) -> bool:
        return group in self.complete or self.vocabulary.relations[group[1]].complete

    def conflicts(self) -> Iterator[tuple[Fact, ...]]:
        """Groups of facts that cannot all hold; deprecated facts take no part."""
        for group in self.by_group:
            disputed = self.conflict_of(group)
            if disputed:
                yield disputed

    def conflict_of(self, group: Group) -> tuple[Fact, ...]:
        """The facts of one group if two of them cannot both hold, else none."""
        facts = tuple(fact for fact in self.by_group.get(group, ()) if fact.askable)
        if len(facts) < 2 or not self.vocabulary.relations[group[1]].single:
            return ()
        return facts if any(not self.agree(*pair) for pair in combinations(facts, 2)) else ()

    def agree(self, one: Fact, two: Fact) -> bool:
        """Whether both values of a single-valued relation can hold at once. What is right for
        the other too cannot contradict it: a defeat of one side and a victory of the other."""
        relation, units = self.relation_of(one), self.vocabulary.units
        if one.value in two.accept or two.value in one.accept:
            return True
        return values_agree(relation, (one.value, one.unit), (two.value, two.unit), units)


def singulars(vocabulary: Vocabulary) -> dict[str, str]:
    """What a deck itself calls one of several."""
    types, units = vocabulary.types.values(), vocabulary.units.values()
    named = {kind.many: kind.label for kind in types if kind.many and kind.label}
    return {unit.many: unit.one for unit in units} | named


def measure_of(unit: str, units: Mapping[str, Unit]) -> tuple[str, Decimal]:
    """The unit that one converts to in the end, and how many of it make one."""
    factor, seen = Decimal(1), {unit}
    while (found := units.get(unit)) and found.base and found.base not in seen:
        unit, factor = found.base, factor * Decimal(found.factor)
        seen.add(unit)
    return unit, factor


def values_agree(
    relation: Relation,
    one: tuple[str, str],
    two: tuple[str, str],
    units: Mapping[str, Unit] = MappingProxyType({}),
) -> bool:
    """Whether two values, each with its unit if the relation leaves it open, can both hold.
    `units` converts between units; without it only figures in one unit can agree."""
    match relation.value:
        case ValueKind.DATE:
            return spans_agree(parse_span(one[0]), parse_span(two[0]))
        case ValueKind.NUMBER:
            base, quantity = _in_base(relation, *one, units)
            other_base, other = _in_base(relation, *two, units)
            agree = quantities_agree(quantity, other, limits=relation.limits)
            return base == other_base and agree
        case _:
            return one[0] == two[0]


def _in_base(
    relation: Relation, value: str, unit: str, units: Mapping[str, Unit]
) -> tuple[str, Quantity]:
    own = "" if relation.unit == "any" else relation.unit
    base, factor = measure_of(unit or own, units)
    return base, in_measure(parse_quantity(value), factor)
