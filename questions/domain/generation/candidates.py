"""What might be offered as a wrong answer: the deck's own values, likeliest first.

However large the deck, a fact looks at no more than some dozens of candidates.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from questions.domain.facts import Fact, ValueKind
from questions.domain.generation import likeness
from questions.domain.generation.in_time import in_time
from questions.domain.generation.index import Index
from questions.domain.generation.kinds import of_a_kind
from questions.domain.generation.samples import samples
from questions.domain.generation.scales import (
    EACH_WAY,
    offered,
    scale_likeness,
    scales,
    size_likeness,
    value_text,
)
from questions.domain.generation.text import fold
from questions.domain.generation.variety import A_FEW

_ENOUGH = 32


@dataclass(frozen=True, slots=True)
class Option:
    """`value` is what it stands for, as the deck writes it: an entity's key, a date, a figure.
    `kin` stand in other facts where the key stands in this one: a publisher among publishers."""

    text: str
    value: str
    entity: str = ""
    like: float = 0.0
    kin: bool = True

    def to_json(self) -> dict[str, str]:
        return {"text": self.text, "entity": self.entity, "value": self.value}


def value_options(index: Index, fact: Fact, each_way: int = EACH_WAY) -> list[Option]:
    """What might be offered for a fact's value, likeliest first; of dates and figures so many on
    either side."""
    match index.kind(fact):
        case ValueKind.ENTITY:
            likes = index.values_of[fact.relation]
            role = f"v {fact.relation}"
            own = _entities(index, fact.value, _candidates(index, fact, fact.value, likes), role)
            return [*_told_alike(index, fact, own), *_kindred(index, fact, fact.value, likes)]
        case ValueKind.DATE | ValueKind.NUMBER:
            return _scaled(index, fact, each_way)
        case _:
            return _terms(index, fact)


def _told_alike(index: Index, fact: Fact, options: list[Option]) -> list[Option]:
    """Of the members of whole lists first those that are told of a subject of its type, if the
    relation has others for each type: beside the parts of a barge those of a barge, not of the
    mill."""
    group, own = fact.group, index.entity(fact.about).type
    if len(index.deck.by_group[group]) < 2 or not index.deck.is_complete(group):
        return options
    told = {one.value: index.types_holding(fact.relation, one.value) for one in options if one.kin}
    if any(len(types) > 1 for types in told.values()):
        return options
    return sorted(options, key=lambda one: (not one.kin, one.kin and own not in told[one.value]))


def option_of(index: Index, fact: Fact, value: str, *, reverse: bool) -> Option:
    """An option that stands, with its likeness; of no fact's date or figure, as if worked out."""
    if reverse:
        dated = fact if index.kind(fact) is ValueKind.DATE else None
        return _of_entity(index, fact.about, value, dated)
    match index.kind(fact):
        case ValueKind.ENTITY:
            return _of_entity(index, fact.value, value)
        case ValueKind.DATE | ValueKind.NUMBER:
            other = scales(index).having(fact, value)
            return _of_scale(index, fact, other) if other else worked_option(index, fact, value)
        case _:
            return _term(index, fact, value)


def worked_option(index: Index, fact: Fact, value: str) -> Option:
    like = size_likeness(index, fact, value, likeness.same_relation(fact, fact)) / 2
    return Option(value_text(index, fact, value), value, like=like)


def typed_options(index: Index, fact: Fact, key: Option, values: Iterable[str]) -> list[Option]:
    """What learners gave for the key of themselves, if the deck has it and it is of its kind."""
    made = (_typed_option(index, fact, key, value) for value in sorted(values))
    return [option for option in made if option and option.value != key.value]


def _typed_option(index: Index, fact: Fact, key: Option, value: str) -> Option | None:
    if key.entity:
        return _typed_entity(index, key.entity, value)
    if index.kind(fact) is ValueKind.TERM:
        held = index.holders(fact.relation, fold(value))
        return _term(index, fact, held[0].value) if held else None
    other = scales(index).having(fact, value)
    return _of_scale(index, fact, other) if other else None


def _typed_entity(index: Index, key: str, value: str) -> Option | None:
    other, kind = index.deck.entities.get(value), index.entity(key).type
    if other is None or other.type != kind:
        return None
    return _of_entity(index, key, value)


def _of_entity(
    index: Index, key: str, other: str, dated: Fact | None = None, *, kin: bool = True
) -> Option:
    like = likeness.entity_likeness(index, key, other, dated)
    return Option(index.entity(other).name, other, other, like, kin)


def subject_options(index: Index, fact: Fact) -> list[Option]:
    likes = index.subjects_of[fact.relation]
    role = f"a {fact.relation}"
    dated = fact if index.kind(fact) is ValueKind.DATE else None
    found = _candidates(index, fact, fact.about, likes)
    own = _entities(index, fact.about, found, role, dated)
    return [*own, *_kindred(index, fact, fact.about, likes)]


def _candidates(index: Index, fact: Fact, key: str, likes: Sequence[str]) -> Iterator[str]:
    """Entities of the key's type, likeliest places first; `likes` stand where it stands in other
    facts of the relation."""
    entity, subjects = index.entity(key), key == fact.about
    other_end = fact.value if subjects else fact.about
    alike, nearest = index.by_type.get(entity.type, ()), in_time(index).nearest
    some = samples(index).of
    places: list[Iterable[str]] = [
        _company_of(index, other_end),
        _second_hand(index, key),
        nearest(key, (fact.relation, "a" if subjects else "v"), likes),
        some(likes, fact),
        samples(index).as_long(fact, entity.name, subjects=subjects),
        some(index.by_side.get((entity.type, entity.side), ()), fact),
        some(index.by_topic.get((entity.type, entity.topic), ()), fact),
        nearest(key, (entity.type,), alike),
        some(alike, fact),
    ]
    seen = {key, fact.about, *(value for _, value in fact.qualifiers)}
    for place in places:
        for candidate in place:
            if candidate not in seen:
                seen.add(candidate)
                if index.entity(candidate).type == entity.type:
                    yield candidate


def _kindred(index: Index, fact: Fact, key: str, likes: Sequence[str]) -> list[Option]:
    """What stands where the key stands, in other facts of the relation, and is of a kind with it if
    of another type: for want of others of its own."""
    own, reverse = index.entity(key).type, key == fact.about
    found = [
        one
        for one in samples(index).of(likes, fact, _ENOUGH)
        if index.entity(one).type != own and one not in (fact.about, fact.value)
        if of_a_kind(index, fact, key, one, reverse=reverse)
    ]
    return [replace(one, kin=False) for one in _entities(index, key, found, "")]


def _company_of(index: Index, entity: str) -> Iterable[str]:
    if entity not in index.deck.entities:
        return ()
    return index.companions(entity)


def _second_hand(index: Index, key: str) -> Iterator[str]:
    """Those that share a fact with something that shares one with the key."""
    for other in index.companions(key)[:4]:
        yield from index.companions(other)[:A_FEW]


def _entities(
    index: Index, key: str, candidates: Iterable[str], role: str, dated: Fact | None = None
) -> list[Option]:
    options = [
        _of_entity(index, key, one, dated, kin=role in index.roles(one))
        for one in islice(candidates, _ENOUGH)
    ]
    return best_first(options)


def best_first(options: Iterable[Option]) -> list[Option]:
    return sorted(options, key=lambda option: (not option.kin, -option.like, option.value))


def _scaled(index: Index, fact: Fact, each_way: int) -> list[Option]:
    found: dict[str, Option] = {}
    for other in scales(index).near(fact, each_way=each_way):
        value = offered(index, fact, other)
        if value not in found and value != fact.value:
            found[value] = _of_scale(index, fact, other)
    return best_first(found.values())


def _of_scale(index: Index, fact: Fact, other: Fact) -> Option:
    value = offered(index, fact, other)
    like = scale_likeness(index, fact, other)
    kin = index.kind(fact) is ValueKind.DATE or other.relation == fact.relation
    return Option(value_text(index, fact, value), value, like=like, kin=kin)


def _terms(index: Index, fact: Fact) -> list[Option]:
    """Values of the same relation, of subjects of a like type: a book's other name tells
    nothing beside a river's."""
    values = samples(index).of(index.values_of[fact.relation], fact, _ENOUGH + 1)
    near = [other.value for other in index.deck.by_entity[fact.about] if _is_like(fact, other)]
    options = []
    as_long = samples(index).as_long(fact, fact.value, subjects=False)
    for value in dict.fromkeys([*near, *as_long, *values]):
        kin = _subjects_alike(index, fact, value)
        if value != fact.value and kin is not None:
            options.append(replace(_term(index, fact, value), kin=kin))
    return best_first(options)


def _term(index: Index, fact: Fact, value: str) -> Option:
    name = index.entity(fact.about).name
    return Option(value, value, like=likeness.term_likeness(fact.value, value, name))


def _subjects_alike(index: Index, fact: Fact, value: str) -> bool | None:
    """Whether the term is said of an entity of the same type; None if not even of a kindred."""
    own = index.entity(fact.about).type
    others = index.types_holding(fact.relation, fold(value))
    if own in others:
        return True
    widening = index.deck.vocabulary.widening
    kindred = any(not set(widening(own)).isdisjoint(widening(other)) for other in others)
    return False if kindred else None


def _is_like(fact: Fact, other: Fact) -> bool:
    return other.relation == fact.relation and other.about == fact.about
